package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Does a node that runs serve every live session in the end? An answer with a server error (5xx) shows that the node is up;
 * if it gives no other for what it is asked of a session, after the run has settled, that session is unavailable there,
 * whatever other nodes say. Before that, errors are what faults do.
 */
public final class AvailabilityCheck {
    private static final Property PROPERTY = Property.AVAILABILITY;
    private static final int SERVER_ERROR = 500;
    /** So many errors in the end are no bad luck. */
    private static final int REPEATED = 2;

    private static final String NEVER_WHOLE = "Not everything was up again when the run settled.";

    private final Trial trial;
    private final Tally tally;
    private final Set<OperationKind> everAnswered = EnumSet.noneOf(OperationKind.class);
    private final Map<Integer, List<Refusal>> byNode = new TreeMap<>();

    private AvailabilityCheck(Trial trial, Tally tally) {
        this.trial = trial;
        this.tally = tally;
    }

    /** What one node answers with errors only, of one session. */
    private record Refusal(int node, List<UserOperation> errors, UserOperation served) {}

    /** @param sessions operations of one session each */
    public static void check(Trial trial, Collection<List<UserOperation>> sessions, Tally tally) {
        AvailabilityCheck check = new AvailabilityCheck(trial, tally);
        long asked = 0;
        for (List<UserOperation> session : sessions) {
            asked += check.take(session);
        }
        tally.checked(PROPERTY, asked);
        check.byNode.values().forEach(refusals -> check.judge(refusals, sessions));
    }

    /** Returns of how many nodes an answer of any kind came in the end. */
    private long take(List<UserOperation> session) {
        long answered = 0;
        long failed = 0;
        for (UserOperation operation : session) {
            if (operation.outcome() == Outcome.OK) {
                everAnswered.add(operation.kind());
            }
            if (inTheEnd(operation)) {
                answered |= operation.outcome() == Outcome.OK ? 1L << operation.node() : 0;
                failed |= isError(operation) ? 1L << operation.node() : 0;
            }
        }
        for (long nodes = failed; nodes != 0; nodes &= nodes - 1) {
            refused(session, Long.numberOfTrailingZeros(nodes));
        }
        return Long.bitCount(answered | failed);
    }

    private boolean inTheEnd(UserOperation operation) {
        return operation.invoked() >= trial.settledAt() && !operation.kind().triesOldId();
    }

    private static boolean isError(UserOperation operation) {
        return operation.status() >= SERVER_ERROR;
    }

    private void refused(List<UserOperation> session, int node) {
        UserOperation served = lastServed(session);
        boolean mayHaveEnded =
                session.stream().anyMatch(operation -> operation.kind().ends() && operation.outcome() != Outcome.FAIL);
        if (served == null || mayHaveEnded || (trial.scope() == Scope.NODE && served.node() != node)) {
            return;
        }
        List<UserOperation> answers = session.stream()
                .filter(operation -> operation.node() == node && inTheEnd(operation))
                .filter(operation -> operation.outcome() == Outcome.OK || operation.is(UserOperation.ABSENT))
                .toList();
        if (answers.stream().anyMatch(answer -> answer.is(UserOperation.ABSENT))) {
            return; // The node says that the session is gone: that is the business of its lifecycle.
        }
        List<UserOperation> errors = session.stream()
                .filter(operation -> operation.node() == node && inTheEnd(operation) && isError(operation))
                .filter(error -> answers.stream().noneMatch(answer -> alike(answer, error)))
                .filter(error -> !mayHaveExpired(served, error))
                .toList();
        if (!errors.isEmpty()) {
            byNode.computeIfAbsent(node, key -> new ArrayList<>()).add(new Refusal(node, errors, served));
        }
    }

    private static UserOperation lastServed(List<UserOperation> session) {
        UserOperation last = null;
        for (UserOperation operation : session) {
            if (operation.outcome() == Outcome.OK
                    && !operation.is(UserOperation.ABSENT)
                    && !operation.kind().triesOldId()
                    && (last == null || operation.invoked() > last.invoked())) {
                last = operation;
            }
        }
        return last;
    }

    private boolean mayHaveExpired(UserOperation served, UserOperation error) {
        return trial.ttlNanos() > 0 && error.invoked() >= served.invoked() + trial.ttlNanos() - trial.clockErrorNanos();
    }

