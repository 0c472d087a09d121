package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.check.session.Values;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;

/**
 * Is the last acknowledged write of a register, a document or a group there in the end? A removal writes nothing.
 *
 * <p>Only the write that every other effective write precedes in time can be called the last; a document's updates are
 * ordered by what they build on, not by time, and so are the business of {@link DocumentCheck} as soon as two overlap.
 */
public final class LastWriteCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.LAST_WRITE;
    private static final OperationKind[] WRITES = {OperationKind.WRITE, OperationKind.UPDATE, OperationKind.WRITE_GROUP
    };

    private transient FinalReads finals;
    /** By row of a write: the first end of an operation that showed its value. */
    private transient long[] observed = {};

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (finals == null) {
            finals = new FinalReads();
        }
        observed = history.scratch().longs(0, history.size());
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            for (OperationKind writing : WRITES) {
                if (attributes.has(attribute, writing)) {
                    judge(history, findings, attribute, readingOf(writing));
                    break;
                }
            }
        }
    }

    private static OperationKind readingOf(OperationKind writing) {
        return switch (writing) {
            case WRITE, REMOVE -> OperationKind.READ;
            case UPDATE -> OperationKind.READ_DOCUMENT;
            case WRITE_GROUP -> OperationKind.READ_GROUP;
            default -> OperationKind.NONE;
        };
    }

    private void judge(SessionHistory history, Findings findings, int attribute, OperationKind reading) {
        int last = lastWrite(history, attribute);
        if (last < 0) {
            return;
        }
        finals.collect(history, findings.terms(), attribute, reading);
        if (finals.sessionGone() || history.mayHaveEnded()) {
            return;
        }
        if (history.is(last, UserOperation.JOURNALED) && finals.size() == 0) {
            return; // Of a load of others nobody reads in the end.
        }
        if (!finals.complete()) {
            findings.inconclusive(PROPERTY, 1, "Not every node answered a final read after the run had settled.");
            return;
        }
        if (!decidable(history, attribute, last)) {
            return;
        }
        findings.checked(PROPERTY, 1);
        long wanted = history.kind(last) == OperationKind.REMOVE ? 0 : history.value(last);
        long shown = 0;
        int witness = -1;
        for (int i = 0; i < finals.size(); i++) {
            int row = finals.row(i);
            long value = shown(history, row, reading);
            if (value == wanted || (witness >= 0 && value != shown)) {
                // Some node has it, or nodes disagree: that they do is the business of convergence.
                return;
            }
            shown = value;
            witness = row;
        }
        int writer = history.values().writer(shown, attribute);
        if (witness < 0
                || writer == Values.UNKNOWN
                || (writer >= 0 && history.returned(writer) >= history.invoked(last))) {
            return;
        }
        int read = witness;
        findings.add(
                Anomaly.LOST_LAST_WRITE,
                attribute,
                history.invoked(read) - history.returned(last),
                true,
                () -> Phrases.capital(Phrases.write(findings.terms(), history, last)) + ", is on none of the "
                        + finals.nodes() + " nodes " + Phrases.time(history.invoked(read) - history.returned(last))
                        + " later.",
                () -> "Because no later write can have replaced it, every final read must show it; however, all show "
                        + (shownNothing(writer) ? "that there is nothing." : "an earlier write.")
                        + Beside.sentence(findings.terms(), history, last),
                writer < 0 ? -1 : writer,
                last,
                read);
    }

    private static boolean shownNothing(int writer) {
        return writer == Values.INITIAL;
    }

    private static long shown(SessionHistory history, int row, OperationKind reading) {
        // Of a torn group the first stamp says as much as any: that it is torn is told elsewhere.
        return reading == OperationKind.READ_GROUP && history.payloadSize(row) > 0
                ? history.payload(row, 0)
                : history.value(row);
    }

    private static int lastWrite(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        int last = -1;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (readingOf(history.kind(row)) != OperationKind.NONE && history.ok(row) && history.belongs(row)) {
                last = row;
            }
        }
        return last;
    }

    /** No other effective write may have come after, or beside, this one. */
    private boolean decidable(SessionHistory history, int attribute, int last) {
        AttributeIndex attributes = history.attributes();
        int from = attributes.from(attribute);
        int to = attributes.from(attribute + 1);
        for (int place = from; place < to; place++) {
            observed[attributes.row(place)] = UserOperation.NEVER;
        }
        for (int place = from; place < to; place++) {
            observe(history, attribute, attributes.row(place));
        }
        for (int place = from; place < to; place++) {
            int row = attributes.row(place);
            boolean writes = readingOf(history.kind(row)) != OperationKind.NONE && history.belongs(row);
            // That nothing is there shows no removal in particular, so one of unknown outcome may come at any time.
            boolean mayHave = history.info(row)
                    && (observed[row] != UserOperation.NEVER || history.kind(row) == OperationKind.REMOVE);
            boolean effective = writes && (history.ok(row) || mayHave);
            // What somebody had seen by then had taken effect by then, whatever its own answer.
            long done = Math.min(history.returned(row), observed[row]);
            if (row != last && effective && done >= history.invoked(last)) {
                return false;
            }
        }
        return true;
    }

    private void observe(SessionHistory history, int attribute, int row) {
        switch (history.kind(row)) {
            case READ -> note(history, row, history.values().writerOf(row));
            case READ_DOCUMENT, UPDATE -> {
                if (history.sawSession(row) && !history.is(row, UserOperation.GARBAGE)) {
                    if (history.kind(row) == OperationKind.READ_DOCUMENT) {
                        note(history, row, history.values().writer(history.value(row), attribute));
                    }
                    note(history, row, history.values().writer(history.second(row), attribute));
                }
            }
            case READ_GROUP -> {
                for (int item = 0; item < history.payloadSize(row); item++) {
                    note(history, row, history.values().writer(history.payload(row, item), attribute));
                }
            }
            default -> {
                // Shows no value.
            }
        }
    }

    private void note(SessionHistory history, int row, int writer) {
        if (writer >= 0) {
            observed[writer] = Math.min(observed[writer], history.returned(row));
        }
    }
}
