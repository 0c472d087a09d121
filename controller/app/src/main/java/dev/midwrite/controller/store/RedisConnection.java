package dev.midwrite.controller.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The few commands that are not about sessions. All fail with a {@link JedisException}. Not thread-safe. */
final class RedisConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 3_000;

    private final Jedis client;

    private RedisConnection(Jedis client) {
        this.client = client;
    }

    static RedisConnection to(String host, int port, StoreLogin login) {
        return new RedisConnection(new Jedis(new HostAndPort(host, port), login.config(TIMEOUT_MILLIS)));
    }

    /** False if it answers, and is not ready: it still loads what it had saved. */
    boolean ping() {
        try {
            return client.ping().equals("PONG");
        } catch (JedisDataException e) {
            return false;
        }
    }

    /** All fields of all sections, by name. */
    Map<String, String> info() {
        Map<String, String> fields = new LinkedHashMap<>();
        client.info("all").lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** Empty if there is no such parameter, or nobody may ask. */
    String config(String parameter) {
        try {
            return client.configGet(parameter).getOrDefault(parameter, "");
        } catch (JedisDataException e) {
            return "";
        }
    }

    void config(String parameter, String value) {
        client.configSet(parameter, value);
    }

    /** From now on it wants this login, also of itself when it follows another server with the same. */
    void protect(StoreLogin login) {
        String password = login.password().orElseThrow();
        config("masterauth", password);
        if (login.user().isPresent()) {
            config("masteruser", login.user().get());
            client.aclSetUser(login.user().get(), "on", ">" + password, "~*", "&*", "+@all");
            client.aclSetUser("default", "off");
        } else {
            config("requirepass", password);
        }
    }

    /** Of a sentinel: on which port it holds the primary of that name to be; empty if it knows none. */
    OptionalInt primary(String name) {
        List<String> address = client.sentinelGetMasterAddrByName(name);
        return address == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(address.get(1)));
    }

    /** Of a sentinel: what it knows of the primary of that name. */
    Map<String, String> watched(String name) {
        return client.sentinelMaster(name);
    }

    void flush() {
        client.flushAll();
    }

    /** All clients' commands wait for so long. */
    void pause(long millis) {
        client.sendCommand(Protocol.Command.CLIENT, "PAUSE", Long.toString(millis), "ALL");
    }

    void follow(int port) {
        client.replicaof("127.0.0.1", port);
    }

    /** Follows nobody any more. */
    void lead() {
        client.replicaofNoOne();
    }

    @Override
    public void close() {
        client.close();
    }
}
