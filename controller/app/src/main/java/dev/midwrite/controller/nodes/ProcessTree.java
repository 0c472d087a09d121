package dev.midwrite.controller.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and what it started: a command may be a wrapper around the JVM. */
final class ProcessTree {
    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(10);

    private final Process root;

    private ProcessTree(Process root) {
        this.root = root;
    }

    /**
     * Starts it without input; both its outputs go to the log.
     *
     * @param reaper watches it
     */
    static ProcessTree start(
            List<String> command, Map<String, String> environment, Path directory, Path log, Reaper reaper)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        reaper.watch(process);
        process.getOutputStream().close();
        return new ProcessTree(process);
    }

    Process root() {
        return root;
    }

    boolean alive() {
        return root.isAlive();
    }

    /**
     * SIGTERM, and SIGKILL to what is left after this time.
     *
     * @return whether nothing was left
     */
    boolean stop(Duration timeout) throws InterruptedException {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroy);
        boolean ended = ended(all, timeout);
        if (!ended) {
            kill(all);
        }
        return ended;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        kill(all());
    }

    private void kill(List<ProcessHandle> before) throws InterruptedException {
        // What was started since the list was made is on a new one.
        List<ProcessHandle> all =
                Stream.concat(before.stream(), all().stream()).distinct().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        ended(all, AFTER_SIGKILL);
        root.waitFor();
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants()).toList();
    }

    private static boolean ended(List<ProcessHandle> all, Duration timeout) throws InterruptedException {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
