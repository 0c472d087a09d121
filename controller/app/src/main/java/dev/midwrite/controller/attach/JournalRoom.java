package dev.midwrite.controller.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a journal can be written in a directory that may not be there yet. */
final class JournalRoom {
    private static final long MEBIBYTE = 1L << 20;
    /** Less is as good as none: the journal grows by blocks of four, and other programs write, too. */
    private static final long LEAST_MEBIBYTES = 64;

    private JournalRoom() {}

    /** @param wantedMebibytes what a journal may take at the most */
    static List<Obstacle> look(Path directory, long wantedMebibytes) throws IOException {
        Path there = directory.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return List.of(Obstacle.blocking(
                    "The journal cannot lie in " + directory + ": " + there + " is no directory.",
                    "Name another place with --journal."));
        }
        if (!Files.isWritable(there)) {
            return List.of(Obstacle.blocking(
                    "The journal cannot be written in " + directory + ": " + there + " is not writable for this user.",
                    "Change that, or name another place with --journal."));
        }
        return left(directory, Files.getFileStore(there).getUsableSpace() / MEBIBYTE, wantedMebibytes);
    }

    static List<Obstacle> left(Path directory, long left, long wantedMebibytes) {
        if (left < LEAST_MEBIBYTES) {
            return List.of(Obstacle.blocking(
                    "The disk of the journal's directory " + directory + " is full but for " + left + " MiB.",
                    "Make room, or name another place with --journal."));
        }
        if (left < wantedMebibytes) {
            return List.of(Obstacle.note(
                    "The disk of the journal's directory " + directory + " has " + left + " MiB left, and a journal may"
                            + " take " + wantedMebibytes + ".",
                    "Make room, or set a smaller journal-mebibytes."));
        }
        return List.of();
    }
}
