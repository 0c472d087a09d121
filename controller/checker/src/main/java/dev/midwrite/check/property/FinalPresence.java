package dev.midwrite.check.property;

import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which nodes were asked for a session in the end, and which of them had it. Absence counts only where the session cannot
 * have ended by itself between the reads of two nodes. Not thread-safe.
 */
final class FinalPresence {
    private final BitSet asked = new BitSet();
    private final BitSet probed = new BitSet();
    private final List<Integer> rows = new ArrayList<>();
    private int ended;
    private boolean comparable;

    static boolean reads(OperationKind kind) {
        return switch (kind) {
            case READ, READ_LIST, READ_COUNTER, READ_GROUP, READ_DOCUMENT -> true;
            default -> false;
        };
    }

    void collect(SessionHistory history, Terms terms) {
        asked.clear();
        probed.clear();
        rows.clear();
        ended = -1;
        boolean mayEnd = false;
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            OperationKind kind = history.kind(row);
            if (kind.ends()) {
                ended = history.ok(row) ? row : ended;
                mayEnd |= history.info(row);
            } else if (kind == OperationKind.ROTATE_ID) {
                mayEnd |= history.info(row);
            } else if (history.is(row, UserOperation.FINAL)) {
                take(history, row, kind, history.invoked(row) >= terms.settledAt());
            }
        }
        comparable = rows.size() >= 2 && probed.equals(asked) && (ended >= 0 || !endsBetween(history, terms, mayEnd));
    }

    private void take(SessionHistory history, int row, OperationKind kind, boolean settled) {
        boolean probes = kind == OperationKind.PROBE || (kind == OperationKind.PROBE_OLD_ID && ended >= 0);
        if (!probes && !reads(kind)) {
            return;
        }
        // A node that was asked too early, for all we know of the clocks, has not answered.
        asked.set(history.node(row));
        if (probes && settled && history.ok(row) && !probed.get(history.node(row))) {
            probed.set(history.node(row));
            rows.add(row);
        }
    }

    /** Whether time alone, or an outcome that nobody knows, can explain that a later read did not find the session. */
    private boolean endsBetween(SessionHistory history, Terms terms, boolean mayEnd) {
        int present = -1;
        for (int row : rows) {
            if (!history.is(row, UserOperation.ABSENT)) {
                present = row;
            } else if (present >= 0
                    && (mayEnd
                            || (terms.ttlNanos() > 0
                                    && history.returned(row)
                                            >= history.invoked(present)
                                                    + terms.ttlNanos()
                                                    - terms.clockErrorNanos()))) {
                return true;
            }
        }
        return false;
    }

    /** How many nodes were asked. */
    int asked() {
        return asked.cardinality();
    }

    /** Every node that was asked has said whether it has the session. */
    boolean decided() {
        return comparable;
    }

    /** One answer by node, in the order in which they were asked. */
    List<Integer> rows() {
        return rows;
    }

    /** The acknowledged logout; -1 if there was none. */
    int ended() {
        return ended;
    }
}
