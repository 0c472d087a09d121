package dev.midwrite.check.judge;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.AuditTrailCheck;
import dev.midwrite.check.fleet.AvailabilityCheck;
import dev.midwrite.check.fleet.BackpressureCheck;
import dev.midwrite.check.fleet.CookieCheck;
import dev.midwrite.check.fleet.DrainCheck;
import dev.midwrite.check.fleet.LoginCheck;
import dev.midwrite.check.fleet.LogoutCheck;
import dev.midwrite.check.fleet.NodesCheck;
import dev.midwrite.check.fleet.PrincipalCheck;
import dev.midwrite.check.fleet.ReplicationCheck;
import dev.midwrite.check.fleet.SavedBeforeAckCheck;
import dev.midwrite.check.fleet.SessionTrail;
import dev.midwrite.check.fleet.StoreAuditCheck;
import dev.midwrite.check.fleet.WebSocketCheck;
import dev.midwrite.check.session.Breakage;
import dev.midwrite.check.session.PropertyTally;
import dev.midwrite.check.session.SessionChecker;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.session.Terms;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a whole run. Pure: the same operations give the same judgement, in whatever order they come. Not thread-safe.
 */
public final class Judge {
    /** So many violations of each anomaly are kept and explained; all are counted. */
    public static final int EXEMPLARS = 50;

    private static final int SHOWN_BY_PROPERTY = 20;

    private Judge() {}

    /**
     * The answer of a drill.
     *
     * @param operations of all sessions, in any order
     * @param gates figures, with what the drill asked of them; a drill that asks for nothing is judged on properties
     * @param journals for the cause on each card, which never changes a verdict, and for the audit trail
     */
    public static Judgement judge(
            Trial trial, Iterable<UserOperation> operations, List<GateResult> gates, Journals journals) {
        Siblings siblings = new Siblings();
        Tally tally = tally(trial, operations, journals, EXEMPLARS, siblings);
        return conclude(trial, tally, Census.of(trial, operations), gates, new Explain(trial, journals, siblings));
    }

    /** Each violation, most severe first, where {@link #judge} keeps some of each kind and counts the others. */
    public static List<Violation> violations(Trial trial, Iterable<UserOperation> operations, Journals journals) {
        return tally(trial, operations, journals, Integer.MAX_VALUE, new Siblings())
                .violations();
    }

    /** @param siblings is given sessions that were fine */
    private static Tally tally(
            Trial trial, Iterable<UserOperation> operations, Journals journals, int exemplars, Siblings siblings) {
        Map<Long, List<UserOperation>> sessions = new LinkedHashMap<>();
        for (UserOperation operation : operations) {
            sessions.computeIfAbsent(operation.session(), label -> new ArrayList<>())
                    .add(operation);
        }
        SessionChecker checker = new SessionChecker(Terms.of(trial), Checks.ofSessions(), exemplars);
        sessions.forEach((label, own) -> {
            checker.begin(label);
            own.forEach(checker::accept);
            if (!checker.finish()) {
                siblings.offer(own);
            }
        });
        Tally tally = checker.take();
        Breakage.contain(Property.LOGIN, tally, () -> LoginCheck.check(trial, sessions.values(), tally));
        Breakage.contain(Property.LOGOUT, tally, () -> LogoutCheck.check(trial, sessions.values(), tally));
        Breakage.contain(Property.COOKIE, tally, () -> CookieCheck.check(trial, sessions.values(), tally));
        Breakage.contain(Property.PRINCIPAL, tally, () -> PrincipalCheck.check(trial, sessions.values(), tally));
        Breakage.contain(Property.AVAILABILITY, tally, () -> AvailabilityCheck.check(trial, sessions.values(), tally));
        Breakage.contain(Property.DRAIN, tally, () -> DrainCheck.check(trial, operations, tally));
        Breakage.contain(Property.AUDIT_TRAIL, tally, () -> audit(trial, journals, tally));
        Breakage.contain(
                Property.SAVED_BEFORE_ACK,
                tally,
                () -> SavedBeforeAckCheck.check(journals.writeSaves(), trial.profile(), tally));
        Breakage.contain(Property.REPLICATION, tally, () -> ReplicationCheck.measured(journals.replicated(), tally));
        Breakage.contain(
                Property.BACKPRESSURE, tally, () -> BackpressureCheck.struck(journals.replicated(), trial, tally));
        Breakage.contain(Property.WEBSOCKET, tally, () -> WebSocketCheck.check(trial, tally));
        Breakage.contain(Property.STORE_AUDIT, tally, () -> StoreAuditCheck.check(trial, tally));
        Breakage.contain(Property.NODES, tally, () -> NodesCheck.check(trial, tally));
        NodeClocks.doubt(trial, tally);
        Grounds.withdraw(trial, tally);
        return tally;
    }

