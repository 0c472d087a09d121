package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.StoreSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis: the one at the drill's address, or real servers of ours. Thread-safe. */
public final class RedisStore implements StoreBackend {
    private static final int TIMEOUT_MILLIS = 3_000;

    /** Of the drill's; of servers of ours, that of the first primary. */
    private final HostAndPort address;

    private final StoreLogin login;
    private final Optional<RedisServers> ours;
    /** Taken in the beginning: a replica that takes the primary's place keeps its own address, too. */
    private final OptionalInt replicaPort;

    private RedisStore(HostAndPort address, StoreLogin login, Optional<RedisServers> ours) {
        this.address = address;
        this.login = login;
        this.ours = ours;
        this.replicaPort = ours.map(RedisServers::replicaPort).orElse(OptionalInt.empty());
    }

    /** @throws Problem if it does not start, or the drill's address is none */
    static RedisStore start(StoreSpec spec, StoreLogin login, Path runDirectory, Reaper reaper) {
        if (!spec.embedded()) {
            return new RedisStore(address(spec.address()), login, Optional.empty());
        }
        RedisServers redis = RedisServers.start(spec, login, runDirectory.resolve("store"), reaper);
        return new RedisStore(new HostAndPort("127.0.0.1", redis.port()), login, Optional.of(redis));
    }

    public String host() {
        return address.getHost();
    }

    /** Of the primary of this moment. */
    public int port() {
        return ours.map(RedisServers::port).orElse(address.getPort());
    }

    /** Of this moment's primary. */
    public HostAndPort address() {
        return new HostAndPort(host(), port());
    }

    /** Where servers of ours are that are not the primary now. */
    public Set<HostAndPort> copies() {
        return ours.map(RedisServers::copies).orElse(Set.of()).stream()
                .map(port -> new HostAndPort(host(), port))
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>();
        placeholders.put("store.host", host());
        placeholders.put("store.port", Integer.toString(address.getPort()));
        ours.map(RedisServers::placeholders).ifPresent(placeholders::putAll);
        replicaPort.ifPresent(port -> {
            placeholders.put("store.replica.host", host());
            placeholders.put("store.replica.port", Integer.toString(port));
        });
        return Map.copyOf(placeholders);
    }

    @Override
    public Optional<StoreControl> control() {
        return ours.map(StoreControl.class::cast);
    }

    @Override
    public Map<String, String> statistics() {
        try (RedisConnection connection = RedisConnection.to(host(), port(), login)) {
            return RedisStatistics.of(connection);
        } catch (JedisException e) {
            throw new Problem("The store at " + address() + " does not answer.", e);
        }
    }

    @Override
    public void close() {
        ours.ifPresent(RedisServers::close);
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
    @Override
    public String version() {
        try (Jedis client = new Jedis(address(), login.config(TIMEOUT_MILLIS))) {
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
                    "The store at " + address() + " does not answer a Redis PING"
                            + (cause.getMessage() == null
                                    ? "."
                                    : ": " + cause.getMessage().replaceFirst("\\.?$", ".")),
                    e);
        }
    }
}
