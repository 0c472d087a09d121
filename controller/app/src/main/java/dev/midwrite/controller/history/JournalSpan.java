package dev.midwrite.controller.history;

/**
 * What one start of a node journaled, as a whole. Times are nanoseconds on the users' clock.
 *
 * @param complete nothing is missing between its first and its last record, nor after it
 * @param from the latest moment at which it can have begun to record; {@link Long#MAX_VALUE} if nobody knows
 * @param to the latest moment at which it can have made its last record
 * @param writes how many of its records name a write that the application made
 * @param saves how many saves it began before the JVM began to end
 * @param saveSteps how many commands of saves the store answered; messages to other nodes are none
 */
record JournalSpan(
        String node, long incarnation, boolean complete, long from, long to, long writes, long saves, long saveSteps) {

    /** Whether a request that began then, and was served by this start of the node, must be in its journal. */
    boolean covers(long invoked) {
        return from <= invoked && invoked <= to;
    }
}
