package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The store that a drill runs on. */
public final class StoreServer implements AutoCloseable {
    private static final String REDIS = "redis";
    private static final int TIMEOUT_MILLIS = 3_000;

    private final StoreSpec spec;
    private final StoreLogin login;
    private final HostAndPort address;
    private final String version;
    private final Optional<EmbeddedStore> ours;

    private StoreServer(
            StoreSpec spec, StoreLogin login, HostAndPort address, String version, Optional<EmbeddedStore> ours) {
        this.spec = spec;
        this.login = login;
        this.address = address;
        this.version = version;
        this.ours = ours;
    }

    /**
     * Starts a server, or checks that the one at the given address answers. One of ours gets the drill's user and
     * password; one that rejects them answers, too, and whether that matters the audit will say.
     *
     * @param runDirectory a server of ours keeps its files in {@code store/}
     * @throws Problem if the kind is not known, the store does not answer or does not start
     */
    public static StoreServer start(StoreSpec spec, Path runDirectory, Reaper reaper) {
        if (!spec.kind().equals(REDIS)) {
            throw new Problem("There is no store of kind " + spec.kind() + "; there is " + REDIS + ".");
        }
        StoreLogin login = StoreLogin.of(spec);
        if (spec.embedded()) {
            EmbeddedStore redis = EmbeddedStore.start(spec, login, runDirectory.resolve("store"), reaper);
            HostAndPort address = new HostAndPort("127.0.0.1", redis.port());
            return new StoreServer(spec, login, address, version(address, login), Optional.of(redis));
        }
        HostAndPort address = address(spec.address());
        return new StoreServer(spec, login, address, version(address, login), Optional.empty());
    }

    /** What a drill says of it. */
    public StoreSpec spec() {
        return spec;
    }

    public StoreLogin login() {
        return login;
    }

    /** What nodes may ask for in their commands and environments, by placeholder. */
    public Map<String, String> placeholders() {
        Map<String, String> values = new HashMap<>();
        values.put("store.host", host());
        values.put("store.port", Integer.toString(port()));
        spec.namespace().ifPresent(namespace -> values.put("store.namespace", namespace));
        spec.database().ifPresent(database -> values.put("store.database", Integer.toString(database)));
        login.user().ifPresent(user -> values.put("store.user", user));
        login.password().ifPresent(password -> values.put("store.password", password));
        return values;
    }

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort();
    }

    /** Whether it is ours. */
    public boolean embedded() {
        return ours.isPresent();
    }

    /** Empty if it is not ours. */
    public Optional<StoreControl> control() {
        return ours.map(StoreControl.class::cast);
    }

    /**
     * What the server says of itself: fields of INFO, parameters of CONFIG, and what is summed up from both.
     *
     * @throws Problem if it does not answer
     */
    public Map<String, String> statistics() {
        try (RedisConnection connection = RedisConnection.to(host(), port(), login)) {
            return RedisStatistics.of(connection);
        } catch (JedisException e) {
            throw new Problem("The store at " + address + " does not answer.", e);
        }
    }

    /** Such as {@code Redis 6.2.11}. */
    public String version() {
        return version;
    }

    /** Stops it if it is ours. Idempotent. */
    @Override
    public void close() {
        ours.ifPresent(EmbeddedStore::close);
    }

    private static HostAndPort address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= 65_535) {
                return new HostAndPort(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Problem("The store's address is " + StoreSpec.EMBEDDED + " or host:port, not " + text + ".");
    }

    /** Asks, and so finds out that it answers. */
    private static String version(HostAndPort address, StoreLogin login) {
        try (Jedis client = new Jedis(address, login.config(TIMEOUT_MILLIS))) {
            client.ping();
            return "Redis "
                    + client.info("server")
                            .lines()
                            .filter(line -> line.startsWith("redis_version:"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse("of an unknown version");
        } catch (JedisException e) {
            if (StoreLogin.rejection(e).isPresent()) {
                return "Redis of an unknown version";
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Problem(
                    "The store at " + address + " does not answer a Redis PING"
                            + (cause.getMessage() == null
                                    ? "."
                                    : ": " + cause.getMessage().replaceFirst("\\.?$", ".")),
                    e);
        }
    }
}
