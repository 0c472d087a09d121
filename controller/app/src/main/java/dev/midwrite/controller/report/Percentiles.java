package dev.midwrite.controller.report;

import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * A distribution of durations, in nanoseconds.
 *
 * @param name such as {@code request latency}
 * @param count of finished samples
 * @param unfinished samples that never ended; they stay in the distribution, as longer than all others
 */
public record Percentiles(
        String name, long count, long unfinished, long min, long p50, long p90, long p99, long p999, long max) {

    private static final int DIGITS = 3;

    /** @param histogram of nanoseconds */
    public static Percentiles of(String name, AbstractHistogram histogram, long unfinished) {
        return new Percentiles(
                name,
                histogram.getTotalCount(),
                unfinished,
                histogram.getMinValue(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    /**
     * How long answers took, from the first byte sent to the last received; operations without a definite answer are
     * unfinished. Empty if there was no answer.
     */
    public static Optional<Percentiles> ofAnswers(String name, List<UserOperation> operations) {
        Histogram histogram = new Histogram(DIGITS);
        long unfinished = 0;
        for (UserOperation operation : operations) {
            if (operation.returned() == UserOperation.NEVER) {
                unfinished++;
            } else {
                histogram.recordValue(Math.max(0, operation.returned() - operation.invoked()));
            }
        }
        return histogram.getTotalCount() == 0 ? Optional.empty() : Optional.of(of(name, histogram, unfinished));
    }
}
