package dev.midwrite.check;

/**
 * One node that a rollout replaced. All times are nanoseconds on the users' clock, in this order but for the second, which
 * routing decides.
 *
 * @param removedAt when it was taken out of rotation
 * @param routedUntil until when requests were still sent to it
 * @param terminatedAt when it was asked to end (SIGTERM)
 * @param endedAt when its process had ended
 * @param killed it had not ended when its grace period was over, and was killed
 * @param readyAt when its successor was in rotation, or was given up because it did not become ready
 */
public record Replacement(
        String node, long removedAt, long routedUntil, long terminatedAt, long endedAt, boolean killed, long readyAt) {

    /** The same with another end. */
    public Replacement until(long moment) {
        return new Replacement(node, removedAt, routedUntil, terminatedAt, endedAt, killed, moment);
    }
}
