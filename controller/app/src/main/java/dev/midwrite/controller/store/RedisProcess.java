package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;

/** One Redis server. Told to stop, it saves if it is configured to. */
final class RedisProcess extends ServerProcess {
    private final Path executable;
    private final StoreLogin login;
    private final Map<String, String> config;

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
        this.config.put("bind", "127.0.0.1");
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        config.forEach((key, value) -> {
            command.add("--" + key);
            command.add(value);
        });
        return command;
    }

    @Override
    boolean answers() {
        try (RedisConnection connection = RedisConnection.to("127.0.0.1", port(), StoreLogin.NONE)) {
            return connection.ping();
        } catch (JedisException e) {
            return false;
        }
    }

    @Override
    void answered() throws IOException {
        if (login.password().isPresent()) {
            try (RedisConnection connection = RedisConnection.to("127.0.0.1", port(), StoreLogin.NONE)) {
                connection.protect(login);
            } catch (JedisException e) {
                throw new IOException("it does not take the drill's login", e);
            }
        }
    }

    /** To this server, with its login. */
    RedisConnection connect() {
        return RedisConnection.to("127.0.0.1", port(), login);
    }
}
