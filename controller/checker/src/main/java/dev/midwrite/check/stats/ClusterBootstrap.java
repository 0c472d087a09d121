package dev.midwrite.check.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bounds of a ratio over trials whose samples resemble each other: whole trials are drawn again, with replacement, and
 * the ratio's distribution over the draws is read off. The same seed gives the same bounds.
 */
public final class ClusterBootstrap {
    private static final int DRAWS = 10_000;

    private ClusterBootstrap() {}

    /**
     * One trial.
     *
     * @param successes how many of its {@code samples} were good
     */
    public record Cluster(long successes, long samples) {}

    /**
     * One-sided bounds of all successes over all samples.
     *
     * @param low with the given confidence at least this
     * @param high with the given confidence at most this
     */
    public record Bounds(double low, double high) {}

    /**
     * Draws.
     *
     * @throws IllegalArgumentException if there is no trial with a sample
     */
    public static Bounds bounds(List<Cluster> trials, double confidence, long seed) {
        Proportion.checkConfidence(confidence);
        List<Cluster> used =
                trials.stream().filter(trial -> trial.samples() > 0).toList();
        if (used.isEmpty()) {
            throw new IllegalArgumentException("no trial has a sample");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] ratios = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            long successes = 0;
            long samples = 0;
            for (int i = 0; i < used.size(); i++) {
                Cluster trial = used.get(random.nextInt(used.size()));
                successes += trial.successes();
                samples += trial.samples();
            }
            ratios[draw] = (double) successes / samples;
        }
        Arrays.sort(ratios);
        int tail = (int) Math.floor((1 - confidence) * DRAWS);
        return new Bounds(ratios[tail], ratios[DRAWS - 1 - tail]);
    }
}
