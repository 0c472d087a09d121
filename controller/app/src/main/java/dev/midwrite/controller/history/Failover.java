package dev.midwrite.controller.history;

/**
 * One user who was without service because a node ended.
 *
 * @param session the user's session label
 * @param node that ended
 * @param from when it ended, nanoseconds on the users' clock
 * @param until when the user was served again for good; {@link #NEVER} if that was not seen
 */
public record Failover(long session, String node, long from, long until) {
    public static final long NEVER = Long.MAX_VALUE;

    /** How long it took; {@link Double#POSITIVE_INFINITY} for never. */
    double nanos() {
        return until == NEVER ? Double.POSITIVE_INFINITY : until - from;
    }
}
