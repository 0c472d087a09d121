package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.FreePorts;
import dev.midwrite.controller.nodes.Reaper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server, whose binary a Maven artifact carries. All its files lie in one directory of ours. */
final class EmbeddedRedis implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final RedisServer server;
    private final File executable;
    private final PrintWriter log;
    private final Reaper.Entry atTheEnd;

    private EmbeddedRedis(RedisServer server, File executable, PrintWriter log, Reaper reaper) {
        this.server = server;
        this.executable = executable;
        this.log = log;
        this.atTheEnd = reaper.add("the embedded Redis", this::stop);
    }

    static EmbeddedRedis start(Path directory, Reaper reaper) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start(directory, FreePorts.take(), reaper);
            } catch (IOException e) {
                // Somebody may have taken the port since; with another one it starts, or the reason is a different one.
                if (attempt == ATTEMPTS) {
                    throw new Problem(
                            "The embedded Redis does not start; " + directory.resolve("redis.log") + " says why.", e);
                }
            }
        }
    }

    int port() {
        return server.ports().get(0);
    }

    @Override
    public void close() {
        atTheEnd.close();
        stop();
    }

    /** The arguments stand here because the library's builder would write a file to the temporary directory for them. */
    private static EmbeddedRedis start(Path directory, int port, Reaper reaper) throws IOException {
        Files.createDirectories(directory);
        File executable =
                ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
        PrintWriter log =
                new PrintWriter(Files.newBufferedWriter(directory.resolve("redis.log"), StandardCharsets.UTF_8), true);
        List<String> command = List.of(
                executable.getAbsolutePath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        RedisServer server = new RedisServer(port, command, false, log::println, log::println);
        EmbeddedRedis redis = new EmbeddedRedis(server, executable, log, reaper);
        try {
            server.start();
            return redis;
        } catch (IOException e) {
            log.println(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            redis.close();
            throw e;
        }
    }

    private synchronized void stop() {
        try {
            server.stop();
            endForgotten();
            Files.deleteIfExists(executable.toPath());
        } catch (IOException e) {
            throw new Problem("The embedded Redis does not stop: " + e.getMessage(), e);
        } finally {
            log.close();
        }
    }

    /**
     * Told to end while the server starts, the library forgets the process: it cannot add its shutdown hook any more, and
     * fails. No other process of ours runs this executable.
     */
    private void endForgotten() throws IOException {
        if (executable.exists()) {
            String command = executable.getCanonicalPath();
            ProcessHandle.current()
                    .children()
                    .filter(child ->
                            child.info().command().filter(command::equals).isPresent())
                    .forEach(child -> {
                        child.destroyForcibly();
                        child.onExit().join();
                    });
        }
    }
}
