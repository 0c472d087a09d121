package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.MemcachedConnection;
import dev.midwrite.controller.store.MemcachedStore;
import dev.midwrite.event.SessionHash;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Sessions in memcached, under keys of the drill's shape or under their ids alone, as memcached-session-manager has them. It keeps more
 * beside a session: a lock, the times of its last access and, at another server, a copy, which counts where the session itself is
 * gone.
 *
 * <p>Thread-safe; every call has connections of its own.
 */
public final class MemcachedAudit implements StoreAudit {
    private static final String COPY = "bak:";
    /** Of keys that are no session. */
    private static final List<String> BESIDE = List.of("validity:", "lock:", "ping");

    private final MemcachedStore store;
    private final KeyShape shape;
    private final byte[] key;
    /** Keyed hashes of the names of keys that lay there before. */
    private final Set<Long> before = new HashSet<>();

    /** @param key of {@link SessionHash} on all nodes */
    public MemcachedAudit(MemcachedStore store, StoreSpec spec, byte[] key) {
        this.store = store;
        this.shape = spec.namespace().map(KeyShape::named).orElse(KeyShape.of(KeyShape.ID));
        this.key = key.clone();
    }

    @Override
    public synchronized void begin() {
        SessionHash hash = new SessionHash(key);
        for (InetSocketAddress server : store.servers()) {
            try {
                entries(server).forEach(entry -> before.add(hash.of(entry.key())));
            } catch (IOException e) {
                // Whoever cannot read it now cannot later, and that is told then.
                before.clear();
            }
        }
    }

    @Override
    public synchronized StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        SessionHash hash = new SessionHash(key);
        Map<Long, StoredSession> sessions = new TreeMap<>();
        List<String> places = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (InetSocketAddress server : store.servers()) {
            String place = server.getHostString() + ":" + server.getPort();
            try {
                for (MemcachedConnection.Entry entry : entries(server)) {
                    take(entry, hash, sessions);
                }
                places.add(shape + " at " + place);
            } catch (IOException e) {
                silent.add(place + ": " + e.getMessage());
            }
        }
        return new StoreContents(
                true,
                places,
                silent.isEmpty()
                        ? ""
                        : "The store audit cannot read memcached at " + String.join(", and at ", silent) + ".",
                clock.getAsLong(),
                List.copyOf(sessions.values()),
                StoreIndexes.NONE);
    }

    private void take(MemcachedConnection.Entry entry, SessionHash hash, Map<Long, StoredSession> sessions) {
        boolean copy = entry.key().startsWith(COPY);
        String name = copy ? entry.key().substring(COPY.length()) : entry.key();
        if (BESIDE.stream().anyMatch(name::startsWith)
                || !shape.matches(name)
                || before.contains(hash.of(entry.key()))) {
            return;
        }
        long left = entry.expires() < 0
                ? Lifetime.NONE
                : Math.max(
                        0, entry.expires() * 1_000 - System.currentTimeMillis()); // The server has a clock of its own.
        StoredSession session =
                new StoredSession(hash.of(shape.id(name)), Layout.OTHER, Lifetime.of(left), List.of(), List.of(), "");
        sessions.merge(session.idHash(), session, (known, other) -> copy ? known : other);
    }

    private static List<MemcachedConnection.Entry> entries(InetSocketAddress server) throws IOException {
        try (MemcachedConnection connection = MemcachedConnection.to(server)) {
            return connection.entries();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }
}
