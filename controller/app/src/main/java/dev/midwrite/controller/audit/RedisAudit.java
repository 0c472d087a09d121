package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoreIndexes.Dangling;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.store.StoreLogin;
import dev.midwrite.event.SessionHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sessions in Redis. It looks for the keys that the drill names, else for those that nodes report, else for Spring
 * Session's; in the database that the drill names, else in those that nodes report, else in all.
 *
 * <p>Thread-safe; every call has a connection of its own.
 */
public final class RedisAudit implements StoreAudit {
    static final String DEFAULT_NAMESPACE = "spring:session";

    private static final int TIMEOUT_MILLIS = 5_000;
    /** Of a store that only nodes know, and that may not be reachable from here. */
    private static final int SHORT_TIMEOUT_MILLIS = 2_000;

    private final Supplier<HostAndPort> primary;
    private final Supplier<Set<HostAndPort>> copies;
    private final StoreSpec spec;
    private final StoreLogin login;
    private final byte[] key;
    /** Keyed hashes of the names of keys that lay there before. */
    private final Set<Long> before = new HashSet<>();

    /** @param key of {@link SessionHash} on all nodes */
    public RedisAudit(String host, int port, StoreSpec spec, StoreLogin login, byte[] key) {
        this(() -> new HostAndPort(host, port), Set::of, spec, login, key);
    }

    /**
     * Of a store whose primary may be another one in the end.
     *
     * @param primary of this moment
     * @param copies what nodes may use, too, and holds nothing of its own
     * @param key of {@link SessionHash} on all nodes
     */
    RedisAudit(
            Supplier<HostAndPort> primary,
            Supplier<Set<HostAndPort>> copies,
            StoreSpec spec,
            StoreLogin login,
            byte[] key) {
        this.primary = primary;
        this.copies = copies;
        this.spec = spec;
        this.login = login;
        this.key = key.clone();
    }

    /** What is read, by id; a session under two keys counts once, as the one that can be judged. */
    private static final class Census {
        final Map<Long, StoredSession> sessions = new TreeMap<>();
        final Set<String> places = new LinkedHashSet<>();
        final List<Dangling> dangling = new ArrayList<>();
        long entries;

        void add(StoredSession session) {
            sessions.merge(session.idHash(), session, (a, b) -> a.layout() == Layout.OTHER ? b : a);
        }

        void add(StoreIndexes indexes) {
            entries += indexes.entries();
            dangling.addAll(indexes.dangling());
        }
    }

    @Override
    public synchronized void begin() {
        try (Jedis jedis = connect(primary.get(), TIMEOUT_MILLIS)) {
            SessionHash hash = new SessionHash(key);
            String pattern = spec.namespace()
                    .map(namespace -> KeyShape.named(namespace).pattern())
                    .orElse("*");
            for (int database : databases(jedis)) {
                jedis.select(database);
                RedisKeys.matching(jedis, pattern).forEach(name -> before.add(hash.of(database + " " + name)));
            }
        } catch (JedisException e) {
            // Whoever cannot read it now cannot later, and that is told then.
            before.clear();
        }
    }

    @Override
    public synchronized StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        RedisPlaces places = RedisPlaces.of(spec, reported);
        Census found = new Census();
        String doubt = "";
        HostAndPort address = primary.get();
        try (Jedis jedis = connect(address, TIMEOUT_MILLIS)) {
            read(jedis, address, places, found);
        } catch (JedisException e) {
            doubt = "The store audit cannot read Redis at " + address + ": " + reason(e);
        }
        for (HostAndPort other : places.others(address, copies.get())) {
            try (Jedis jedis = connect(other, SHORT_TIMEOUT_MILLIS)) {
                read(jedis, other, places, found);
            } catch (JedisException e) {
                found.places.add("Redis at " + other + ", which a node uses and the audit cannot read: "
                        + reason(e).replaceFirst("\\.$", ""));
            }
        }
        return new StoreContents(
                true,
                List.copyOf(found.places),
                doubt,
                clock.getAsLong(),
                List.copyOf(found.sessions.values()),
                new StoreIndexes(found.entries, List.copyOf(found.dangling)));
    }

    private void read(Jedis jedis, HostAndPort server, RedisPlaces places, Census found) {
        Set<Integer> databases = databases(jedis);
        if (databases.isEmpty()) {
            found.places.add("any key in Redis at " + server + ", which is empty");
        }
        // Another application may have the same keys in another database.
        Set<Integer> reported = spec.database().isPresent() ? Set.of() : places.databases();
        read(jedis, server, reported, places, found);
        if (found.sessions.isEmpty()) {
            databases.removeAll(reported);
            read(jedis, server, databases, places, found);
        }
    }

    private void read(Jedis jedis, HostAndPort server, Set<Integer> databases, RedisPlaces places, Census found) {
        SessionHash hash = new SessionHash(key);
        for (int database : databases) {
            jedis.select(database);
            for (KeyShape shape : places.shapes(jedis)) {
                Set<String> names = RedisKeys.matching(jedis, shape.pattern());
                names.removeIf(name -> before.contains(hash.of(database + " " + name)));
                List<StoredSession> sessions = new RedisSessions(jedis, shape, hash).read(names, places.indexed(shape));
                List<StoredSession> kept = kept(sessions, places);
                kept.forEach(found::add);
                found.places.add(shape + " at " + server + "/" + database
                        + (kept.isEmpty() && !sessions.isEmpty() ? unproven(sessions.size(), shape) : ""));
                if (shape.spring()) {
                    found.add(new RedisIndexes(jedis, shape, hash).read(names));
                }
            }
        }
    }

    private static String unproven(int keys, KeyShape shape) {
        return " (" + (keys == 1 ? "1 key is" : keys + " keys are") + " there, and nothing shows that "
                + (keys == 1 ? "it is a session" : "they are sessions") + "; if so, say namespace: \"" + shape + "\")";
    }

    /** Keys of another layout are sessions if the drill says so, or if they expire in general, as sessions do. */
    private static List<StoredSession> kept(List<StoredSession> sessions, RedisPlaces places) {
        Map<Boolean, List<StoredSession>> proven =
                sessions.stream().collect(Collectors.partitioningBy(session -> session.layout() != Layout.OTHER));
        List<StoredSession> others = proven.get(false);
        long mortal = others.stream()
                .filter(session -> session.lifetime().ttlMillis() != Lifetime.NONE)
                .count();
        List<StoredSession> kept = new ArrayList<>(proven.get(true));
        if (places.named() || (places.reported() && 2 * mortal > others.size())) {
            kept.addAll(others);
        }
        return kept;
    }

    private Set<Integer> databases(Jedis jedis) {
        return spec.database().isPresent()
                ? new TreeSet<>(Set.of(spec.database().getAsInt()))
                : RedisKeys.databases(jedis);
    }

    private Jedis connect(HostAndPort server, int timeoutMillis) {
        return new Jedis(server, login.config(timeoutMillis));
    }

    private static String reason(JedisException e) {
        return StoreLogin.rejection(e).orElseGet(() -> {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return text.replaceFirst("\\.?$", ".");
        });
    }
}
