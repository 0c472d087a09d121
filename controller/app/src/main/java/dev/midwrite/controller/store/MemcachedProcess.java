package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One memcached server of ours, which can be ended and started again at the same port. No artifact brings the program along: it must be
 * on the {@code PATH}. Operations exclude each other.
 */
final class MemcachedProcess {
    private static final String PROGRAM = "memcached";
    private static final long PATIENCE_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final Path log;
    private final int port;
    private final Map<String, String> config;
    private Process process;
    private boolean ended;

    /**
     * Nothing is started yet.
     *
     * @param config long options of the program without their hyphens
     */
    MemcachedProcess(Path log, int port, Map<String, String> config) {
        this.log = log;
        this.port = port;
        this.config = config;
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", port);
    }

    synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /**
     * Starts it and waits until it answers; nothing if it runs.
     *
     * @throws Problem if there is no such program
     * @throws IOException if it does not answer; then it does not run, and its log says why
     */
    synchronized void start() throws IOException, InterruptedException {
        if (alive() || ended) {
            return;
        }
        process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                kill();
                throw new IOException(log + " says why");
            }
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--listen=127.0.0.1",
                "--port=" + port,
                // Only looked at if root starts it, who must name somebody.
                "--user=" + System.getProperty("user.name")));
        config.forEach((name, value) -> command.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
        return command;
    }

    private static Path program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new Problem("There is no memcached on the PATH, which 'address: embedded' needs: install the"
                                + " package memcached, or name servers of your own."));
    }

    /** SIGTERM; SIGKILL if it takes too long. */
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

    private boolean answers() {
        try (MemcachedConnection connection = MemcachedConnection.to(address())) {
            return process.isAlive() && !connection.version().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
