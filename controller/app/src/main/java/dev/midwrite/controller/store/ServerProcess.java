package dev.midwrite.controller.store;

import dev.midwrite.controller.nodes.LastWords;
import dev.midwrite.controller.nodes.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One server of ours, which can be ended and started again at the same port. Operations exclude each other. */
abstract class ServerProcess {
    private static final long PATIENCE_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final Path directory;
    private final Path log;
    private final int port;
    private final Reaper reaper;
    private volatile Process process;
    /** Whether we have ended, or are ending, what runs or ran last. */
    private volatile boolean asked;

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
     * How it ended if nothing here had asked it to, such as {@code with exit code 1. Its log ends: …}; empty if it runs, or
     * was asked. Waits for no operation.
     */
    Optional<String> endedByItself() {
        Process last = process;
        if (last == null || last.isAlive() || asked) {
            return Optional.empty();
        }
        int code = last.exitValue();
        String signal = LastWords.signal(code); // Whom a signal ends has no time for last words.
        return Optional.of("with exit code " + code + ". " + (signal.isEmpty() ? LastWords.of(code, log) : signal));
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
        asked = false;
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
            asked = true;
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    /** SIGKILL. */
    synchronized void kill() throws InterruptedException {
        if (process != null) {
            asked = true;
            process.destroyForcibly().waitFor();
        }
    }

    /** Kills it, and lets it never start again. */
    synchronized void end() {
        ended = true;
        asked = true;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
