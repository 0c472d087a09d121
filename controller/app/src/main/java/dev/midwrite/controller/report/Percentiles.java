package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.Ranks;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * A distribution of durations, in nanoseconds; what never ended is longer than all that did, and so {@link #NEVER} may be
 * the value of any percentile.
 *
 * @param name such as {@code request latency}
 * @param count of finished samples
 * @param unfinished samples that never ended
 */
public record Percentiles(
        String name, long count, long unfinished, long min, long p50, long p90, long p99, long p999, long max) {

    /** It never ended. */
    public static final long NEVER = UserOperation.NEVER;

    private static final int DIGITS = 3;

    /** @param histogram of nanoseconds, of what ended */
    public static Percentiles of(String name, AbstractHistogram histogram, long unfinished) {
        return new Percentiles(
                name,
                histogram.getTotalCount(),
                unfinished,
                histogram.getTotalCount() == 0 ? NEVER : histogram.getMinValue(),
                Ranks.at(histogram, unfinished, 0.5),
                Ranks.at(histogram, unfinished, 0.9),
                Ranks.at(histogram, unfinished, 0.99),
                Ranks.at(histogram, unfinished, 0.999),
                unfinished > 0 ? NEVER : histogram.getMaxValue());
    }

    /**
     * How long answers took, from the first byte sent to the last received; operations without a definite answer never ended.
     * Attempts of which no byte was sent are no requests, and left out. Empty if nothing was sent.
     */
    public static Optional<Percentiles> ofAnswers(String name, List<UserOperation> operations) {
        Histogram histogram = new Histogram(DIGITS);
        long unfinished = 0;
        for (UserOperation operation : operations) {
            if (operation.is(UserOperation.JOURNALED)) {
                continue;
            }
            if (operation.returned() == UserOperation.NEVER) {
                unfinished++;
            } else if (sent(operation)) {
                histogram.recordValue(Math.max(0, operation.returned() - operation.invoked()));
            }
        }
        return histogram.getTotalCount() + unfinished == 0
                ? Optional.empty()
                : Optional.of(of(name, histogram, unfinished));
    }

    /** What failed without a word of the application had found nobody to send it to. */
    private static boolean sent(UserOperation operation) {
        return operation.outcome() != Outcome.FAIL || operation.is(UserOperation.ABSENT);
    }
}