    private static boolean alike(UserOperation one, UserOperation other) {
        return one.kind() == other.kind() && one.attribute() == other.attribute();
    }

    private void judge(List<Refusal> refusals, Collection<List<UserOperation>> sessions) {
        List<Refusal> live = refusals.stream()
                // What no node ever answered is no matter of a session: the application lacks it.
                .map(refusal -> new Refusal(
                        refusal.node(),
                        refusal.errors().stream()
                                .filter(error -> everAnswered.contains(error.kind()))
                                .toList(),
                        refusal.served()))
                .filter(refusal -> !refusal.errors().isEmpty())
                .toList();
        if (live.isEmpty()) {
            return;
        }
        if (trial.healedAt() == Long.MAX_VALUE) {
            tally.inconclusive(PROPERTY, live.size(), NEVER_WHOLE);
        } else if (live.size() > 1 && nobodyServed(live, sessions)) {
            report(live.get(0), live, all(live));
        } else {
            live.forEach(refusal -> report(refusal, List.of(refusal), one(refusal)));
        }
    }

    /** Whether this node answered the same of no other session in the end. */
    private boolean nobodyServed(List<Refusal> refusals, Collection<List<UserOperation>> sessions) {
        int node = refusals.get(0).node();
        List<UserOperation> errors = refusals.stream()
                .flatMap(refusal -> refusal.errors().stream().limit(REPEATED))
                .toList();
        Set<OperationKind> kinds = errors.stream().map(UserOperation::kind).collect(Collectors.toSet());
        for (List<UserOperation> session : sessions) {
            for (UserOperation operation : session) {
                if (operation.node() == node
                        && operation.outcome() == Outcome.OK
                        && inTheEnd(operation)
                        && kinds.contains(operation.kind())) {
                    return false;
                }
            }
        }
        return true;
    }

    private void report(Refusal shown, List<Refusal> all, String what) {
        int times = all.stream().mapToInt(refusal -> refusal.errors().size()).sum();
        boolean repeated = times >= REPEATED;
        UserOperation first = shown.errors().get(0);
        UserOperation last = shown.errors().get(shown.errors().size() - 1);
        List<UserOperation> witness =
                first == last ? List.of(first, shown.served()) : List.of(first, last, shown.served());
        String node = node(shown.node());
        tally.violated(
                new Violation(
                        Anomaly.UNAVAILABLE,
                        Severities.of(Anomaly.UNAVAILABLE, trial.profile(), repeated, true, trial.idempotencyKeys()),
                        first.session(),
                        -1,
                        witness,
                        what,
                        "Because " + node(shown.served().node())
                                + " had served the session and nobody had ended it, and " + node
                                + " is up and answers, " + node + " must serve it, too.",
                        last.invoked(),
                        Math.max(0, first.invoked() - shown.served().invoked()),
                        repeated),
                1);
        tally.sessionViolated(EnumSet.of(Anomaly.UNAVAILABLE));
    }

    private String one(Refusal refusal) {
        return "The session cannot be read on " + node(refusal.node()) + ": after the run had settled it answered "
                + requests(refusal.errors()) + ".";
    }

    private String all(List<Refusal> refusals) {
        List<UserOperation> errors =
                refusals.stream().flatMap(refusal -> refusal.errors().stream()).toList();
        return "No session can be read on " + node(refusals.get(0).node()) + ": after the run had settled it answered "
                + requests(errors) + ", in all " + refusals.size() + " sessions.";
    }

    /** Such as "14 requests for list and register a with status 500 and never otherwise". */
    private String requests(List<UserOperation> errors) {
        Set<String> names = new TreeSet<>();
        Set<Integer> statuses = new TreeSet<>();
        for (UserOperation error : errors) {
            names.add(
                    error.attribute() < trial.attributes().size()
                            ? trial.attributes().get(error.attribute())
                            : "attribute " + error.attribute());
            statuses.add(error.status());
        }
        return (errors.size() == 1 ? "one request" : errors.size() + " requests") + " for "
                + String.join(" and ", names) + " with status "
                + statuses.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                + " and never otherwise";
    }

    private String node(int number) {
        return number > 0 && number < trial.nodes().size() ? trial.nodes().get(number) : "an unknown node";
    }
}
