package dev.midwrite.controller.serve;

import dev.midwrite.link.v1.Tail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what nodes journaled, verbatim: {@code <directory>/<node>/<incarnation as 16 hex digits>.events}, frames without
 * anything between them. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class JournalStore implements AutoCloseable {

    /** @param directory such as {@code <bundle>/journals}; made if missing, and what is in it is continued */
    public JournalStore(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** Stores what is new in it and returns the first sequence number that is not stored. */
    long receive(String node, Tail tail) {
        throw new UnsupportedOperationException();
    }

    public List<JournalState> states() {
        throw new UnsupportedOperationException();
    }

    public Optional<JournalState> state(String node, long incarnation) {
        throw new UnsupportedOperationException();
    }

    /** Waits until the incarnation's journal has been read to its end, or the time is over: then it is not complete. */
    public JournalState awaitComplete(String node, long incarnation, Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Waits until all records below {@code seq} are stored, or the time is over. */
    public JournalState awaitRecords(String node, long incarnation, long seq, Duration timeout)
            throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
