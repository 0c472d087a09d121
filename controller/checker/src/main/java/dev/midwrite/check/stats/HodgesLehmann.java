package dev.midwrite.check.stats;

import dev.midwrite.check.stats.ClusterBootstrap.Bounds;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much paired samples differ, whatever the distribution as long as it is symmetric: the median of the means of
 * all pairs of differences, with the bounds at which Wilcoxon's signed-rank test turns (Hollander and Wolfe,
 * Nonparametric Statistical Methods, 3.2 and 3.3). Exact up to 500 pairs; beyond, the normal approximation.
 */
public final class HodgesLehmann {
    private static final int EXACT = 500;

    private HodgesLehmann() {}

    /** The estimate; NaN without differences. A difference may be infinite. */
    public static double estimate(double[] differences) {
        if (differences.length == 0) {
            return Double.NaN;
        }
        double[] means = walshMeans(differences, Double.NEGATIVE_INFINITY);
        int middle = means.length / 2;
        return means.length % 2 == 1 ? means[middle] : mean(means[middle - 1], means[middle], 0);
    }

    /**
     * One-sided bounds; infinite if there are too few differences.
     *
     * @param least and {@code most} one per pair; different where the difference is not known
     */
    public static Bounds bounds(double[] least, double[] most, double confidence) {
        Proportion.checkConfidence(confidence);
        int rank = rank(least.length, confidence);
        if (rank == 0) {
            return new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double[] low = walshMeans(least, Double.NEGATIVE_INFINITY);
        double[] high = walshMeans(most, Double.POSITIVE_INFINITY);
        return new Bounds(low[rank - 1], high[high.length - rank]);
    }

    /** Which of the sorted means, from 1, bounds the difference from below; 0 if there are too few. */
    static int rank(int samples, double confidence) {
        if (samples > EXACT) {
            double mean = samples * (samples + 1.0) / 4;
            double deviation = Math.sqrt(mean * (2.0 * samples + 1) / 6);
            return (int)
                    Math.floor(NormalDistribution.of(mean, deviation).inverseCumulativeProbability(1 - confidence));
        }
        // How many of all 2^n signs give a sum of positive ranks of s; scaled, so that no count overflows.
        int most = samples * (samples + 1) / 2;
        double[] share = new double[most + 1];
        share[0] = 1;
        for (int rank = 1; rank <= samples; rank++) {
            for (int sum = rank * (rank + 1) / 2; sum >= 0; sum--) {
                share[sum] = share[sum] / 2 + (sum >= rank ? share[sum - rank] / 2 : 0);
            }
        }
        double tail = 0;
        int sum = 0;
        while (sum <= most && tail + share[sum] <= 1 - confidence + 1e-12) {
            tail += share[sum];
            sum++;
        }
        return sum;
    }

    private static double[] walshMeans(double[] values, double undefined) {
        double[] means = new double[values.length * (values.length + 1) / 2];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i; j < values.length; j++) {
                means[at++] = mean(values[i], values[j], undefined);
            }
        }
        Arrays.sort(means);
        return means;
    }

    private static double mean(double a, double b, double undefined) {
        return Double.isInfinite(a) && a == -b ? undefined : a / 2 + b / 2;
    }
}
