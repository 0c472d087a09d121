package dev.midwrite.controller.report;

import org.HdrHistogram.AbstractHistogram;

/**
 * A distribution of durations, in nanoseconds.
 *
 * @param name such as {@code request latency}
 * @param count of finished samples
 * @param unfinished samples that never ended; they stay in the distribution, as longer than all others
 */
public record Percentiles(
        String name, long count, long unfinished, long min, long p50, long p90, long p99, long p999, long max) {

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
}
