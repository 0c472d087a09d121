package dev.midwrite.check.fleet;

import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One acknowledged write, and the nodes that it was sent to.
 *
 * @param operation what its user saw
 * @param node that sent it on: the one that answered, or the owner of its session
 * @param copies one of each node that it went to; empty if it went to none
 */
public record ReplicatedWrite(UserOperation operation, String node, List<Copy> copies) {

    public ReplicatedWrite {
        copies = List.copyOf(copies);
    }

    /** What the sender asked for before it would go on. */
    public enum Asked {
        /** Until the other node has applied it. */
        APPLIED,
        /** Until it has it. */
        RECEIVED,
        NOTHING,
        /** The library does not tell. */
        UNKNOWN
    }

    /**
     * What went to one node.
     *
     * @param replica the node's name
     * @param confirmedFirst the sender had its confirmation before the user was answered, by the order of its own records,
     *     and the replica's records do not contradict it
     * @param injections that struck it on its way
     */
    public record Copy(String replica, Arrival arrival, Asked asked, boolean confirmedFirst, Set<Integer> injections) {

        public Copy {
            injections = Set.copyOf(injections);
        }

        /** The replica certainly had it when the user was answered. */
        boolean first(UserOperation write) {
            return confirmedFirst || arrival.latest() <= write.returned();
        }

        /** It certainly had it not. */
        boolean behind(UserOperation write) {
            return !confirmedFirst && arrival.earliest() > write.returned();
        }

        /** Nanoseconds from the answer on, at least. */
        long least(UserOperation write) {
            // The earliest moment may be the beginning of time, where clocks cannot be compared.
            return !behind(write) ? 0 : arrival.never() ? Arrival.NEVER : arrival.earliest() - write.returned();
        }

        /** Nanoseconds from the answer on, at most. */
        long most(UserOperation write) {
            return confirmedFirst
                    ? 0
                    : arrival.latest() == Arrival.NEVER
                            ? Arrival.NEVER
                            : Math.max(0, arrival.latest() - write.returned());
        }
    }

    /** When a second node had it: nobody knows better than what the copies say. */
    Arrival second() {
        Arrival first = Arrival.NONE;
        for (Copy copy : copies) {
            first = first.or(
                    copy.confirmedFirst() ? new Arrival(operation.invoked(), operation.returned()) : copy.arrival());
        }
        return first;
    }

    Set<Integer> injections() {
        return copies.stream().flatMap(copy -> copy.injections().stream()).collect(Collectors.toSet());
    }
}
