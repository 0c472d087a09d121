package dev.midwrite.check.judge;

import dev.midwrite.check.Violation;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Some sessions in which nothing is wrong, for contrast. Not thread-safe. */
public final class Siblings {
    /** Of those that did the same kinds of things. */
    private static final int KEPT = 16;

    private static final int KEPT_IN_ALL = 256;
    private static final int LONGEST = 2000;

    private final Map<Set<OperationKind>, List<List<UserOperation>>> sound = new LinkedHashMap<>();
    private int kept;

    /** Offers the operations of a session that shows no anomaly. */
    public void offer(List<UserOperation> operations) {
        if (kept == KEPT_IN_ALL || operations.isEmpty() || operations.size() > LONGEST) {
            return;
        }
        Set<OperationKind> kinds = EnumSet.noneOf(OperationKind.class);
        operations.forEach(operation -> kinds.add(operation.kind()));
        List<List<UserOperation>> alike = sound.computeIfAbsent(kinds, each -> new ArrayList<>());
        if (alike.size() < KEPT) {
            alike.add(operations.stream()
                    .sorted(Comparator.comparingLong(UserOperation::invoked))
                    .toList());
            kept++;
        }
    }

    /** The same kinds of operations, in the same order, in a session where they went well; empty if there is none. */
    List<UserOperation> of(Violation violation) {
        if (violation.witness().isEmpty()) {
            return List.of();
        }
        List<UserOperation> exact = find(violation.witness(), Siblings::alike);
        return exact.isEmpty() ? find(violation.witness(), Siblings::ofOneKind) : exact;
    }

    private List<UserOperation> find(List<UserOperation> witness, BiPredicate<UserOperation, UserOperation> alike) {
        for (List<List<UserOperation>> sessions : sound.values()) {
            for (List<UserOperation> session : sessions) {
                List<UserOperation> found = match(witness, session, alike);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static List<UserOperation> match(
            List<UserOperation> witness, List<UserOperation> session, BiPredicate<UserOperation, UserOperation> alike) {
        List<UserOperation> found = new ArrayList<>();
        int next = 0;
        for (UserOperation wanted : witness) {
            while (next < session.size() && !alike.test(wanted, session.get(next))) {
                next++;
            }
            if (next == session.size()) {
                return List.of();
            }
            found.add(session.get(next++));
        }
        return List.copyOf(found);
    }

    private static boolean ofOneKind(UserOperation wanted, UserOperation found) {
        return wanted.kind() == found.kind() && wanted.is(UserOperation.FINAL) == found.is(UserOperation.FINAL);
    }

    private static boolean alike(UserOperation wanted, UserOperation found) {
        return ofOneKind(wanted, found)
                && wanted.attribute() == found.attribute()
                && (wanted.outcome() == found.outcome() || wanted.kind() == OperationKind.CREATE);
    }
}
