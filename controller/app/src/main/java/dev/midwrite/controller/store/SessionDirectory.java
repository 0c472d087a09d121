package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.nodes.Leftovers;
import dev.midwrite.controller.plan.StoreSpec;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory in which nodes keep sessions as files, or one directory in it for each node: the one at the drill's path, or one of the
 * run's own, which is deleted in the end. Thread-safe.
 */
public final class SessionDirectory implements StoreBackend {
    private final Path directory;
    private final boolean ours;

    private SessionDirectory(Path directory, boolean ours) {
        this.directory = directory;
        this.ours = ours;
    }

    /** @throws Problem if one of the run's own cannot be made */
    static SessionDirectory start(StoreSpec spec, Path runDirectory) {
        if (!spec.embedded()) {
            return new SessionDirectory(Path.of(spec.address()), false);
        }
        Path own = runDirectory.resolve("store").resolve("sessions").toAbsolutePath();
        try {
            PrivateFiles.directory(own);
        } catch (IOException e) {
            throw new Problem("The directory for sessions, " + own + ", cannot be made: " + e.getMessage() + ".", e);
        }
        return new SessionDirectory(own, true);
    }

    /** Absolute; the nodes may yet make it. */
    public Path directory() {
        return directory;
    }

    /**
     * All files of a directory and of the directories in it, while others make and delete some.
     *
     * @throws IOException if it is not there or cannot be read
     */
    public static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    ofNode(entry, files);
                } else {
                    files.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static void ofNode(Path directory, List<Path> files) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            entries.forEach(files::add);
        }
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("store.directory", directory.toString());
    }

    @Override
    public String version() {
        return "files";
    }

    @Override
    public Map<String, String> statistics() {
        try {
            return Map.of("keys", Integer.toString(files(directory).size()));
        } catch (IOException e) {
            return Map.of(); // Nobody has made it yet, or a file went while they were counted.
        }
    }

    @Override
    public Optional<StoreControl> control() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (ours) {
            Leftovers.delete(directory);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
