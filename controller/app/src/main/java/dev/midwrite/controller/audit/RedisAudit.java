package dev.midwrite.controller.audit;

import dev.midwrite.check.Trial.StoredSession;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.SessionHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Sessions as Spring Session lays them in Redis: a hash {@code <namespace>:sessions:<id>} that must expire and must
 * hold {@link #MANDATORY}, else Spring Session cannot read it back.
 *
 * <p>Thread-safe; every call has a connection of its own.
 */
public final class RedisAudit implements StoreAudit {
    public static final String DEFAULT_NAMESPACE = "spring:session";

    /** Fields without which {@code RedisSessionMapper} refuses the hash. */
    static final List<String> MANDATORY = List.of("creationTime", "lastAccessedTime", "maxInactiveInterval");

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int PAGE = 1_000;
    /** PTTL's answers for a key without expiry and for no key. */
    private static final long NEVER = -1;

    private static final long GONE = -2;

    private final HostAndPort address;
    private final String prefix;
    private final byte[] key;

    /**
     * @param namespace as in {@code spring.session.redis.namespace}
     * @param key of {@link SessionHash} on all nodes
     */
    public RedisAudit(String host, int port, String namespace, byte[] key) {
        this.address = new HostAndPort(host, port);
        this.prefix = namespace + ":sessions:";
        this.key = key.clone();
    }

    @Override
    public List<StoredSession> read() {
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MILLIS).build();
        try (Jedis jedis = new Jedis(address, config)) {
            SessionHash hash = new SessionHash(key);
            List<StoredSession> sessions = new ArrayList<>();
            for (String name : names(jedis)) {
                StoredSession session = read(jedis, name, hash.of(name.substring(prefix.length())));
                if (session != null) {
                    sessions.add(session);
                }
            }
            sessions.sort(Comparator.comparingLong(StoredSession::idHash));
            return List.copyOf(sessions);
        } catch (JedisException e) {
            throw new Problem("The store audit cannot read Redis at " + address + ": " + e.getMessage() + ".", e);
        }
    }

    private Set<String> names(Jedis jedis) {
        // SCAN may name a key twice.
        Set<String> names = new LinkedHashSet<>();
        ScanParams params = new ScanParams().match(escaped(prefix) + "*").count(PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = jedis.scan(cursor, params);
            for (String name : page.getResult()) {
                // The indexed repository keeps a marker per session beside the session itself.
                if (!name.startsWith(prefix + "expires:")) {
                    names.add(name);
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return names;
    }

    /** Null if the session expired since SCAN named it. */
    private static StoredSession read(Jedis jedis, String name, long idHash) {
        String type = jedis.type(name);
        List<String> fields =
                type.equals("hash") ? jedis.hkeys(name).stream().sorted().toList() : List.of();
        long ttl = jedis.pttl(name);
        if (ttl == GONE) {
            return null;
        }
        List<String> missing =
                MANDATORY.stream().filter(field -> !fields.contains(field)).toList();
        return new StoredSession(idHash, Math.max(ttl, NEVER), fields, missing, "");
    }

    /** A namespace is a text, not a pattern. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
