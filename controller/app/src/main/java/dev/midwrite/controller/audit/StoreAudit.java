package dev.midwrite.controller.audit;

import dev.midwrite.check.Trial.StoredSession;
import dev.midwrite.controller.Problem;
import java.util.List;

/** Reads every session that lies in a store. One class per kind of store. */
public interface StoreAudit {

    /**
     * All sessions in the store, in order of {@link StoredSession#idHash()}; {@link StoredSession#cause()} is left
     * empty, because the store does not know it. Nothing in the store is changed.
     *
     * @throws Problem if the store cannot be read
     */
    List<StoredSession> read();

    /**
     * The audit of this kind of store.
     *
     * @param kind as in a drill, such as {@code redis}
     * @param key of {@link dev.midwrite.event.SessionHash} on all nodes
     * @throws Problem if there is none
     */
    static StoreAudit of(String kind, String host, int port, byte[] key) {
        return switch (kind) {
            case "redis" -> new RedisAudit(host, port, RedisAudit.DEFAULT_NAMESPACE, key);
            default ->
                throw new Problem("There is no audit for a store of kind \"" + kind + "\"; there is one for redis.");
        };
    }
}
