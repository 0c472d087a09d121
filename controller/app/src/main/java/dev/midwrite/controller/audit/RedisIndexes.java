package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoreIndexes.Kind;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.event.SessionHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * What Spring Session's indexed repositories keep beside sessions of one namespace, in the selected database of one Redis.
 *
 * <p>Two kinds of leftovers are theirs and no fault: an entry of the sessions that expire, until a clean-up has come by,
 * and whatever belongs to a session that they keep for five minutes after its end.
 *
 * @param shape of Spring Session
 */
record RedisIndexes(Jedis jedis, KeyShape shape, SessionHash hash) {
    /** Five minutes that the session stays, one between two clean-ups, and one for a slow one. */
    private static final long CLEANED_UP_MILLIS = TimeUnit.MINUTES.toMillis(7);

    private static final String SHADOW = "expires:";
    private static final String LISTED = ":idx";
    private static final String SET = "set";

    /** One entry: the id that it names, and where. */
    private record Entry(String id, Kind kind, String key) {}

    /** @param names of keys that {@link KeyShape#pattern} matches */
    StoreIndexes read(Set<String> names) {
        Map<Entry, Boolean> entries = entries(names);
        List<Entry> suspects = withoutSession(entries.keySet());
        if (suspects.isEmpty()) {
            return new StoreIndexes(entries.size(), List.of());
        }
        // A session may have ended between one look and the other; what is still there the second time stays there.
        Map<Entry, Boolean> again = entries(names);
        List<Dangling> dangling = suspects.stream()
                .filter(again::containsKey)
                .map(entry -> new Dangling(hash.of(entry.id()), entry.kind(), again.get(entry)))
                .distinct()
                .toList();
        return new StoreIndexes(entries.size(), dangling);
    }

    /** With each, whether it stays for ever if nobody removes it. */
    private Map<Entry, Boolean> entries(Set<String> names) {
        Map<Entry, Boolean> entries = new LinkedHashMap<>();
        long now = Long.parseLong(jedis.time().get(0)) * 1_000;
        String buckets = shape.namespace() + "expirations:";
        List<String> sets = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String name : names) {
            if (index(name)) {
                sets.add(name);
            } else if (name.startsWith(buckets)) {
                if (cleanedUp(name.substring(buckets.length()), now)) {
                    sets.add(name);
                }
            } else if (name.startsWith(shape.prefix() + SHADOW)
                    || (name.startsWith(shape.prefix()) && name.endsWith(LISTED))) {
                keys.add(name);
            }
        }
        members(sets, entries);
        keys(keys, entries);
        String sorted = shape.prefix() + "expirations";
        if (names.contains(sorted) && "zset".equals(jedis.type(sorted))) {
            jedis.zrangeByScore(bytes(sorted), 0, (double) (now - CLEANED_UP_MILLIS))
                    .forEach(member ->
                            id(member).ifPresent(id -> entries.put(new Entry(id, Kind.EXPIRATIONS, sorted), true)));
        }
        return entries;
    }

    private boolean index(String name) {
        return name.startsWith(shape.namespace() + "index:") || name.startsWith(shape.prefix() + "index:");
    }

    /** By the time in milliseconds in a bucket's name. */
    private static boolean cleanedUp(String minute, long now) {
        return minute.matches("[0-9]{1,18}") && Long.parseLong(minute) < now - CLEANED_UP_MILLIS;
    }

    private void members(List<String> sets, Map<Entry, Boolean> entries) {
        for (String set : sets) {
            if (SET.equals(jedis.type(set))) {
                boolean lasting = jedis.pttl(set) == Lifetime.NONE;
                Kind kind = index(set) ? Kind.PRINCIPAL : Kind.EXPIRATIONS;
                jedis.smembers(bytes(set))
                        .forEach(member -> id(member).ifPresent(id -> entries.put(new Entry(id, kind, set), lasting)));
            }
        }
    }

    /** Keys that have the id in their name. */
    private void keys(List<String> keys, Map<Entry, Boolean> entries) {
        Pipeline pipeline = jedis.pipelined();
        Map<String, Response<Long>> times = new LinkedHashMap<>();
        keys.forEach(key -> times.put(key, pipeline.pttl(key)));
        pipeline.sync();
        times.forEach((key, time) -> {
            String rest = key.substring(shape.prefix().length());
            boolean shadow = rest.startsWith(SHADOW);
            String id = shadow ? rest.substring(SHADOW.length()) : rest.substring(0, rest.length() - LISTED.length());
            if (time.get() != Lifetime.ABSENT) {
                entries.put(new Entry(id, shadow ? Kind.EXPIRY_KEY : Kind.SESSION, key), time.get() == Lifetime.NONE);
            }
        });
    }

    private List<Entry> withoutSession(Collection<Entry> entries) {
        Pipeline pipeline = jedis.pipelined();
        Map<Entry, Response<Boolean>> there = new LinkedHashMap<>();
        entries.forEach(entry -> there.put(entry, pipeline.exists(shape.prefix() + entry.id())));
        pipeline.sync();
        return entries.stream().filter(entry -> !there.get(entry).get()).toList();
    }

    /** The id in a member, through the serializers that are known; empty if it is none. */
    static Optional<String> id(byte[] member) {
        String text = SpringFields.text(member);
        String id = text.startsWith(SHADOW) ? text.substring(SHADOW.length()) : text;
        return id.matches("[\\x21-\\x7e]+") ? Optional.of(id) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
