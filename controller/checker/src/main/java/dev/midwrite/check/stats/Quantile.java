package dev.midwrite.check.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Bounds of a quantile from order statistics: whatever the distribution, as in Hahn and Meeker, Statistical Intervals.
 * Infinite samples (never recovered) are samples like any other.
 */
public final class Quantile {
    private Quantile() {}

    /**
     * Which of the sorted samples, from 1, bounds the quantile from above.
     *
     * @param quantile such as 0.99
     * @return 0 if there are too few samples for this confidence
     */
    public static int upperRank(int samples, double quantile, double confidence) {
        check(quantile, confidence);
        if (samples == 0) {
            return 0;
        }
        BinomialDistribution below = BinomialDistribution.of(samples, quantile);
        // Sample r lies above the quantile if at most r - 1 samples lie below it.
        int rank = below.inverseCumulativeProbability(confidence) + 1;
        return rank <= samples ? rank : 0;
    }

    /** Which of the sorted samples, from 1, bounds the quantile from below; 0 if there are too few. */
    public static int lowerRank(int samples, double quantile, double confidence) {
        int mirrored = upperRank(samples, 1 - quantile, confidence);
        return mirrored == 0 ? 0 : samples + 1 - mirrored;
    }

    /** The quantile is at most this; {@link Double#POSITIVE_INFINITY} if there are too few samples. */
    public static double upper(double[] samples, double quantile, double confidence) {
        int rank = upperRank(samples.length, quantile, confidence);
        return rank == 0 ? Double.POSITIVE_INFINITY : sorted(samples)[rank - 1];
    }

    /** The quantile is at least this; {@link Double#NEGATIVE_INFINITY} if there are too few samples. */
    public static double lower(double[] samples, double quantile, double confidence) {
        int rank = lowerRank(samples.length, quantile, confidence);
        return rank == 0 ? Double.NEGATIVE_INFINITY : sorted(samples)[rank - 1];
    }

    /** The sample at the quantile: the smallest that at least this share does not exceed; NaN without samples. */
    public static double of(double[] samples, double quantile) {
        if (samples.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(quantile * samples.length - 1e-9);
        return sorted(samples)[Math.max(1, rank) - 1];
    }

    private static double[] sorted(double[] samples) {
        double[] copy = samples.clone();
        Arrays.sort(copy);
        return copy;
    }

    private static void check(double quantile, double confidence) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1, not at " + quantile);
        }
        Proportion.checkConfidence(confidence);
    }
}
