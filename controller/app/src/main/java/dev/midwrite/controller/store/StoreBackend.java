package dev.midwrite.controller.store;

import java.util.Map;
import java.util.Optional;

/** One kind of store, which has been started or found. Thread-safe; closing is idempotent. */
public sealed interface StoreBackend extends AutoCloseable
        permits RedisStore, JdbcDatabase, MemcachedStore, SessionDirectory {

    /** What nodes may ask for in their commands and environments, by placeholder. */
    Map<String, String> placeholders();

    /**
     * Such as {@code Redis 6.2.11}.
     *
     * @throws dev.midwrite.controller.Problem if it does not answer
     */
    String version();

    /**
     * What it says of itself.
     *
     * @throws dev.midwrite.controller.Problem if it does not answer
     */
    Map<String, String> statistics();

    /** Empty if it cannot be broken. */
    Optional<StoreControl> control();

    @Override
    void close();
}
