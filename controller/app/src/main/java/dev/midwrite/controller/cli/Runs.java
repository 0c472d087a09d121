package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds runs, whether they go on or are over, by their {@code start.json}. */
final class Runs {
    /** A run may be one of several below one directory. */
    private static final int DEPTH = 3;

    private Runs() {}

    /**
     * The directory itself if it is a run, else of those below it the one that started last.
     *
     * @throws Problem if there is none
     */
    static Path newest(Path runs) {
        if (!Files.isDirectory(runs)) {
            throw none(runs);
        }
        if (Files.exists(new Bundle(runs).start())) {
            return runs;
        }
        try (Stream<Path> paths = Files.walk(runs, DEPTH)) {
            return paths.filter(Files::isDirectory)
                    .filter(directory -> Files.exists(new Bundle(directory).start()))
                    .max(Comparator.comparing(Runs::started))
                    .orElseThrow(() -> none(runs));
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(runs + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Of what is still being written nobody can say what it will be.
     *
     * @throws Problem if its run goes on
     */
    static void requireEnded(Path run) {
        if (Bundle.underWay(run)) {
            throw new Problem(run + " is of a run that is still under way; midwrite watch follows it.");
        }
    }

    private static FileTime started(Path directory) {
        try {
            return Files.getLastModifiedTime(new Bundle(directory).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem none(Path runs) {
        return new Problem("There is no run in " + runs
                + " that can be watched; start one with midwrite drill run, or name the directory of one.");
    }
}
