package dev.midwrite.check.judge;

import dev.midwrite.check.Violation;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some sessions in which nothing is wrong, for contrast. Not thread-safe. */
public final class Siblings {
    private static final int KEPT = 16;
    private static final int LONGEST = 2000;

    private final List<List<UserOperation>> sound = new ArrayList<>();

    /** Offers the operations of a session that shows no anomaly. */
    public void offer(List<UserOperation> operations) {
        if (sound.size() < KEPT && !operations.isEmpty() && operations.size() <= LONGEST) {
            sound.add(operations.stream()
                    .sorted(Comparator.comparingLong(UserOperation::invoked))
                    .toList());
        }
    }

    /** The same kinds of operations, in the same order, in a session where they went well; empty if there is none. */
    List<UserOperation> of(Violation violation) {
        if (violation.witness().isEmpty()) {
            return List.of();
        }
        for (List<UserOperation> session : sound) {
            List<UserOperation> found = match(violation.witness(), session);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<UserOperation> match(List<UserOperation> witness, List<UserOperation> session) {
        List<UserOperation> found = new ArrayList<>();
        int next = 0;
        for (UserOperation wanted : witness) {
            while (next < session.size() && !alike(wanted, session.get(next))) {
                next++;
            }
            if (next == session.size()) {
                return List.of();
            }
            found.add(session.get(next++));
        }
        return List.copyOf(found);
    }

    private static boolean alike(UserOperation wanted, UserOperation found) {
        return wanted.kind() == found.kind()
                && wanted.attribute() == found.attribute()
                && wanted.is(UserOperation.FINAL) == found.is(UserOperation.FINAL)
                && (wanted.outcome() == found.outcome() || wanted.kind() == OperationKind.CREATE);
    }
}
