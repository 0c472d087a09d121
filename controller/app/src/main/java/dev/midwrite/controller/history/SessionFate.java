package dev.midwrite.controller.history;

import dev.midwrite.controller.history.SessionPersistence.Fate;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of one session after a fault. Whether it is there at all, its first definite answer after the fault says;
 * what it holds, its final reads say.
 */
final class SessionFate {
    private final List<UserOperation> session;
    private final long fault;
    private final Map<Long, UserOperation> writers = new HashMap<>();

    private SessionFate(List<UserOperation> session, long fault) {
        this.session = session;
        this.fault = fault;
        session.stream()
                .filter(operation -> SessionPersistence.writes(operation.kind()))
                .forEach(operation -> writers.put(operation.value(), operation));
    }

    static Fate of(List<UserOperation> session, long fault) {
        return new SessionFate(session, fault).fate();
    }

    private Fate fate() {
        Optional<UserOperation> first = session.stream()
                .filter(operation -> operation.invoked() >= fault && definite(operation))
                .min(Comparator.comparingLong(UserOperation::invoked));
        List<UserOperation> last = session.stream()
                .filter(operation -> operation.is(UserOperation.FINAL) && definite(operation))
                .toList();
        if (first.isEmpty()) {
            return Fate.UNREACHABLE;
        }
        if (absent(first.get()) || last.stream().anyMatch(SessionFate::absent)) {
            return Fate.LOST;
        }
        long nonce = nonce();
        if (first.get().incarnation() != nonce || last.stream().anyMatch(read -> read.incarnation() != nonce)) {
            return Fate.REPLACED;
        }
        if (last.isEmpty()) {
            return Fate.UNREACHABLE;
        }
        if (last.stream().anyMatch(SessionFate::torn)) {
            return Fate.TORN;
        }
        return last.stream().anyMatch(this::stale) ? Fate.STALE : Fate.FRESH;
    }

    private static boolean definite(UserOperation operation) {
        return !operation.kind().triesOldId() && (operation.outcome() == Outcome.OK || absent(operation));
    }

    private static boolean absent(UserOperation operation) {
        return operation.is(UserOperation.ABSENT);
    }

    private long nonce() {
        return session.stream()
                .filter(operation -> operation.kind() == OperationKind.CREATE && operation.outcome() == Outcome.OK)
                .mapToLong(UserOperation::incarnation)
                .findFirst()
                .orElse(0);
    }

    private static boolean torn(UserOperation read) {
        return read.kind() == OperationKind.READ_GROUP
                && Arrays.stream(read.payload()).distinct().count() > 1;
    }

    private boolean stale(UserOperation read) {
        return switch (read.kind()) {
            case READ -> staleRegister(read);
            case READ_DOCUMENT -> misses(read, OperationKind.UPDATE, read.value());
            case READ_GROUP ->
                misses(read, OperationKind.WRITE_GROUP, read.payload().length == 0 ? 0 : read.payload()[0]);
            case READ_COUNTER ->
                read.value() < acknowledged(read, OperationKind.INCREMENT).size();
            case READ_LIST -> {
                var ids = Arrays.stream(read.payload()).boxed().collect(Collectors.toSet());
                yield !ids.containsAll(acknowledged(read, OperationKind.APPEND).keySet());
            }
            default -> false;
        };
    }

    /** As {@link #misses}; but nothing is also what a removal leaves, and an acknowledged one takes away what was before. */
    private boolean staleRegister(UserOperation read) {
        List<UserOperation> removals = session.stream()
                .filter(operation -> operation.kind() == OperationKind.REMOVE
                        && operation.attribute() == read.attribute()
                        && operation.outcome() != Outcome.FAIL)
                .toList();
        if (read.value() == 0) {
            return acknowledged(read, OperationKind.WRITE).values().stream()
                    .anyMatch(write -> removals.stream().noneMatch(removal -> removal.returned() >= write.invoked()));
        }
        UserOperation writer = writers.get(read.value());
        return misses(read, OperationKind.WRITE, read.value())
                || (writer != null
                        && acknowledged(read, OperationKind.REMOVE).values().stream()
                                .anyMatch(removal -> writer.returned() < removal.invoked()));
    }

    /** What was seen was written, wholly, before a write that was acknowledged before the fault. */
    private boolean misses(UserOperation read, OperationKind kind, long seen) {
        UserOperation writer = writers.get(seen);
        return acknowledged(read, kind).values().stream()
                .filter(write -> write.value() != seen)
                .anyMatch(write -> seen == 0 || (writer != null && writer.returned() < write.invoked()));
    }

    /** Logical requests of this kind, on the read's attribute, acknowledged before the fault. */
    private Map<Long, UserOperation> acknowledged(UserOperation read, OperationKind kind) {
        return session.stream()
                .filter(operation -> operation.kind() == kind
                        && operation.attribute() == read.attribute()
                        && operation.outcome() == Outcome.OK
                        && operation.returned() <= fault)
                .collect(Collectors.toMap(UserOperation::request, operation -> operation, (a, b) -> b));
    }
}
