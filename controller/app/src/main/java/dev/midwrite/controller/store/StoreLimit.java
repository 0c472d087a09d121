package dev.midwrite.controller.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Memory that a store may use, taken away and given back. Not thread-safe. */
final class StoreLimit {
    private static final String LIMIT = "maxmemory";
    private static final String POLICY = "maxmemory-policy";
    private static final String USED = "used_memory";
    private static final int STEPS = 50;

    /** What was configured before; empty if no limit of ours is set. */
    private final Map<String, String> before = new LinkedHashMap<>();

    /** No more than what is used now, and nothing is evicted. */
    String fill(RedisConnection store) {
        return set(store, number(store, USED), "noeviction", "full");
    }

    /**
     * Less and less, until that share of the keys was evicted, the least recently used first; and no more than that from then
     * on. In steps, since what a number of keys takes is nowhere told: beside buffers that come and go with the load, small
     * sessions weigh little.
     */
    String evict(RedisConnection store, double share) {
        Map<String, String> first = RedisStatistics.of(store);
        long keys = Long.parseLong(first.get("keys"));
        long target = evicted(first) + Math.round(share * keys);
        long bytes = number(store, USED);
        long step = Math.max(1, Math.round(share * number(store, "used_memory_dataset") / STEPS));
        String told = set(store, bytes, "allkeys-lru", "short of memory");
        for (Map<String, String> now = first;
                evicted(now) < target && !now.get("keys").equals("0"); ) {
            bytes = Math.min(bytes, number(store, USED)) - step;
            told = set(store, bytes, "allkeys-lru", "short of memory");
            now = RedisStatistics.of(store);
        }
        return told;
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

    private static long evicted(Map<String, String> statistics) {
        return Long.parseLong(statistics.get("evicted_keys"));
    }

    private static long number(RedisConnection store, String field) {
        return Long.parseLong(store.info().getOrDefault(field, "0"));
    }
}
