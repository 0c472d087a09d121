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
    public static final int BOOTSTRAP_TRIALS = 20;

    private Gate() {}

    /**
     * A share of sessions that must be large, over trials. If all sessions of all trials are good, the bound is the
     * exact one without a failure, on as many independent sessions as these are worth; otherwise it comes from a
     * bootstrap, or with few trials from counting perfect ones and those in which all is lost.
     *
     * @param target least share; empty if the drill asked for none
     * @param correlation of the sessions of one trial; with 1, the safe assumption, a trial counts as one sample
     * @param seed of the bootstrap
     */
    public static GateResult share(
            String name,
            List<Cluster> trials,
            OptionalDouble target,
            double correlation,
            double confidence,
            long seed) {
        List<Cluster> used =
                trials.stream().filter(trial -> trial.samples() > 0).toList();
        List<Cluster> known = used.stream().filter(Cluster::known).toList();
        long samples = used.stream().mapToLong(Cluster::samples).sum();
        double value = (double) known.stream().mapToLong(Cluster::least).sum()
                / known.stream().mapToLong(Cluster::samples).sum();
        double mean = used.isEmpty() ? 1 : (double) samples / used.size();
        Bounds bounds =
                bounds(used, samples, Proportion.effectiveSamples(samples, mean, correlation), confidence, seed);
        long needed = target.isPresent() ? trialsNeeded(target.getAsDouble(), mean, correlation, confidence) : 0;
        return new GateResult(
                name,
                value,
                bounds.low(),
                bounds.high(),
                confidence,
                "",
                atLeast(target),
                used.size(),
                "trials",
                needed,
                atLeast(target, bounds, used.size(), needed));
    }

    private static Bounds bounds(
            List<Cluster> trials, long samples, double effectiveSamples, double confidence, long seed) {
        if (samples == 0) {
            return new Bounds(0, 1);
        }
        long perfect = trials.stream()
                .filter(trial -> trial.least() == trial.samples())
                .count();
        if (perfect == trials.size()) {
            return new Bounds(Math.pow(1 - confidence, 1 / effectiveSamples), 1);
        }
        if (trials.size() >= BOOTSTRAP_TRIALS) {
            return ClusterBootstrap.bounds(trials, confidence, seed);
        }
        // A mean share is no smaller than the rate of perfect trials, and no larger than that of trials with any
        // success.
        long some = trials.stream().filter(trial -> trial.most() > 0).count();
        return new Bounds(
                Proportion.lower(perfect, trials.size(), confidence),
                Proportion.upper(some, trials.size(), confidence));
    }

    /** So many perfect trials prove the target. */
    static long trialsNeeded(double target, double meanSamples, double correlation, double confidence) {
        if (target <= 0) {
            return 1;
        }
        long independent = Proportion.samplesWithoutFailure(target, confidence);
        double effect = Proportion.designEffect(meanSamples, correlation);
        long trials = (long) Math.ceil(independent * effect / meanSamples - 1e-9);
        // A correlation below 1 is an assumption; with several trials a wrong one has a chance to show.
        return correlation < 1 ? Math.max(BOOTSTRAP_TRIALS, trials) : trials;
    }

    /**
     * A rate of trials that must be large, exact.
     *
     * @param unknown trials of which it is not known: failures for the lower bound, successes for the upper
     * @param target least rate; empty if the drill asked for none
     */
    public static GateResult rate(
            String name, long successes, long unknown, long trials, OptionalDouble target, double confidence) {
        Bounds bounds = new Bounds(
                Proportion.lower(successes, trials, confidence),
                Proportion.upper(successes + unknown, trials, confidence));
        long needed = target.isPresent() ? trialsNeeded(target.getAsDouble(), 1, 1, confidence) : 0;
        return new GateResult(
                name,
                (double) successes / trials,
                bounds.low(),
                bounds.high(),
                confidence,
                "",
                atLeast(target),
                trials,
                "trials",
                needed,
                atLeast(target, bounds, trials, needed));
    }

    /**
     * A time that must be small in most trials.
     *
     * @param least and {@code most} one per trial, in {@code unit}; infinite if it never ended, different if not known
     * @param quantile such as 0.95, of trials
     * @param target greatest value; empty if the drill asked for none
     */
    public static GateResult time(
            String name,
            double[] least,
            double[] most,
            double quantile,
            String unit,
            OptionalDouble target,
            double confidence) {
        double low = Math.max(0, Quantile.lower(least, quantile, confidence));
        double high = Quantile.upper(most, quantile, confidence);
        long needed = target.isPresent() ? Proportion.samplesWithoutFailure(quantile, confidence) : 0;
        State state = State.OBSERVED;
        if (target.isPresent() && most.length >= needed) {
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
                Quantile.of(most, quantile),
                /* low= */ high,
                /* high= */ low,
                confidence,
                unit,
                wanted,
                most.length,
                "trials",
                needed,
                state);
    }

    private static State atLeast(OptionalDouble target, Bounds bounds, long trials, long needed) {
        if (target.isEmpty() || trials < needed) {
            return State.OBSERVED;
        }
        return bounds.low() >= target.getAsDouble()
                ? State.MET
                : bounds.high() < target.getAsDouble() ? State.MISSED : State.INCONCLUSIVE;
    }

    private static String atLeast(OptionalDouble target) {
        return target.isPresent() ? ">= " + plain(target.getAsDouble()) : "";
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
