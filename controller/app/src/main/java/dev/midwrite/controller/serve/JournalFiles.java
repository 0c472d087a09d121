package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.EventRecord;
import dev.midwrite.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Journals wherever they lie: files in a run's directory, and queues that agents have left on their machines. */
public final class JournalFiles {
    private static final String ENDING = ".events";

    private JournalFiles() {}

    /**
     * All journals at or under a path, sorted by their paths. Where a run has copies, what its agents left is not among them.
     *
     * @throws Problem if there is none
     */
    public static List<Path> under(Path place) {
        if (!Files.exists(place)) {
            throw new Problem("There is no " + place + ".");
        }
        try (Stream<Path> all = Files.walk(place)) {
            List<Path> found = all.filter(JournalFiles::isJournal).sorted().toList();
            if (found.isEmpty()) {
                throw new Problem("There is no journal in " + place + ": neither files of a run that end in " + ENDING
                        + " nor queues of an agent.");
            }
            List<Path> copies = found.stream().filter(Files::isRegularFile).toList();
            return copies.isEmpty() ? found : copies;
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(place + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static boolean isJournal(Path path) {
        try {
            return Files.isDirectory(path)
                    ? JournalReader.holdsQueue(path)
                    : path.getFileName().toString().endsWith(ENDING);
        } catch (IOException e) {
            return false; // Whoever may not look into it has no journal there.
        }
    }

    /**
     * Reads a journal from its beginning as far as it is good.
     *
     * @return why reading stopped before the end, with the place; empty if it did not
     * @throws Problem if it cannot be read at all
     */
    public static String read(Path journal, Consumer<EventRecord> records) {
        try {
            return Files.isDirectory(journal)
                    ? queue(journal, records)
                    : EventFile.read(journal, records).damage();
        } catch (IOException e) {
            throw new Problem(journal + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String queue(Path journal, Consumer<EventRecord> records) throws IOException {
        try (JournalReader reader = JournalReader.open(journal)) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                records.accept(EventRecord.read(frame, 0));
            }
            return reader.damage();
        }
    }
}
