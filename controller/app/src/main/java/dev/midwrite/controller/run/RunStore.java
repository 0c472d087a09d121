package dev.midwrite.controller.run;

import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.store.StoreControl;
import dev.midwrite.controller.store.StoreServer;
import java.util.Map;
import java.util.Optional;

/** The store of one run. Thread-safe. */
interface RunStore extends AutoCloseable {

    /** Such as {@code Redis 6.2.11}. */
    String version();

    /** What nodes may ask for in their commands and environments, by placeholder. */
    Map<String, String> placeholders();

    /** Empty if it is not ours, or of a kind that cannot be broken. */
    Optional<StoreControl> control();

    /**
     * What the server says of itself.
     *
     * @throws dev.midwrite.controller.Problem if it does not answer
     */
    Map<String, String> statistics();

    /** @param key under which sessions are hashed in this run */
    StoreAudit audit(byte[] key);

    /** Stops it if it is ours. Idempotent. */
    @Override
    void close();

    /** Nobody knows it, or is to look there. */
    static RunStore none() {
        return new RunStore() {
            @Override
            public String version() {
                return "not looked at";
            }

            @Override
            public Map<String, String> placeholders() {
                return Map.of();
            }

            @Override
            public Optional<StoreControl> control() {
                return Optional.empty();
            }

            @Override
            public Map<String, String> statistics() {
                return Map.of();
            }

            @Override
            public StoreAudit audit(byte[] key) {
                return StoreAudit.NOTHING;
            }

            @Override
            public void close() {
                // It is not ours.
            }
        };
    }

    static RunStore of(StoreServer server) {
        return new RunStore() {
            @Override
            public String version() {
                return server.version();
            }

            @Override
            public Map<String, String> placeholders() {
                return server.placeholders();
            }

            @Override
            public Optional<StoreControl> control() {
                return server.control();
            }

            @Override
            public Map<String, String> statistics() {
                return server.statistics();
            }

            @Override
            public StoreAudit audit(byte[] key) {
                return StoreAudit.of(server, key);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
