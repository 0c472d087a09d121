package dev.midwrite.controller.sweep;

import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What users saw afterwards of the request that a crash cut off.
 *
 * @param session the user's label; 0 if no user's request was hit
 * @param stored keyed hash of the session's id
 */
record Survival(long session, long stored, String words) {

    /** @param hit the fault's record; empty if nothing was hit */
    static Survival of(List<UserOperation> operations, Optional<Entry> hit) {
        return of(operations, hit, Long.MIN_VALUE);
    }

    /** @param from only what users began later is looked at */
    static Survival of(List<UserOperation> operations, Optional<Entry> hit, long from) {
        if (hit.isEmpty()) {
            return new Survival(0, 0, "");
        }
        long request = hit.get().event().request();
        long stored = hit.get().event().session();
        return operations.stream()
                .filter(operation -> request != 0 && operation.request() == request)
                .findFirst()
                .map(cut -> new Survival(cut.session(), stored, words(cut, operations, from)))
                .orElse(new Survival(0, stored, "no user's request"));
    }

    boolean concerns(Violation violation) {
        return violation.session() != 0 && (violation.session() == session || violation.session() == stored);
    }

    private static String words(UserOperation cut, List<UserOperation> operations, long from) {
        List<UserOperation> after = operations.stream()
                .filter(later -> later.session() == cut.session()
                        && later.outcome() == Outcome.OK
                        && later.invoked() > Math.max(from, cut.invoked())
                        && later.request() != cut.request())
                .sorted(Comparator.comparingLong(UserOperation::invoked))
                .toList();
        if (after.isEmpty()) {
            return cut.kind() == OperationKind.CREATE ? "no user has it" : "nobody looked";
        }
        if (after.stream().allMatch(later -> later.is(UserOperation.ABSENT))) {
            return cut.kind().ends() ? "its end" : "no session";
        }
        if (cut.kind().ends()) {
            return "the session";
        }
        long replaced = replaced(cut, operations);
        return after.stream()
                .filter(later -> later.invoked() < replaced)
                .map(later -> seen(cut, later))
                .flatMap(Optional::stream)
                .findFirst()
                .map(change -> change ? "the session, with the change" : "the session, without the change")
                .orElse("the session");
    }

    /** When somebody set the attribute anew, whatever became of that: what is read from then on says nothing of this change. */
    private static long replaced(UserOperation cut, List<UserOperation> operations) {
        return operations.stream()
                .filter(other -> other.session() == cut.session()
                        && other.attribute() == cut.attribute()
                        && (other.kind() == OperationKind.WRITE || other.kind() == OperationKind.REMOVE)
                        && other.request() != cut.request()
                        && other.invoked() > cut.invoked())
                .mapToLong(UserOperation::invoked)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether a read shows the change; empty if it does not say. */
    private static Optional<Boolean> seen(UserOperation cut, UserOperation later) {
        if (cut.kind() == OperationKind.WRITE
                && later.attribute() == cut.attribute()
                && later.kind() == OperationKind.READ) {
            return Optional.of(later.value() == cut.value());
        }
        if (cut.kind() == OperationKind.APPEND
                && (later.kind() == OperationKind.READ_LIST || later.kind() == OperationKind.APPEND)) {
            return Optional.of(Arrays.stream(later.payload()).anyMatch(id -> id == cut.request()));
        }
        return Optional.empty();
    }
}
