package dev.midwrite.controller.audit;

import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.event.SessionHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Sessions under keys of one shape in the selected database of one Redis.
 *
 * @param jedis connected; used by one thread
 * @param hash for ids
 */
record RedisSessions(Jedis jedis, KeyShape shape, SessionHash hash) {
    /** Of keys in one round trip. */
    private static final int PAGE = 500;

    private static final String SHADOW = "expires:";
    private static final String HASH = "hash";

    private record Key(String name, String id, Response<String> type, Response<Long> ttl) {}

    private record Content(
            Key key, Response<List<byte[]>> interval, Response<Set<String>> fields, Response<Long> shadow) {}

    /**
     * Reads those that are there.
     *
     * @param names of keys that {@link KeyShape#pattern} matches
     * @param indexed somebody knows that there are keys for expiry and index, too; else they are looked for
     */
    List<StoredSession> read(Set<String> names, boolean indexed) {
        boolean companions = indexed || (shape.spring() && companions(names));
        List<StoredSession> sessions = new ArrayList<>();
        List<String> own = names.stream()
                .filter(name -> shape.matches(name) && !(shape.spring() && companion(shape.id(name))))
                .toList();
        for (int from = 0; from < own.size(); from += PAGE) {
            page(own.subList(from, Math.min(own.size(), from + PAGE)), companions, sessions);
        }
        return sessions;
    }

    /** Spring Session's indexed repositories keep these among the sessions. */
    static boolean companion(String id) {
        return id.startsWith(SHADOW) || id.startsWith("index:") || id.equals("expirations") || id.endsWith(":idx");
    }

    private boolean companions(Set<String> names) {
        String buckets = shape.namespace() + "expirations:";
        return names.stream()
                .anyMatch(name -> name.startsWith(buckets) || (shape.matches(name) && companion(shape.id(name))));
    }

    private void page(List<String> names, boolean companions, List<StoredSession> sessions) {
        Pipeline pipeline = jedis.pipelined();
        List<Key> keys = names.stream()
                .map(name -> new Key(name, shape.id(name), pipeline.type(name), pipeline.pttl(name)))
                .toList();
        pipeline.sync();
        Map<Key, Content> contents = contents(keys, companions);
        for (Key key : keys) {
            // It may have expired since SCAN named it.
            if (key.ttl().get() != Lifetime.ABSENT) {
                sessions.add(session(key, contents.get(key), companions));
            }
        }
    }

    private Map<Key, Content> contents(List<Key> keys, boolean companions) {
        Map<Key, Content> contents = new LinkedHashMap<>();
        Pipeline pipeline = jedis.pipelined();
        for (Key key : keys) {
            if (shape.spring() && HASH.equals(key.type().get())) {
                byte[] name = key.name().getBytes(StandardCharsets.UTF_8);
                byte[] interval = SpringFields.INTERVAL.getBytes(StandardCharsets.UTF_8);
                contents.put(
                        key,
                        new Content(
                                key,
                                pipeline.hmget(name, interval),
                                pipeline.hkeys(key.name()),
                                companions ? pipeline.pttl(shape.prefix() + SHADOW + key.id()) : null));
            }
        }
        pipeline.sync();
        return contents;
    }

    private StoredSession session(Key key, Content content, boolean companions) {
        long idHash = hash.of(key.id());
        long ttl = Math.max(key.ttl().get(), Lifetime.NONE);
        List<String> fields = content == null
                ? List.of()
                : content.fields().get().stream().sorted().toList();
        if (content == null || !SpringFields.prove(fields)) {
            return new StoredSession(idHash, Layout.OTHER, Lifetime.of(ttl), fields, List.of(), "");
        }
        List<byte[]> interval = content.interval().get();
        return new StoredSession(
                idHash,
                companions ? Layout.SPRING_INDEXED : Layout.SPRING,
                new Lifetime(
                        ttl,
                        content.shadow() == null
                                ? Lifetime.ABSENT
                                : content.shadow().get(),
                        SpringFields.seconds(interval.isEmpty() ? null : interval.get(0))),
                fields,
                SpringFields.missing(fields),
                "");
    }
}
