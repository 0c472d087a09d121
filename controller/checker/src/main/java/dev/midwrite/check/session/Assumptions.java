package dev.midwrite.check.session;

import dev.midwrite.event.UserOperation;

/** What the checks rely on; a history that breaks it proves nothing. Not thread-safe. */
final class Assumptions {
    /** The last operation of each process so far. */
    private final LongIntMap latest = new LongIntMap();

    /** Every value was written once: a read of it then says which write it saw. */
    static void values(SessionHistory history, Findings findings) {
        int twice = history.values().duplicate();
        if (twice >= 0) {
            findings.invalid(
                    "Operation " + history.seq(twice) + " of session " + Long.toHexString(history.session())
                            + " writes a value that an earlier one wrote.",
                    history.values().twice());
        }
    }

    /** Times can be: one process does one thing at a time, and nothing more after an operation of unknown outcome. */
    void times(SessionHistory history, Findings findings) {
        latest.clear(0);
        int process = 0;
        int before = -1;
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            if (history.invoked(row) > history.returned(row)) {
                findings.invalid("Operation " + history.seq(row) + " returned before it was invoked.");
            }
            // One process does most of a session, so its last operation is kept at hand.
            if (history.process(row) != process) {
                if (before >= 0) {
                    latest.put(process, before);
                }
                process = history.process(row);
                before = latest.get(process);
            }
            if (before >= 0 && history.invoked(row) < history.returned(before)) {
                overlaps(history, findings, before, row);
            }
            before = row;
        }
    }

    private static void overlaps(SessionHistory history, Findings findings, int before, int row) {
        findings.invalid("Process " + history.process(row)
                + (history.returned(before) == UserOperation.NEVER
                        ? " goes on with operation " + history.seq(row) + " after one of unknown outcome."
                        : " begins operation " + history.seq(row) + " before its last has ended."));
    }
}
