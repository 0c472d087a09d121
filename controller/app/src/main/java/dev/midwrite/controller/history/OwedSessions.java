package dev.midwrite.controller.history;

import dev.midwrite.check.Trial;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sessions a service still owes to their users: nobody may have ended them, their users must know their ids, and they
 * must not have been left alone for so long that they might have expired.
 *
 * @param doubtful labels of sessions that may have ended, or whose users may hold an id that is no longer theirs
 * @param asked when each session was last asked for with an answer
 * @param ttlNanos as in {@link RunFacts}
 */
record OwedSessions(Set<Long> doubtful, Map<Long, Long> asked, long ttlNanos) {

    static OwedSessions of(List<UserOperation> operations, long ttlNanos) {
        Set<Long> doubtful = new HashSet<>();
        Map<Long, Long> asked = new HashMap<>();
        boolean othersMayHaveEnded = operations.stream()
                .anyMatch(each -> each.kind() == OperationKind.END_OTHERS && each.outcome() == Outcome.INFO);
        for (UserOperation operation : operations) {
            if (mayEnd(operation) || (othersMayHaveEnded && operation.kind() == OperationKind.LOG_IN)) {
                doubtful.add(operation.session());
            }
            if (operation.outcome() == Outcome.OK) {
                asked.merge(operation.session(), operation.invoked(), Math::max);
            }
        }
        return new OwedSessions(doubtful, asked, ttlNanos);
    }

    private static boolean mayEnd(UserOperation operation) {
        if (operation.kind().ends()) {
            return operation.outcome() != Outcome.FAIL;
        }
        return operation.outcome() == Outcome.INFO
                && switch (operation.kind()) {
                    // Its answer may have brought another id; a step of a flow may be a login.
                    case CREATE, ROTATE_ID, LOG_IN, STEP -> true;
                    default -> false;
                };
    }

    /** @param at when the service was asked for what it has */
    boolean owed(long session, long at) {
        boolean expires = ttlNanos > 0 && ttlNanos < Trial.NEVER;
        return !doubtful.contains(session)
                && asked.containsKey(session)
                && (!expires || at - asked.get(session) < ttlNanos / 2);
    }
}
