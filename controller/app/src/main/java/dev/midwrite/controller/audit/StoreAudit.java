package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.controller.store.JdbcDatabase;
import dev.midwrite.controller.store.MemcachedStore;
import dev.midwrite.controller.store.RedisStore;
import dev.midwrite.controller.store.SessionDirectory;
import dev.midwrite.controller.store.StoreServer;
import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Reads every session that lies in a store, and changes nothing. One class per kind of store. What cannot be read is told
 * in what is read, for an audit that fails does not undo a drill.
 */
public interface StoreAudit {
    /** Of a store that nobody looks into. */
    StoreAudit NOTHING = new StoreAudit() {
        @Override
        public void begin() {
            // There is nothing to be taken note of.
        }

        @Override
        public StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
            return StoreContents.NONE;
        }
    };

    /** Takes note of what lies in the store already: it is none of this drill's sessions. */
    void begin();

    /** The nodes are up, and no user has come: what lies where only nodes can look is none of this drill's either. */
    default void nodesAreUp() {
        // Most stores can be looked into without them.
    }

    /**
     * All sessions in the store, in order of {@link StoredSession#idHash()}; {@link StoredSession#cause()} is left empty,
     * because the store does not know it.
     *
     * @param reported where nodes say that they keep sessions; a drill that says so itself overrides them
     * @param clock the users', in nanoseconds
     */
    StoreContents read(Collection<SessionLocation> reported, LongSupplier clock);

    /**
     * The audit of this store.
     *
     * @param key of {@link dev.midwrite.event.SessionHash} on all nodes
     */
    static StoreAudit of(StoreServer store, byte[] key) {
        if (!store.spec().audited()) {
            return NOTHING;
        }
        if (store.backend() instanceof JdbcDatabase database) {
            return new JdbcAudit(database, store.spec(), key);
        }
        if (store.backend() instanceof MemcachedStore memcached) {
            return new MemcachedAudit(memcached, store.spec(), key);
        }
        if (store.backend() instanceof SessionDirectory directory) {
            return new FilesAudit(directory, key);
        }
        RedisStore redis = (RedisStore) store.backend();
        return new RedisAudit(redis::address, redis::copies, store.spec(), store.login(), key);
    }
}
