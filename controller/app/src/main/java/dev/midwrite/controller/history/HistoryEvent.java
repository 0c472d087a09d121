package dev.midwrite.controller.history;

import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a history as checkers of other projects read them: a process invokes an operation, and the operation ends.
 *
 * @param time nanoseconds on the users' clock
 * @param process invokes nothing while an operation of its own is open, and nothing after one whose end is not known
 */
record HistoryEvent(long time, long process, Type type, UserOperation operation) {

    /** Invoked; it took effect; it certainly did not; it may have, and may still. */
    enum Type {
        INVOKE,
        OK,
        FAIL,
        INFO
    }

    /**
     * Both ends of each operation, in order of time. What happens in the same nanosecond counts as at the same time: an
     * order that nobody saw would prove something. An end that is not known comes last.
     */
    static List<HistoryEvent> of(List<UserOperation> operations) {
        List<UserOperation> invoked = operations.stream()
                .sorted(Comparator.comparingLong(UserOperation::invoked).thenComparingLong(UserOperation::seq))
                .toList();
        long last = 0;
        long fresh = 0;
        for (UserOperation operation : invoked) {
            boolean ended = operation.returned() != UserOperation.NEVER;
            last = Math.max(last, ended ? operation.returned() : operation.invoked());
            fresh = Math.max(fresh, operation.process() + 1L);
        }
        Map<Integer, Long> lanes = new HashMap<>();
        Map<Long, Long> busyUntil = new HashMap<>();
        List<HistoryEvent> events = new ArrayList<>(2 * invoked.size());
        for (UserOperation operation : invoked) {
            long lane = lanes.getOrDefault(operation.process(), (long) operation.process());
            if (busyUntil.getOrDefault(lane, Long.MIN_VALUE) >= operation.invoked()) {
                lane = fresh++;
            }
            lanes.put(operation.process(), lane);
            Type end = end(operation);
            busyUntil.put(lane, end == Type.INFO ? UserOperation.NEVER : operation.returned());
            events.add(new HistoryEvent(operation.invoked(), lane, Type.INVOKE, operation));
            events.add(new HistoryEvent(end == Type.INFO ? last : operation.returned(), lane, end, operation));
        }
        events.sort(Comparator.comparingLong(HistoryEvent::time).thenComparing(HistoryEvent::type));
        return events;
    }

    private static Type end(UserOperation operation) {
        if (operation.returned() == UserOperation.NEVER) {
            return Type.INFO;
        }
        return operation.outcome() == Outcome.OK
                ? Type.OK
                : operation.outcome() == Outcome.FAIL ? Type.FAIL : Type.INFO;
    }
}
