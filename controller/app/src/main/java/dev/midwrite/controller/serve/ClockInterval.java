package dev.midwrite.controller.serve;

/**
 * Bounds of a node's monotonic clock minus the controller's, in nanoseconds, both inclusive.
 *
 * @param minRoundTrip the fastest exchange seen
 * @param samples how many exchanges it rests on
 * @param drifted exchanges contradicted each other by more than clocks may drift: since then the interval only grows
 */
public record ClockInterval(long lower, long upper, long minRoundTrip, int samples, boolean drifted) {

    public long halfWidth() {
        return (upper - lower) / 2 + (upper - lower) % 2;
    }

    /** The earliest moment on the controller's clock at which the node's clock can have shown this. */
    public long earliest(long nodeNanos) {
        return nodeNanos - upper;
    }

    /** The latest moment on the controller's clock at which the node's clock can have shown this. */
    public long latest(long nodeNanos) {
        return nodeNanos - lower;
    }
}
