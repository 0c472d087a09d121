package dev.midwrite.check.property;

import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;

/**
 * Did two nodes take a session different ways? Counts what could have shown it: documents and lists that at least two
 * nodes served. The forks themselves come out of {@link DocumentCheck} and {@link ListCheck}, which see the branches;
 * overlapping ownership, which needs the nodes' own events, out of {@code dev.midwrite.check.fleet.OwnershipCheck}.
 */
public final class SplitBrainCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;

    @Override
    public Property property() {
        return Property.SPLIT_BRAIN;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            int node = 0;
            for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
                int row = attributes.row(place);
                if (branches(history.kind(row)) && history.sawSession(row)) {
                    if (node != 0 && history.node(row) != node) {
                        findings.checked(Property.SPLIT_BRAIN, 1);
                        break;
                    }
                    node = history.node(row);
                }
            }
        }
    }

    private static boolean branches(OperationKind kind) {
        return switch (kind) {
            case UPDATE, READ_DOCUMENT, APPEND, READ_LIST -> true;
            default -> false;
        };
    }
}
