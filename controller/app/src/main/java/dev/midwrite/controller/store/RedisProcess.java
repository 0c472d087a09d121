package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;

/** One Redis server. Told to stop, it saves if it is configured to. */
final class RedisProcess extends ServerProcess {
    static final String LOOPBACK = "127.0.0.1";

    private static final Duration LINK = Duration.ofSeconds(10);

    private final Path executable;
    private final StoreLogin login;
    private final Map<String, String> config;
    private List<String> addresses;

    /**
     * Nothing is started yet.
     *
     * @param directory its files and its log
     * @param login that it wants of everybody; empty for none. It is not among the arguments, which everybody can read
     * @param config over what all servers of ours have: one port on loopback, nothing kept on disk
     */
    RedisProcess(
            Path executable, Path directory, int port, StoreLogin login, Map<String, String> config, Reaper reaper) {
        super(directory, directory.resolve("redis.log"), port, reaper);
        this.login = login;
        this.executable = executable;
        this.config = new LinkedHashMap<>(Map.of("save", "", "appendonly", "no"));
        this.config.putAll(config);
        this.config.put("port", Integer.toString(port));
        this.addresses = List.of(LOOPBACK);
    }

    /** It reaches others from this address of loopback, by which they tell it from clients, and can be reached there, too. */
    RedisProcess comingFrom(String address) {
        // Redis takes the first for its own connections.
        addresses = List.of(address, LOOPBACK);
        return this;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        config.forEach((key, value) -> {
            command.add("--" + key);
            command.add(value);
        });
        command.add("--bind");
        command.addAll(addresses);
        return command;
    }

    @Override
    boolean answers() {
        try (RedisConnection connection = RedisConnection.to(LOOPBACK, port(), StoreLogin.NONE)) {
            return connection.ping();
        } catch (JedisException e) {
            return false;
        }
    }

    @Override
    void answered() throws IOException {
        if (login.password().isPresent()) {
            try (RedisConnection connection = RedisConnection.to(LOOPBACK, port(), StoreLogin.NONE)) {
                connection.protect(login);
            } catch (JedisException e) {
                throw new IOException("it does not take the drill's login", e);
            }
        }
    }

    /**
     * From now on it follows the server at that port, and has what the other has when this returns.
     *
     * @throws IOException if it does not reach the other
     */
    void follow(int primary) throws IOException, InterruptedException {
        try (RedisConnection connection = connect()) {
            connection.follow(primary);
            Polling.until(
                    () -> "up".equals(connection.info().get("master_link_status")),
                    LINK,
                    () -> new IOException("a replica does not reach its primary"));
        }
    }

    /**
     * How many bytes of writes it has made, or taken over from its primary.
     *
     * @throws JedisException if it does not answer
     */
    long written() {
        try (RedisConnection connection = connect()) {
            return Long.parseLong(connection.info().getOrDefault("master_repl_offset", "0"));
        }
    }

    /** To this server, with its login. */
    RedisConnection connect() {
        return RedisConnection.to(LOOPBACK, port(), login);
    }
}
