package dev.midwrite.check.fleet;

import dev.midwrite.event.UserOperation;

/**
 * One acknowledged write, and how the node that acknowledged it saved it, by that node's own journal and clock.
 *
 * @param operation what the user saw
 * @param node that answered
 * @param late the session was changed after the answer had begun
 * @param gapNanos from the answer's begin to the end of the save; 0 unless {@link Order#ANSWERED_FIRST}
 * @param thread that saved, if it was not the request's own; empty otherwise
 */
public record WriteSave(UserOperation operation, String node, Order order, boolean late, long gapNanos, String thread) {

    /** What came first. */
    public enum Order {
        SAVED_FIRST,
        ANSWERED_FIRST,
        /** The journal is whole, and holds no save of it. */
        NEVER_SAVED,
        /** No save is in the journal, which is not whole. */
        UNKNOWN
    }
}
