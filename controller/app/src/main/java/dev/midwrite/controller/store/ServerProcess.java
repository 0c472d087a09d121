package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One server of ours, which can be ended and started again at the same port. Operations exclude each other. */
abstract class ServerProcess {
    private static final long PATIENCE_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final Path directory;
    private final Path log;
    private final int port;
    private final Reaper reaper;
    private Process process;
    private boolean ended;

    /**
     * Nothing is started yet.
     *
     * @param directory where it runs; there by the time of the start
     * @param reaper watches it
     */
    ServerProcess(Path directory, Path log, int port, Reaper reaper) {
        this.directory = directory;
        this.log = log;
        this.port = port;
        this.reaper = reaper;
    }

    /** The program and its arguments. */
    abstract List<String> command();

    /** Whether it does, on its port. */
    abstract boolean answers();

    /** It answers for the first time. */
    void answered() throws IOException {}

    int port() {
        return port;
    }

    synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /**
     * Starts it and waits until it answers; nothing if it runs.
     *
     * @throws dev.midwrite.controller.Problem if there is no such program
     * @throws IOException if it does not answer; then it does not run, and its log says why
     */
    synchronized void start() throws IOException, InterruptedException {
        if (alive() || ended) {
            return;
        }
        process = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        reaper.watch(process);
        process.getOutputStream().close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!process.isAlive() || !answers()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                kill();
                throw new IOException(log + " says why");
            }
        }
        answered();
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
}
