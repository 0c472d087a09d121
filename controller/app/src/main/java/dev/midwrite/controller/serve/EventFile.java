package dev.midwrite.controller.serve;

import dev.midwrite.event.EventRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file of {@link JournalStore}; stops at the first frame that is cut, harmed or out of sequence. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class EventFile {

    private EventFile() {}

    /**
     * Where reading ended.
     *
     * @param nextSeq all records below it were read
     * @param bytes length of the file's good part
     * @param damage why reading stopped before the file's end, with the place; empty if it did not
     */
    public record End(long nextSeq, long bytes, String damage) {}

    /** @throws IOException if the file cannot be read at all */
    public static End read(Path file, Consumer<EventRecord> records) throws IOException {
        throw new UnsupportedOperationException();
    }
}
