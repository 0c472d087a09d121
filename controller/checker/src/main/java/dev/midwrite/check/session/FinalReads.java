package dev.midwrite.check.session;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The final reads of one attribute: only if every node that was asked has answered after the run had settled can they
 * prove that something is gone. Not thread-safe.
 */
public final class FinalReads {
    private final BitSet asked = new BitSet();
    private final BitSet answered = new BitSet();
    private int[] rows = new int[8];
    private int size;
    private boolean absent;

    /** Collects the final reads of this kind among an attribute's operations. */
    public void collect(SessionHistory history, Terms terms, int attribute, OperationKind kind) {
        asked.clear();
        answered.clear();
        size = 0;
        absent = false;
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.firstFinal(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (history.kind(row) == kind && history.is(row, UserOperation.FINAL)) {
                take(history, row, history.invoked(row) >= terms.settledAt());
            }
        }
    }

    private void take(SessionHistory history, int row, boolean settled) {
        // A node that was asked too early, for all we know of the clocks, has not answered.
        asked.set(history.node(row));
        if (!history.ok(row) || !settled) {
            return;
        }
        answered.set(history.node(row));
        if (history.is(row, UserOperation.ABSENT) || !history.belongs(row)) {
            absent = true;
            return;
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        rows[size++] = row;
    }

    /** There is at least one, and every node that was asked has answered. */
    public boolean complete() {
        return !asked.isEmpty() && asked.equals(answered);
    }

    /** Some node no longer had the session: what it held is the business of the lifecycle. */
    public boolean sessionGone() {
        return absent;
    }

    /** How many showed the session. */
    public int size() {
        return size;
    }

    public int row(int i) {
        return rows[i];
    }

    /** Nodes that answered. */
    public int nodes() {
        return answered.cardinality();
    }
}
