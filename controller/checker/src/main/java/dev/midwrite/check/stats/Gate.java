package dev.midwrite.check.stats;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.stats.ClusterBootstrap.Bounds;
import dev.midwrite.check.stats.ClusterBootstrap.Cluster;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Three-way decisions: met if the conservative bound meets the target, missed if the optimistic one misses it, else
 * inconclusive. With fewer trials than the target needs even if all go well, the figure is observed and gates nothing.
 */
public final class Gate {
    /** Below this many trials a bootstrap says little. */
    private static final int BOOTSTRAP_TRIALS = 20;

    private Gate() {}

    /**
     * A share of sessions that must be large, over trials.
     *
     * @param target least share; empty if the drill asked for none
     * @param seed of the bootstrap
     */
    public static GateResult share(
            String name, List<Cluster> trials, OptionalDouble target, double confidence, long seed) {
        long successes = trials.stream().mapToLong(Cluster::successes).sum();
        long samples = trials.stream().mapToLong(Cluster::samples).sum();
        double value = samples == 0 ? Double.NaN : (double) successes / samples;
        boolean perfect = successes == samples;
        double low;
        double high;
        if (samples == 0) {
            low = 0;
            high = 1;
        } else if (perfect || trials.size() < BOOTSTRAP_TRIALS) {
            // Sessions of one trial stand or fall together: a trial is a success only if all its sessions are.
            long good =
                    trials.stream().filter(t -> t.successes() == t.samples()).count();
            low = Proportion.lower(good, trials.size(), confidence);
            high = perfect ? 1 : Math.max(value, Proportion.upper(good, trials.size(), confidence));
        } else {
            Bounds bounds = ClusterBootstrap.bounds(trials, confidence, seed);
            low = bounds.low();
            high = bounds.high();
        }
        State state = State.OBSERVED;
        if (target.isPresent() && samples > 0 && enough(trials.size(), target.getAsDouble(), confidence)) {
            state = low >= target.getAsDouble()
                    ? State.MET
                    : high < target.getAsDouble() ? State.MISSED : State.INCONCLUSIVE;
        }
        return new GateResult(
                name, value, low, high, confidence, "", atLeast(target), trials.size(), trials(trials.size()), state);
    }

    /**
     * A time that must be small in most trials.
     *
     * @param samples one per trial, in {@code unit}; infinite if it never ended
     * @param quantile such as 0.99, of trials
     * @param target greatest value; empty if the drill asked for none
     */
    public static GateResult time(
            String name, double[] samples, double quantile, String unit, OptionalDouble target, double confidence) {
        double low = Quantile.lower(samples, quantile, confidence);
        double high = Quantile.upper(samples, quantile, confidence);
        State state = State.OBSERVED;
        if (target.isPresent() && Quantile.upperRank(samples.length, quantile, confidence) > 0) {
            state = high <= target.getAsDouble()
                    ? State.MET
                    : low > target.getAsDouble() ? State.MISSED : State.INCONCLUSIVE;
        }
        String wanted = target.isPresent()
                ? String.format(Locale.ROOT, "<= %s %s", plain(target.getAsDouble()), unit)
                        .strip()
                : "";
        return new GateResult(
                name,
                Quantile.of(samples, quantile),
                high,
                low,
                confidence,
                unit,
                wanted,
                samples.length,
                trials(samples.length),
                state);
    }

    /** Whether so many perfect trials could prove the target. */
    static boolean enough(int trials, double target, double confidence) {
        return target <= 0 || (target < 1 && trials >= Proportion.samplesWithoutFailure(target, confidence));
    }

    private static String atLeast(OptionalDouble target) {
        return target.isPresent() ? ">= " + plain(target.getAsDouble()) : "";
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String trials(int count) {
        return count == 1 ? "trial" : "trials";
    }
}
