package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.List;

/** Do all nodes show the same after quiescence? Compares the final reads of each attribute over the nodes. */
public final class ConvergenceCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.CONVERGENCE;
    private static final List<OperationKind> READS = List.of(
            OperationKind.READ,
            OperationKind.READ_LIST,
            OperationKind.READ_COUNTER,
            OperationKind.READ_GROUP,
            OperationKind.READ_DOCUMENT);

    private transient FinalReads finals;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (finals == null) {
            finals = new FinalReads();
        }
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            OperationKind kind = finalKind(history, attribute);
            if (kind == OperationKind.NONE) {
                continue;
            }
            finals.collect(history, findings.terms(), attribute, kind);
            if (finals.sessionGone() || finals.nodes() < 2) {
                continue;
            }
            if (!finals.complete()) {
                findings.inconclusive(PROPERTY, 1, "Not every node answered a final read after the run had settled.");
                continue;
            }
            findings.checked(PROPERTY, 1);
            compare(history, findings, attribute);
        }
    }

    private static OperationKind finalKind(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute + 1) - 1; place >= attributes.from(attribute); place--) {
            int row = attributes.row(place);
            if (history.is(row, UserOperation.FINAL) && READS.contains(history.kind(row))) {
                return history.kind(row);
            }
        }
        return OperationKind.NONE;
    }

    private void compare(SessionHistory history, Findings findings, int attribute) {
        int first = finals.row(0);
        for (int i = 1; i < finals.size(); i++) {
            int row = finals.row(i);
            if (!same(history, first, row)) {
                findings.add(
                        Anomaly.NON_CONVERGENT,
                        attribute,
                        history.invoked(row) - history.returned(first),
                        true,
                        () -> findings.terms().node(history.node(first)) + " and "
                                + findings.terms().node(history.node(row)) + " show different content of "
                                + findings.terms().attribute(attribute) + " in the final reads.",
                        () -> "Because nobody has written since the run settled, all nodes must show the same.",
                        first,
                        row);
                return;
            }
        }
    }

    private static boolean same(SessionHistory history, int one, int other) {
        if (history.value(one) != history.value(other)
                || history.second(one) != history.second(other)
                || history.length(one) != history.length(other)) {
            return false;
        }
        if (history.kind(one) != OperationKind.READ_GROUP) {
            return true;
        }
        if (history.payloadSize(one) != history.payloadSize(other)) {
            return false;
        }
        for (int item = 0; item < history.payloadSize(one); item++) {
            if (history.payload(one, item) != history.payload(other, item)) {
                return false;
            }
        }
        return true;
    }
}
