package dev.midwrite.controller.history;

import dev.midwrite.event.EventRecord;
import java.util.List;

/** What the nodes' journals say about a request, a write, an injection. Immutable. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class JournalIndex {

    JournalIndex() {}

    /**
     * One record with its names.
     *
     * @param point name of its point; empty for none
     * @param at nanoseconds on the users' clock, by the middle of the clock interval; {@code error} its half-width
     */
    public record Entry(String node, long incarnation, EventRecord event, String point, long at, long error) {}

    /** In the order of nodes, incarnations and sequence numbers. */
    public List<Entry> ofRequest(long request) {
        throw new UnsupportedOperationException();
    }

    public List<Entry> ofWrite(long writeId) {
        throw new UnsupportedOperationException();
    }

    /** FAULT records. */
    public List<Entry> faults() {
        throw new UnsupportedOperationException();
    }

    /** How many records of all nodes were read. */
    public long records() {
        throw new UnsupportedOperationException();
    }

    /** All journals are complete: only then does absence from them prove anything. */
    public boolean complete() {
        throw new UnsupportedOperationException();
    }
}
