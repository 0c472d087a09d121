package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import java.util.Optional;

/**
 * Did two nodes take a session different ways? Counts what could have shown it: documents and lists that at least two
 * nodes served. Forks come out of {@link DocumentCheck} and {@link ListCheck}, which see the branches; a fork of which
 * one branch is gone in the end comes out of {@link JoinedFork}; overlapping ownership, which needs the nodes' own events,
 * out of {@code dev.midwrite.check.fleet.OwnershipCheck}.
 */
public final class SplitBrainCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;

    private transient DocumentFork documents;
    private transient ListFork lists;

    @Override
    public Property property() {
        return Property.SPLIT_BRAIN;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            OperationKind kind = servedByTwo(history, attribute);
            if (kind == OperationKind.NONE) {
                continue;
            }
            findings.checked(Property.SPLIT_BRAIN, 1);
            if (documents == null) {
                documents = new DocumentFork();
                lists = new ListFork();
            }
            boolean document = kind == OperationKind.UPDATE || kind == OperationKind.READ_DOCUMENT;
            Optional<JoinedFork> joined =
                    document ? documents.find(history, findings, attribute) : lists.find(history, findings, attribute);
            if (joined.isPresent()) {
                report(history, findings, attribute, joined.get());
            }
        }
    }

    /** The kind of an operation that shows which way a node took the attribute; NONE if fewer than two nodes have. */
    private static OperationKind servedByTwo(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        int node = 0;
        for (int place = attributes.from(attribute); place < attributes.from(attribute + 1); place++) {
            int row = attributes.row(place);
            if (branches(history.kind(row)) && history.sawSession(row)) {
                if (node != 0 && history.node(row) != node) {
                    return history.kind(row);
                }
                node = history.node(row);
            }
        }
        return OperationKind.NONE;
    }

    private static boolean branches(OperationKind kind) {
        return switch (kind) {
            case UPDATE, READ_DOCUMENT, APPEND, READ_LIST -> true;
            default -> false;
        };
    }

    private static void report(SessionHistory history, Findings findings, int attribute, JoinedFork joined) {
        int gone = joined.gone();
        int left = joined.left();
        int sighting = joined.sighting();
        int read = joined.read();
        long lost = joined.lost();
        String one = findings.terms().node(history.node(gone));
        String other = findings.terms().node(history.node(left));
        String name = findings.terms().attribute(attribute);
        findings.add(
                Anomaly.FORK_JOINED,
                attribute,
                history.invoked(sighting) - history.returned(left),
                true,
                () -> one + " and " + other + " took " + name + " different ways; in the end only the branch of "
                        + other
                        + " is left, and "
                        + (lost == 1
                                ? "an acknowledged write of " + one + " is gone."
                                : lost + " acknowledged writes of " + one + " are gone."),
                () -> "Because " + Phrases.read(findings.terms(), history, sighting) + " still showed the one branch "
                        + Phrases.time(history.invoked(sighting) - history.returned(left))
                        + " after the other had been acknowledged, both were alive at a time; however, the final reads"
                        + " show one only.",
                gone,
                left,
                sighting,
                read);
    }
}
