package dev.midwrite.controller.serve;

import java.nio.file.Path;
import java.util.Map;

/**
 * How much of one incarnation's journal has arrived.
 *
 * @param nextSeq all records below it are in the file
 * @param complete the agent records no more, and all that it had recorded is here
 * @param damage why the journal is not whole, with the place; empty if nothing is known to be missing
 * @param faults announced faults by injection, as FAULT records say
 */
public record JournalState(
        String node,
        long incarnation,
        Path file,
        long nextSeq,
        long bytes,
        boolean complete,
        String damage,
        Map<Integer, Long> faults) {

    /** Nothing is missing. */
    public boolean whole() {
        return complete && damage.isEmpty();
    }
}
