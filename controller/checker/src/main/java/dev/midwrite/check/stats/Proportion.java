package dev.midwrite.check.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** One-sided bounds of a success rate: exact, after Clopper and Pearson, so never narrower than they may be. */
public final class Proportion {
    private Proportion() {}

    /** The rate is at least this, with the given confidence (0 to 1); 0 without samples. */
    public static double lower(long successes, long samples, double confidence) {
        check(successes, samples, confidence);
        return successes == 0
                ? 0
                : BetaDistribution.of((double) successes, samples - successes + 1.0)
                        .inverseCumulativeProbability(1 - confidence);
    }

    /** The rate is at most this, with the given confidence (0 to 1); 1 without samples. */
    public static double upper(long successes, long samples, double confidence) {
        check(successes, samples, confidence);
        return successes == samples
                ? 1
                : BetaDistribution.of(successes + 1.0, (double) (samples - successes))
                        .inverseCumulativeProbability(confidence);
    }

    /** How many samples without a single failure prove a rate of at least {@code target}. */
    public static long samplesWithoutFailure(double target, double confidence) {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("a rate of " + target + " takes no finite number of samples to prove");
        }
        checkConfidence(confidence);
        // The tiny excess undoes rounding where the quotient is a whole number.
        return (long) Math.ceil(Math.log(1 - confidence) / Math.log(target) - 1e-9);
    }

    /**
     * How many independent samples {@code samples} are worth that come in clusters and resemble each other (Kish's
     * design effect).
     *
     * @param meanClusterSize how many samples a cluster has on average, at least 1
     * @param correlation within a cluster, 0 to 1
     */
    public static double effectiveSamples(long samples, double meanClusterSize, double correlation) {
        return samples / designEffect(meanClusterSize, correlation);
    }

    /** How many such samples are worth one independent one. */
    static double designEffect(double meanClusterSize, double correlation) {
        return 1 + (meanClusterSize - 1) * correlation;
    }

    private static void check(long successes, long samples, double confidence) {
        if (successes < 0 || successes > samples) {
            throw new IllegalArgumentException(successes + " successes in " + samples + " samples");
        }
        checkConfidence(confidence);
    }

    static void checkConfidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, not at " + confidence);
        }
    }
}
