package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Could a node that a rollout has put in another's place serve users as soon as they were sent to it? What it answers with an
 * error before it has served one request is the rollout's doing: it came into rotation too early.
 */
final class SuccessorCheck {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int SHOWN = 3;
    private static final String WHY =
            "Because users are sent to it as soon as it says that it is ready, it must serve them from then on.";

    private SuccessorCheck() {}

    /** @param hit requests that a fault of the drill has hit */
    static void check(
            Trial trial, Iterable<UserOperation> operations, Set<Long> hit, StoreOutages outages, Tally tally) {
        reached(trial, operations).forEach((replacement, own) -> {
            long served = own.stream()
                    .filter(SuccessorCheck::served)
                    .mapToLong(UserOperation::returned)
                    .min()
                    .orElse(Trial.NEVER);
            List<UserOperation> early = own.stream()
                    .filter(operation -> operation.invoked() < served && unable(operation))
                    .toList();
            List<UserOperation> rejected = new ArrayList<>();
            long storeless = 0;
            for (UserOperation operation : early) {
                if (!hit.contains(operation.request()) && notItsOwnFault(operation, early, own)) {
                    if (outages.may(operation.invoked(), operation.invoked())) {
                        storeless++;
                    } else {
                        rejected.add(operation);
                    }
                }
            }
            outages.undecided(storeless, "the successor of " + replacement.node() + " had not served yet", tally);
            if (!rejected.isEmpty()) {
                tally.checked(Property.DRAIN, rejected.size());
                tally.violated(violation(trial, replacement, rejected, served), rejected.size());
                rejected.stream()
                        .map(UserOperation::session)
                        .distinct()
                        .forEach(session -> tally.sessionViolated(Set.of(Anomaly.REQUEST_REJECTED)));
            }
        });
    }

    /** Attempts at a node's successor until that is replaced itself, in order of time. O(operations · log replacements). */
    private static Map<Replacement, List<UserOperation>> reached(Trial trial, Iterable<UserOperation> operations) {
        Successors successors = Successors.of(trial);
        Map<Replacement, List<UserOperation>> reached = new LinkedHashMap<>();
        for (UserOperation operation : operations) {
            if (!operation.is(UserOperation.FINAL) && !operation.is(UserOperation.JOURNALED)) {
                successors
                        .before(operation)
                        .ifPresent(replacement -> reached.computeIfAbsent(replacement, key -> new ArrayList<>())
                                .add(operation));
            }
        }
        reached.values().forEach(own -> own.sort(Comparator.comparingLong(UserOperation::invoked)));
        return reached;
    }

    /** That the application has no such session is an answer, too. */
    private static boolean served(UserOperation operation) {
        return operation.returned() != UserOperation.NEVER
                && (operation.outcome() == Outcome.OK || operation.is(UserOperation.ABSENT));
    }

    /** A container whose application is not there yet knows none of its pages. */
    private static boolean unable(UserOperation operation) {
        return operation.outcome() == Outcome.INFO
                && (operation.status() >= SERVER_ERROR || operation.status() == NOT_FOUND);
    }

    /**
     * Whether the node was not able to serve anybody, and not this request alone: an application may lack a kind of request,
     * and another build may not understand a session. It says so itself, or it served the same later, or nobody at all, not
     * even who came without a session.
     */
    private static boolean notItsOwnFault(UserOperation operation, List<UserOperation> early, List<UserOperation> own) {
        return operation.status() == UNAVAILABLE
                || own.stream()
                        .anyMatch(later -> served(later)
                                && later.session() == operation.session()
                                && later.kind() == operation.kind())
                || (own.stream().noneMatch(SuccessorCheck::served)
                        && early.stream().anyMatch(one -> one.kind() == OperationKind.CREATE));
    }

    private static Violation violation(
            Trial trial, Replacement replacement, List<UserOperation> rejected, long served) {
        UserOperation first = rejected.get(0);
        UserOperation last = rejected.get(rejected.size() - 1);
        Map<Integer, Long> statuses = rejected.stream()
                .collect(Collectors.groupingBy(UserOperation::status, TreeMap::new, Collectors.counting()));
        String how = statuses.entrySet().stream()
                .map(status -> status.getValue() + " with status " + status.getKey())
                .collect(Collectors.joining(", "));
        String until = served == Trial.NEVER
                ? ", and served none until users stopped or it was replaced itself."
                : ", until it first served one " + DrainCheck.seconds(served - replacement.readyAt()) + " after that.";
        return new Violation(
                Anomaly.REQUEST_REJECTED,
                Severities.of(Anomaly.REQUEST_REJECTED, trial.profile(), true, true, trial.idempotencyKeys()),
                first.session(),
                -1,
                rejected.stream().limit(SHOWN).toList(),
                "The successor of " + replacement.node() + " rejected " + rejected.size()
                        + (rejected.size() == 1 ? " request (" : " requests (") + how + ") when it was in rotation"
                        + until,
                WHY,
                first.invoked(),
                last.invoked() - first.invoked(),
                true);
    }

    static String cause(Replacement replacement) {
        return "It counted as ready " + DrainCheck.seconds(replacement.readyAt() - replacement.endedAt())
                + " after its predecessor had ended, before it could serve users: name a page that answers well only when"
                + " it can.";
    }
}
