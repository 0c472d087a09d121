package dev.midwrite.controller.history;

import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long users' requests took, over time; {@code latency.json} of a bundle. No verdict rests on it.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param widthNanos of every window
 * @param windows in order of time; one in which no request was planned is left out
 */
public record LatencyFacts(int format, long widthNanos, List<Window> windows) {
    public static final int FORMAT = 1;

    /**
     * Of the requests that were planned in one window, whenever they ended.
     *
     * @param at its begin, nanoseconds on the users' clock; a multiple of the width
     * @param latency from the planned time to the answer, in nanoseconds, as in {@link LoadFacts}
     * @param neverEnded requests that were sent and had no definite answer
     */
    public record Window(long at, String latency, long neverEnded) {

        /** With a histogram of nanoseconds. */
        public static Window of(long at, AbstractHistogram latency, long neverEnded) {
            return new Window(at, LoadFacts.text(latency), neverEnded);
        }

        /** @throws IllegalArgumentException if the text is no histogram */
        public Histogram histogram() {
            return LoadFacts.histogram(latency);
        }
    }
}
