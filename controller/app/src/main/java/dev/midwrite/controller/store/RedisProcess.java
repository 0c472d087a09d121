package dev.midwrite.controller.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/** One Redis server of ours, which can be ended and started again at the same port. Operations exclude each other. */
final class RedisProcess {
    private static final long PATIENCE_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final Path executable;
    private final Path directory;
    private final int port;
    private final StoreLogin login;
    private final Map<String, String> config;
    private Process process;
    private boolean ended;

    /**
     * Nothing is started yet.
     *
     * @param directory its files and its log
     * @param login that it wants of everybody; empty for none. It is not among the arguments, which everybody can read
     * @param config over what all servers of ours have: one port on loopback, nothing kept on disk
     */
    RedisProcess(Path executable, Path directory, int port, StoreLogin login, Map<String, String> config) {
        this.login = login;
        this.executable = executable;
        this.directory = directory;
        this.port = port;
        this.config = new LinkedHashMap<>(Map.of("save", "", "appendonly", "no"));
        this.config.putAll(config);
        this.config.put("port", Integer.toString(port));
        this.config.put("bind", "127.0.0.1");
    }

    int port() {
        return port;
    }

    synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /**
     * Starts it and waits until it answers; nothing if it runs.
     *
     * @throws IOException if it does not answer; then it does not run, and its log says why
     */
    synchronized void start() throws IOException, InterruptedException {
        if (alive() || ended) {
            return;
        }
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        config.forEach((key, value) -> {
            command.add("--" + key);
            command.add(value);
        });
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process.getOutputStream().close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                kill();
                throw new IOException(log() + " says why");
            }
        }
        protect();
    }

    private void protect() throws IOException {
        if (login.password().isPresent()) {
            try (RedisConnection connection = RedisConnection.to("127.0.0.1", port, StoreLogin.NONE)) {
                connection.protect(login);
            } catch (JedisException e) {
                throw new IOException("it does not take the drill's login", e);
            }
        }
    }

    /** To this server, with its login. */
    RedisConnection connect() {
        return RedisConnection.to("127.0.0.1", port, login);
    }

    /** SIGTERM: it saves if it is configured to. SIGKILL if it takes too long. */
    synchronized void stop() throws InterruptedException {
        if (alive()) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    /** SIGKILL. */
    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Kills it, and lets it never start again. */
    synchronized void end() {
        ended = true;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    Path log() {
        return directory.resolve("redis.log");
    }

    private boolean answers() {
        try (RedisConnection connection = RedisConnection.to("127.0.0.1", port, StoreLogin.NONE)) {
            return process.isAlive() && connection.ping();
        } catch (JedisException e) {
            return false;
        }
    }
}
