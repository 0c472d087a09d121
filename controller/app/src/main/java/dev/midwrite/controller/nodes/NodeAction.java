package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user's that does something to a node which we did not start.
 *
 * @param what for messages, such as {@code restart of orders-1}
 * @param words of the command, with everything filled in
 * @param log takes both its outputs
 * @param limit how long it may take; then it and what it started is killed
 */
record NodeAction(String what, List<String> words, Path directory, Path log, Duration limit) {

    /**
     * Returns when it has ended well.
     *
     * @throws Problem if it cannot be started, fails, or takes too long
     */
    void run(Reaper reaper) throws InterruptedException {
        ProcessTree process = start(reaper);
        Reaper.Entry entry = reaper.add("the command for the " + what, () -> killed(process));
        try {
            if (!process.root().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem("The command for the " + what + ", '" + String.join(" ", words)
                        + "', had not ended after " + limit.toSeconds() + " s, and was killed.");
            }
        } finally {
            entry.close();
            if (process.alive()) {
                killed(process);
            }
        }
        int code = process.root().exitValue();
        if (code != 0) {
            throw new Problem("The command for the " + what + ", '" + String.join(" ", words)
                    + "', ended with exit code " + code + ". " + LastWords.of(code, log));
        }
    }

    private ProcessTree start(Reaper reaper) {
        try {
            PrivateFiles.directory(log.getParent());
            return ProcessTree.start(words, Map.of(), directory, log, reaper);
        } catch (IOException e) {
            throw new Problem("The command for the " + what + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private static void killed(ProcessTree process) {
        try {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
