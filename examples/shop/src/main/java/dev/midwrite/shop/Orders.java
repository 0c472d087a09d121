package dev.midwrite.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * What customers ordered, in the order of its coming, by the book that lies in their session. {@code shop.orders=memory}
 * keeps books in this node alone, as a mistake would.
 */
@Component
@Profile("channels")
class Orders {
    private static final Duration KEPT = Duration.ofMinutes(30);
    /** In one step: an order that comes twice, because its customer did not hear of the first, is one order. */
    private static final RedisScript<Long> ADD = new DefaultRedisScript<>("""
            if not redis.call('LPOS', KEYS[1], ARGV[1]) then redis.call('RPUSH', KEYS[1], ARGV[1]) end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """, Long.class);

    private final StringRedisTemplate redis;
    private final boolean inMemory;
    private final Map<String, List<Long>> memory = new ConcurrentHashMap<>();

    Orders(StringRedisTemplate redis, @Value("${shop.orders:redis}") String where) {
        this.redis = redis;
        this.inMemory = where.equals("memory");
    }

    void add(String book, long number) {
        if (inMemory) {
            memory.computeIfAbsent(book, one -> new CopyOnWriteArrayList<>()).add(number);
            return;
        }
        redis.execute(ADD, List.of(key(book)), Long.toString(number), Long.toString(KEPT.toMillis()));
    }

    List<Long> of(String book) {
        if (inMemory) {
            return List.copyOf(memory.getOrDefault(book, List.of()));
        }
        return redis.opsForList().range(key(book), 0, -1).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static String key(String book) {
        return "shop:orders:" + book;
    }
}
