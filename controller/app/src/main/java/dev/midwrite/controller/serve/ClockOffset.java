package dev.midwrite.controller.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Estimates a node's monotonic clock minus the controller's, after Cristian (1989): the node read its clock between our
 * sending and our receiving, so each exchange bounds the offset from both sides, whatever the two ways took.
 *
 * <p>What earlier exchanges said grows by {@link ClockTrack#DRIFT} of the time since, and is then intersected with the new
 * one. If nothing is left, a clock was set or stood still; from then on the interval only grows, by every exchange. Times
 * are nanoseconds. Not thread-safe.
 */
final class ClockOffset {
    /** Of the exchanges in such a time the best one is kept for the history. */
    private static final long PIECE = TimeUnit.SECONDS.toNanos(1);

    private final List<ClockBound> kept = new ArrayList<>();
    private long lower = Long.MIN_VALUE;
    private long upper = Long.MAX_VALUE;
    private long minRoundTrip = Long.MAX_VALUE;
    private long last;
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
        ClockBound bound = ClockBound.ofExchange(sent, node, received);
        keep(bound);
        if (samples == 0) {
            lower = bound.lower();
            upper = bound.upper();
        } else {
            long drift = drifted ? 0 : (long) Math.ceil(Math.max(0, bound.at() - last) * ClockTrack.DRIFT);
            lower -= drift;
            upper += drift;
            drifted |= bound.lower() > upper || bound.upper() < lower;
            lower = drifted ? Math.min(lower, bound.lower()) : Math.max(lower, bound.lower());
            upper = drifted ? Math.max(upper, bound.upper()) : Math.min(upper, bound.upper());
        }
        last = bound.at();
        minRoundTrip = Math.min(minRoundTrip, received - sent);
        samples++;
    }

    private void keep(ClockBound bound) {
        ClockBound newest = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        if (newest == null || Math.floorDiv(newest.at(), PIECE) != Math.floorDiv(bound.at(), PIECE)) {
            kept.add(bound);
        } else if (bound.halfWidth() < newest.halfWidth()) {
            kept.set(kept.size() - 1, bound);
        }
    }

    /** The best exchange of each second, oldest first. */
    List<ClockBound> bounds() {
        return List.copyOf(kept);
    }

    /** After the newest exchange; empty before the first one. */
    Optional<ClockInterval> interval() {
        return samples == 0
                ? Optional.empty()
                : Optional.of(new ClockInterval(lower, upper, minRoundTrip, samples, drifted));
    }
}
