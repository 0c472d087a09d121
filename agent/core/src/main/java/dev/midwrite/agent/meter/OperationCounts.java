package dev.midwrite.agent.meter;

import dev.midwrite.event.Edge;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.util.concurrent.atomic.LongAdder;

/** Ended operations by kind and outcome. Thread-safe; an increment allocates nothing and takes no lock. */
final class OperationCounts {
    private static final int OUTCOMES = Outcome.values().length;

    private final LongAdder[] counts = new LongAdder[PointKind.values().length * OUTCOMES];

    OperationCounts() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** @param outcome number of an {@link Outcome}, as in records */
    void edge(PointKind kind, Edge edge, int outcome) {
        if (edge == Edge.AFTER) {
            count(kind, outcome).increment();
        } else if (edge == Edge.STEP) { // The step's command ended; the kind is that of the operation around it.
            count(PointKind.STORE_COMMAND, outcome).increment();
        }
    }

    LongAdder count(PointKind kind, int outcome) {
        return counts[kind.ordinal() * OUTCOMES + outcome];
    }
}
