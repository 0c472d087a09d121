package dev.midwrite.controller.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary files of nodes that were killed before they could delete them. */
public final class Leftovers {

    private Leftovers() {}

    /** Deletes the directory with all that is in it, as far as that is possible: nobody needs it, so nobody is told. */
    public static void delete(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> children = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : children) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A file that a dying process still made; it lies in the run's own directory.
        }
    }
}
