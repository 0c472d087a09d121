package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy of the run's own, with its workers: a process that stays in the foreground. Thread-safe. */
public final class ProxyProcess implements AutoCloseable {
    /** From SIGTERM to SIGKILL. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final String LOG = "console.log";

    private final ProcessTree process;
    private final Path log;
    private Reaper.Entry reaped;

    private ProxyProcess(ProcessTree process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param directory where it runs, and what it prints is kept
     * @throws Problem if it cannot be started
     */
    public static ProxyProcess start(List<String> words, Path directory, Reaper reaper) {
        try {
            Path log = directory.resolve(LOG);
            ProxyProcess proxy = new ProxyProcess(ProcessTree.start(words, Map.of(), directory, log, reaper), log);
            proxy.reaped = proxy.added(reaper);
            return proxy;
        } catch (IOException e) {
            throw new Problem(words.get(0) + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private Reaper.Entry added(Reaper reaper) {
        try {
            return reaper.add("the proxy", this::end);
        } catch (Problem e) {
            end();
            throw e;
        }
    }

    /**
     * Runs its program for another moment, to tell it something.
     *
     * @return what it said of its failure; empty if it did not fail
     */
    public static String tell(List<String> words, Path directory, Duration patience) throws InterruptedException {
        Path said = directory.resolve("told.log");
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "no answer within " + patience.toSeconds() + " s";
            }
            String answer = Files.readString(said, StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? "" : answer.isEmpty() ? "exit code " + process.exitValue() : answer;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    public boolean alive() {
        return process.alive();
    }

    /** What it printed last, one or two sentences. */
    public String lastWords() {
        return LastWords.of(process.alive() ? 0 : process.root().exitValue(), log);
    }

    /** Asks it to end, and kills what does not. Idempotent. */
    @Override
    public void close() {
        try {
            end();
        } finally {
            reaped.close();
        }
    }

    private void end() {
        try {
            if (process.alive()) {
                process.stop(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
