package dev.midwrite.check.property;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.property.ReplicaDigest.Item;
import dev.midwrite.check.session.AttributeIndex;
import dev.midwrite.check.session.FinalReads;
import dev.midwrite.check.session.Findings;
import dev.midwrite.check.session.SessionCheck;
import dev.midwrite.check.session.SessionHistory;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Do all nodes show the same after quiescence? Compares the final reads of a session over the nodes; digests that replicas
 * journal themselves are compared in the same way by {@code dev.midwrite.check.fleet.DigestCheck}.
 */
public final class ConvergenceCheck implements SessionCheck {
    private static final long serialVersionUID = 1L;
    private static final Property PROPERTY = Property.CONVERGENCE;
    private static final String QUIET =
            "Because nobody has written since the run settled, all nodes must show the same.";

    private static final String BY_DESIGN =
            " Only the node that served this session has it: if sessions live on one node by design, the drill must say"
                    + " scope: node.";

    private static final String LATE = "A request that nobody answered may have taken effect between the final reads.";

    private transient FinalReads finals;
    private transient FinalPresence presence;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public void check(SessionHistory history, Findings findings) {
        if (finals == null) {
            finals = new FinalReads();
            presence = new FinalPresence();
        }
        presence.collect(history, findings.terms());
        boolean compared = presence.decided();
        boolean drifted = compared && sessionDrifted(history, findings);
        AttributeIndex attributes = history.attributes();
        for (int attribute = 0; attribute < attributes.count(); attribute++) {
            OperationKind kind = finalKind(history, attribute);
            if (kind == OperationKind.NONE) {
                continue;
            }
            finals.collect(history, findings.terms(), attribute, kind);
            if (finals.sessionGone() || presence.asked() < 2) {
                continue;
            }
            if (finals.nodes() < presence.asked()) {
                findings.inconclusive(PROPERTY, 1, "Not every node answered a final read after the run had settled.");
                continue;
            }
            findings.checked(PROPERTY, 1);
            compared = true;
            drifted |= drifted(history, findings, attribute);
        }
        if (compared) {
            findings.compared(drifted);
        }
    }

    private static OperationKind finalKind(SessionHistory history, int attribute) {
        AttributeIndex attributes = history.attributes();
        for (int place = attributes.from(attribute + 1) - 1; place >= attributes.firstFinal(attribute); place--) {
            int row = attributes.row(place);
            if (history.is(row, UserOperation.FINAL) && FinalPresence.reads(history.kind(row))) {
                return history.kind(row);
            }
        }
        return OperationKind.NONE;
    }

    /** Whether some nodes have the session and others do not, or have another one. */
    private boolean sessionDrifted(SessionHistory history, Findings findings) {
        boolean live = presence.ended() < 0;
        findings.checked(PROPERTY, 1);
        List<ReplicaDigest> replicas = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int row : presence.rows()) {
            String node = findings.terms().node(history.node(row));
            // Under an ended id a fresh session may be there: that is no replica of this one.
            boolean holds = !history.is(row, UserOperation.ABSENT) && (live || history.belongs(row));
            replicas.add(new ReplicaDigest(node, holds ? history.incarnation(row) : 0, List.of()));
            rows.add(row);
        }
        List<Drift> drifts = Drift.among(replicas, live);
        if (drifts.isEmpty()) {
            return false;
        }
        boolean one = live
                && replicas.stream()
                                .filter(replica -> replica.incarnation() != 0)
                                .count()
                        == 1;
        String hint = one && servedBy(history) == 1 ? BY_DESIGN : "";
        tell(findings, -1, "the session", drifts, replicas, rows, presence.ended(), hint);
        return true;
    }

    /** How many nodes ever served from this session. */
    private static int servedBy(SessionHistory history) {
        BitSet nodes = new BitSet();
        for (int rank = 0; rank < history.size(); rank++) {
            int row = history.at(rank);
            if (history.served(row)) {
                nodes.set(history.node(row));
            }
        }
        return nodes.cardinality();
    }

    private boolean drifted(SessionHistory history, Findings findings, int attribute) {
        boolean same = true;
        for (int i = 1; i < finals.size(); i++) {
            same &= FinalContent.same(history, finals.row(0), finals.row(i));
        }
        if (same) {
            return false;
        }
        if (new LateEffect(history, attribute, finals).possible()) {
            findings.inconclusive(PROPERTY, 1, LATE);
            return true;
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < finals.size(); i++) {
            rows.add(finals.row(i));
        }
        List<Item> items = new FinalContent(history, attribute).items(rows);
        List<ReplicaDigest> replicas = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Item item = items.get(i);
            replicas.add(new ReplicaDigest(
                    findings.terms().node(history.node(rows.get(i))),
                    history.nonce() == 0 ? 1 : history.nonce(),
                    item == null ? List.of() : List.of(item)));
        }
        tell(
                findings,
                attribute,
                findings.terms().attribute(attribute),
                Drift.among(replicas, true),
                replicas,
                rows,
                -1,
                "");
        return true;
    }

    /** One finding for all: which node is worse off, and how many more are. */
    private static void tell(
            Findings findings,
            int attribute,
            String name,
            List<Drift> drifts,
            List<ReplicaDigest> replicas,
            List<Integer> rows,
            int ended,
            String hint) {
        Drift drift = drifts.get(0);
        int worse = row(drift.replica(), replicas, rows);
        int other = row(drift.other(), replicas, rows);
        findings.add(
                Anomaly.NON_CONVERGENT,
                attribute,
                findings.apart(worse, other),
                true,
                () -> "In the final reads " + drift.sentence(name)
                        + (drifts.size() > 1 ? "; " + (drifts.size() - 1) + " more differ." : "."),
                () -> QUIET + hint,
                ended,
                worse,
                other);
    }

    private static int row(String replica, List<ReplicaDigest> replicas, List<Integer> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (replicas.get(i).replica().equals(replica)) {
                return rows.get(i);
            }
        }
        return -1;
    }
}
