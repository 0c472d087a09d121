package dev.midwrite.controller.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Names of keys in a Redis, found without blocking it. */
final class RedisKeys {
    private static final int PAGE = 1_000;

    private RedisKeys() {}

    /** All keys of the selected database that a pattern matches, each once. */
    static Set<String> matching(Jedis jedis, String pattern) {
        // SCAN may name a key twice.
        Set<String> names = new LinkedHashSet<>();
        ScanParams params = new ScanParams().match(pattern).count(PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = jedis.scan(cursor, params);
            names.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return names;
    }

    /** Numbers of the databases that hold anything; just the first one if the server does not let itself be asked. */
    static Set<Integer> databases(Jedis jedis) {
        Set<Integer> databases = new TreeSet<>();
        try {
            List<String> lines = jedis.info("keyspace").lines().toList();
            for (String line : lines) {
                if (line.matches("db[0-9]+:.*")) {
                    databases.add(Integer.parseInt(line.substring(2, line.indexOf(':'))));
                }
            }
        } catch (JedisDataException e) {
            if (e.getMessage() == null || !e.getMessage().startsWith("NOPERM")) {
                throw e;
            }
            databases.add(0);
        }
        return databases;
    }
}
