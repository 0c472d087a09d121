package dev.midwrite.check.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bounds over trials whose samples resemble each other: whole trials are drawn again, with replacement, and the figure's
 * distribution over the draws is read off (Efron's percentile method, with the trial as the unit). The same seed gives
 * the same bounds. Of what is not known the worst is taken for the lower bound and the best for the upper.
 */
public final class ClusterBootstrap {
    private static final int DRAWS = 10_000;

    private ClusterBootstrap() {}

    /**
     * One trial.
     *
     * @param least and {@code most} how many of its {@code samples} were good; different if that is not known
     */
    public record Cluster(long least, long most, long samples) {
        public Cluster {
            if (least < 0 || least > most || most > samples) {
                throw new IllegalArgumentException(least + " to " + most + " successes in " + samples + " samples");
            }
        }

        public Cluster(long successes, long samples) {
            this(successes, successes, samples);
        }

        boolean known() {
            return least == most;
        }
    }

    /**
     * One-sided bounds of a figure.
     *
     * @param low with the given confidence at least this
     * @param high with the given confidence at most this
     */
    public record Bounds(double low, double high) {}

    /**
     * Bounds of all successes over all samples.
     *
     * @throws IllegalArgumentException if there is no trial with a sample
     */
    public static Bounds bounds(List<Cluster> trials, double confidence, long seed) {
        List<Cluster> used =
                trials.stream().filter(trial -> trial.samples() > 0).toList();
        long[] samples = used.stream().mapToLong(Cluster::samples).toArray();
        long[] least = used.stream().mapToLong(Cluster::least).toArray();
        long[] most = used.stream().mapToLong(Cluster::most).toArray();
        return new Bounds(
                low(ratios(least, samples, confidence, seed), confidence),
                high(ratios(most, samples, confidence, seed), confidence));
    }

    /**
     * Bounds of a mean.
     *
     * @param least and {@code most} one value per trial; different where it is not known
     * @throws IllegalArgumentException if there is no trial
     */
    public static Bounds mean(double[] least, double[] most, double confidence, long seed) {
        return new Bounds(
                low(means(least, confidence, seed), confidence), high(means(most, confidence, seed), confidence));
    }

    private static double[] ratios(long[] parts, long[] wholes, double confidence, long seed) {
        check(parts.length, confidence);
        SplittableRandom random = new SplittableRandom(seed);
        double[] draws = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            long part = 0;
            long whole = 0;
            for (int i = 0; i < parts.length; i++) {
                int trial = random.nextInt(parts.length);
                part += parts[trial];
                whole += wholes[trial];
            }
            draws[draw] = (double) part / whole;
        }
        Arrays.sort(draws);
        return draws;
    }

    private static double[] means(double[] values, double confidence, long seed) {
        check(values.length, confidence);
        SplittableRandom random = new SplittableRandom(seed);
        double[] draws = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            draws[draw] = sum / values.length;
        }
        Arrays.sort(draws);
        return draws;
    }

    private static double low(double[] sorted, double confidence) {
        return sorted[tail(confidence)];
    }

    private static double high(double[] sorted, double confidence) {
        return sorted[DRAWS - 1 - tail(confidence)];
    }

    private static int tail(double confidence) {
        return (int) Math.floor((1 - confidence) * DRAWS);
    }

    private static void check(int trials, double confidence) {
        Proportion.checkConfidence(confidence);
        if (trials == 0) {
            throw new IllegalArgumentException("no trial has a sample");
        }
    }
}
