package dev.midwrite.check.fleet;

import dev.midwrite.check.Scope;
import dev.midwrite.check.Trial;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One session, as far as lists of its user's sessions are about it.
 *
 * @param nonce of its creation; 0 if nobody knows it
 * @param home number of the node that made it
 * @param names by which its user has logged in, or may have
 * @param end the first end that was acknowledged, unless the session was served again later; null if there is none
 * @param mayEndFrom the first moment at which it may have been ended, on the users' clock
 */
record LoggedIn(
        Trial trial,
        List<UserOperation> operations,
        long nonce,
        int home,
        Set<Long> names,
        UserOperation end,
        long mayEndFrom) {

    static LoggedIn of(List<UserOperation> operations, Trial trial) {
        Optional<UserOperation> created = operations.stream()
                .filter(operation -> operation.kind() == OperationKind.CREATE && operation.outcome() == Outcome.OK)
                .findFirst();
        long nonce = created.map(UserOperation::incarnation).orElse(0L);
        UserOperation end = null;
        long mayEndFrom = Long.MAX_VALUE;
        for (UserOperation operation : operations) {
            boolean ends = operation.kind().ends();
            if (operation.outcome() == Outcome.FAIL
                    || !(ends
                            || (operation.kind() == OperationKind.ROTATE_ID && operation.outcome() == Outcome.INFO))) {
                continue;
            }
            mayEndFrom = Math.min(mayEndFrom, operation.invoked());
            if (ends && operation.outcome() == Outcome.OK && (end == null || operation.returned() < end.returned())) {
                end = operation;
            }
        }
        UserOperation first = end;
        // Then the session is there again, which is a finding of its own, and belongs into the list.
        boolean back = first != null
                && operations.stream()
                        .anyMatch(operation -> shows(operation, nonce) && operation.invoked() > first.returned());
        return new LoggedIn(
                trial,
                operations,
                nonce,
                created.map(UserOperation::node).orElse(0),
                operations.stream()
                        .filter(operation ->
                                operation.kind() == OperationKind.LOG_IN && operation.outcome() != Outcome.FAIL)
                        .map(UserOperation::value)
                        .collect(Collectors.toSet()),
                back ? null : end,
                mayEndFrom);
    }

    private static boolean shows(UserOperation operation, long nonce) {
        return operation.outcome() == Outcome.OK
                && !operation.is(UserOperation.ABSENT)
                && operation.incarnation() == nonce;
    }

    long label() {
        return operations.get(0).session();
    }

    /** The end that was acknowledged before this began; empty if there is none. */
    Optional<UserOperation> endedBefore(UserOperation list) {
        return Optional.ofNullable(end).filter(before(list));
    }

    /**
     * The login by the list's name that was acknowledged before this began, if the session was there in all the time from
     * then on until this had ended, and nothing that concerns its name or its id was under way; else empty.
     */
    Optional<UserOperation> aliveDuring(UserOperation list) {
        if (mayEndFrom <= list.returned() + slack() || (trial.scope() == Scope.NODE && list.node() != home)) {
            return Optional.empty();
        }
        UserOperation login = null;
        for (UserOperation operation : operations) {
            boolean moves = operation.kind() == OperationKind.LOG_IN || operation.kind() == OperationKind.ROTATE_ID;
            boolean done = before(list).test(operation);
            if (operation.outcome() != Outcome.FAIL && moves && !done && !after(operation, list)) {
                return Optional.empty();
            }
            if (missed(operation) && !after(operation, list)) {
                return Optional.empty();
            }
            if (operation.kind() == OperationKind.LOG_IN && done && shows(operation, nonce)) {
                login = operation.value() == list.value() ? operation : null;
            }
        }
        return Optional.ofNullable(login).filter(known -> wasThere(list));
    }

    /** Its user, or somebody with its id, got an answer and did not find it. */
    private boolean missed(UserOperation operation) {
        return !operation.kind().triesOldId()
                && (operation.is(UserOperation.ABSENT)
                        || (operation.outcome() == Outcome.OK && operation.incarnation() != nonce));
    }

    /** Served at or after the list, or before it with nothing against it since and time left. */
    private boolean wasThere(UserOperation list) {
        UserOperation last = null;
        boolean lost = false;
        for (UserOperation operation : operations) {
            if (operation.kind().triesOldId() || operation.outcome() == Outcome.INFO) {
                continue;
            }
            if (shows(operation, nonce)) {
                if (after(operation, list)) {
                    return true;
                }
                last = last == null || operation.invoked() > last.invoked() ? operation : last;
            }
            lost |= missed(operation);
        }
        return last != null
                && !lost
                && (trial.ttlNanos() <= 0 || list.returned() + slack() < last.invoked() + trial.ttlNanos());
    }

    private Predicate<UserOperation> before(UserOperation list) {
        return operation -> operation.outcome() == Outcome.OK && operation.returned() + slack() < list.invoked();
    }

    private boolean after(UserOperation operation, UserOperation list) {
        return operation.invoked() > list.returned() + slack();
    }

    /** By how much the clocks of two users may differ. */
    private long slack() {
        return 2 * trial.usersClockErrorNanos();
    }
}
