package dev.midwrite.controller.serve;

import java.util.Optional;

/**
 * Estimates a node's monotonic clock minus the controller's, after Cristian (1989): the node read its clock between our
 * sending and our receiving, so each exchange bounds the offset from both sides, whatever the two ways took.
 *
 * <p>Bounds are intersected while they agree. Two exchanges that contradict each other mean that the clocks do not run
 * equally fast; from then on the interval only grows, by every exchange, and is never moved: what was ordered by an
 * earlier interval stays ordered. Times are nanoseconds. Not thread-safe.
 */
final class ClockOffset {
    private long lower = Long.MIN_VALUE;
    private long upper = Long.MAX_VALUE;
    private long minRoundTrip = Long.MAX_VALUE;
    private int samples;
    private boolean drifted;

    /**
     * Takes one exchange.
     *
     * @param sent controller's clock before the question left
     * @param node node's clock in its answer
     * @param received controller's clock after the answer came
     */
    void sample(long sent, long node, long received) {
        if (received < sent) {
            throw new IllegalArgumentException("received " + (sent - received) + " ns before it was sent");
        }
        long low = node - received;
        long high = node - sent;
        if (samples > 0 && (low > upper || high < lower)) {
            drifted = true;
        }
        if (drifted) {
            lower = Math.min(lower, low);
            upper = Math.max(upper, high);
        } else {
            lower = Math.max(lower, low);
            upper = Math.min(upper, high);
        }
        minRoundTrip = Math.min(minRoundTrip, received - sent);
        samples++;
    }

    /** Empty before the first exchange. */
    Optional<ClockInterval> interval() {
        return samples == 0
                ? Optional.empty()
                : Optional.of(new ClockInterval(lower, upper, minRoundTrip, samples, drifted));
    }
}