    private static void audit(Trial trial, Journals journals, Tally tally) {
        for (SessionTrail trail : journals.trails()) {
            // One store for all nodes: each write is in the trail of the node that made it, and trails differ.
            boolean converged = false;
            AuditTrailCheck.check(
                    trail.session(),
                    trail.acknowledged(),
                    trail.trails(),
                    converged,
                    trail.clockErrorNanos(),
                    trial.profile(),
                    tally);
        }
    }

    /** The answer, from what was found in all sessions. */
    private static Judgement conclude(
            Trial trial, Tally tally, Census census, List<GateResult> gates, Explain explain) {
        List<AnomalyCard> cards = explain.cards(tally);
        List<GateResult> figures = new ArrayList<>(doubted(trial, gates));
        if (tally.compared() > 0) {
            figures.add(drift(tally));
        }
        Sentence sentence = new Sentence(trial, tally);
        List<PropertyResult> properties = Arrays.stream(Property.values())
                .map(property -> result(property, tally))
                .toList();
        Ruling ruling = Ruling.of(trial, tally, census, properties, doubted(trial, gates));
        return new Judgement(
                ruling.verdict(),
                ruling.besides(),
                trial.profile(),
                sentence.of(ruling),
                ruling.reasons(),
                properties,
                List.copyOf(figures),
                cards);
    }

    /** A figure that means nothing meets no target and misses none. */
    private static List<GateResult> doubted(Trial trial, List<GateResult> gates) {
        if (trial.figureDoubts().isEmpty()) {
            return gates;
        }
        return gates.stream()
                .map(gate -> gate.target().isEmpty() ? gate : gate.in(GateResult.State.INCONCLUSIVE))
                .toList();
    }

    /** Which share of the sessions whose replicas were compared differ; all of these were, so it has no bounds. */
    private static GateResult drift(Tally tally) {
        return new GateResult(
                "drift",
                (double) tally.drifted() / tally.compared(),
                Double.NaN,
                Double.NaN,
                1,
                "",
                "",
                tally.compared(),
                "sessions",
                GateResult.State.OBSERVED);
    }

    private static PropertyResult result(Property property, Tally tally) {
        PropertyTally counts = tally.of(property);
        long violated = tally.violated(property);
        if (counts.checked() == 0 && counts.inconclusive() == 0 && violated == 0 && counts.suppressed() == 0) {
            return PropertyResult.notObserved(property, Checks.missing(property));
        }
        List<Violation> violations = tally.violations().stream()
                .filter(violation -> violation.anomaly().property() == property)
                .limit(SHOWN_BY_PROPERTY)
                .toList();
        return new PropertyResult(
                property,
                validity(counts, violated),
                Math.max(counts.checked(), violated),
                violated,
                counts.inconclusive(),
                counts.suppressed(),
                violated > 0 ? "" : counts.reason(),
                violations);
    }

    private static Validity validity(PropertyTally counts, long violated) {
        if (violated > 0) {
            return Validity.FALSE;
        }
        return counts.inconclusive() > 0 || counts.suppressed() > 0 ? Validity.UNKNOWN : Validity.TRUE;
    }

    static boolean has(Tally tally, Severity severity) {
        return tally.violations().stream().anyMatch(violation -> violation.severity() == severity);
    }
}
