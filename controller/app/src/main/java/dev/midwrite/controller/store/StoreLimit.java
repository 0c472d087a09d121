package dev.midwrite.controller.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Memory that a store may use, taken away and given back. Not thread-safe. */
final class StoreLimit {
    private static final String LIMIT = "maxmemory";
    private static final String POLICY = "maxmemory-policy";

    /** What was configured before; empty if no limit of ours is set. */
    private final Map<String, String> before = new LinkedHashMap<>();

    /** No more than what is used now, and nothing is evicted. */
    String fill(RedisConnection store) {
        return set(store, number(store, "used_memory"), "noeviction", "full");
    }

    /** So much less than what is stored now; the least recently used keys go. */
    String evict(RedisConnection store, double share) {
        long stored = number(store, "used_memory_dataset");
        return set(store, number(store, "used_memory") - Math.round(share * stored), "allkeys-lru", "short of memory");
    }

    void lift(RedisConnection store) {
        before.forEach(store::config);
        before.clear();
    }

    private String set(RedisConnection store, long bytes, String policy, String words) {
        before.putIfAbsent(LIMIT, store.config(LIMIT));
        before.putIfAbsent(POLICY, store.config(POLICY));
        // The policy first: with the limit alone, an earlier policy could evict or reject in between.
        store.config(POLICY, policy);
        store.config(LIMIT, Long.toString(Math.max(1, bytes)));
        return "was made " + words + " (" + LIMIT + " " + bytes + ", " + policy + ")";
    }

    private static long number(RedisConnection store, String field) {
        return Long.parseLong(store.info().getOrDefault(field, "0"));
    }
}
