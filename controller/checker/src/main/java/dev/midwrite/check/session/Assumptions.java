package dev.midwrite.check.session;

import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.Map;

/** What the checks rely on; a history that breaks it proves nothing. Not thread-safe. */
final class Assumptions {
    private final Map<Integer, Long> busyUntil = new HashMap<>();

    void check(SessionHistory history, Findings findings) {
        int twice = history.values().duplicate();
        if (twice >= 0) {
            findings.invalid("Operation " + history.seq(twice) + " of session " + Long.toHexString(history.session())
                    + " writes a value that an earlier one wrote.");
        }
        int process = 0;
        long until = Long.MIN_VALUE;
        busyUntil.clear();
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            if (history.invoked(row) > history.returned(row)) {
                findings.invalid("Operation " + history.seq(row) + " returned before it was invoked.");
            }
            // One process does most of a session, so its end is kept at hand.
            if (history.process(row) != process) {
                busyUntil.put(process, until);
                process = history.process(row);
                until = busyUntil.getOrDefault(process, Long.MIN_VALUE);
            }
            if (until == UserOperation.NEVER) {
                findings.invalid("Process " + process + " goes on with operation " + history.seq(row)
                        + " after one of unknown outcome.");
            } else if (history.invoked(row) < until) {
                findings.invalid(
                        "Process " + process + " begins operation " + history.seq(row) + " before its last has ended.");
            }
            until = history.returned(row);
        }
    }
}
