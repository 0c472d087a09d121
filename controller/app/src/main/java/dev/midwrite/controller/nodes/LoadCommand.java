package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What drives a load that is not ours, as a process of ours. Thread-safe. */
public final class LoadCommand implements AutoCloseable {
    /** From SIGTERM to SIGKILL; tools of load write their reports in this time. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String program;
    private final ProcessTree process;
    private final Path log;
    private volatile boolean asked;
    private Reaper.Entry reaped;

    private LoadCommand(String program, ProcessTree process, Path log) {
        this.program = program;
        this.process = process;
        this.log = log;
    }

    /**
     * The command's words with everything filled in.
     *
     * @throws Problem if there is no such program, or a placeholder is not known
     */
    public static List<String> words(List<String> command, Map<String, String> values, Path directory) {
        Placeholders placeholders = new Placeholders(values);
        List<String> words = command.stream().map(placeholders::fill).toList();
        if (!Programs.there(words.get(0), directory)) {
            throw new Problem("There is no program '" + words.get(0) + "' to drive the load with.");
        }
        return words;
    }

    /**
     * Starts it.
     *
     * @param environment added to ours
     * @param log takes both its outputs
     * @throws Problem if it cannot be started
     */
    public static LoadCommand start(
            List<String> words, Map<String, String> environment, Path directory, Path log, Reaper reaper) {
        try {
            PrivateFiles.directory(log.getParent());
            ProcessTree process = ProcessTree.start(words, environment, directory, log, reaper);
            LoadCommand command = new LoadCommand(words.get(0), process, log);
            command.reaped = command.added(reaper);
            return command;
        } catch (IOException e) {
            throw new Problem("The load command cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private Reaper.Entry added(Reaper reaper) {
        try {
            return reaper.add("the load command", this::kill);
        } catch (Problem e) {
            process.root().destroyForcibly();
            throw e;
        }
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.alive();
    }

    /** Asks it to end if it runs, and kills what does not. */
    public void stop() throws InterruptedException {
        if (process.alive()) {
            asked = true;
            process.stop(GRACE);
        }
    }

    /** If it ended by itself; empty if it was asked to, or still runs. */
    public OptionalInt exitCode() {
        return asked || process.alive()
                ? OptionalInt.empty()
                : OptionalInt.of(process.root().exitValue());
    }

    /** Why the load cannot be relied on, a sentence; empty if it can. */
    public String failure() {
        int code = exitCode().orElse(0);
        return code == 0
                ? ""
                : "The load command '" + program + "' ended with exit code " + code + ". " + LastWords.of(code, log);
    }

    /** Kills it if it still runs. Idempotent. */
    @Override
    public void close() {
        try {
            kill();
        } finally {
            reaped.close();
        }
    }

    private void kill() {
        try {
            if (process.alive()) {
                asked = true;
                process.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
