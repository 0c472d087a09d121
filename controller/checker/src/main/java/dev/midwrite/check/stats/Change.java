package dev.midwrite.check.stats;

import dev.midwrite.check.stats.ClusterBootstrap.Bounds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How one figure of a candidate differs from that of its base, over pairs of trials with the same seed. What is worse is
 * an alarm only if it is both certain and large enough to matter.
 *
 * @param name of the figure, such as {@code score}
 * @param base and {@code candidate} the figure of each
 * @param value the estimated change: candidate minus base, or for a relative change candidate by base minus 1; NaN if
 *     nothing was measured
 * @param low and {@code high} one-sided bounds of the change
 * @param minimum least change that matters, more than 0
 * @param relative a change relative to the base, of a figure that should be small; otherwise a difference of shares that
 *     should be large
 * @param pairs that the bounds rest on
 */
public record Change(
        String name,
        double base,
        double candidate,
        double value,
        double low,
        double high,
        double confidence,
        double minimum,
        boolean relative,
        int pairs,
        State state) {

    public enum State {
        /** Whatever the change is, with confidence it is no relevant worsening. */
        NO_REGRESSION,
        REGRESSION,
        UNDECIDED
    }

    /**
     * Of a share that should be large, as the mean difference of the pairs' shares. The bounds come from a bootstrap
     * over pairs; with few pairs, or none that differ, from counting those that differ, and whether it is worse at all from
     * an exact paired test.
     *
     * @param least and {@code most} candidate minus base, one per pair; different where it is not known
     */
    public static Change ofShare(
            String name,
            double base,
            double candidate,
            double[] least,
            double[] most,
            double minimum,
            double confidence,
            long seed) {
        Bounds bounds = differs(least, most) && least.length >= Gate.BOOTSTRAP_TRIALS
                ? ClusterBootstrap.mean(least, most, confidence, seed)
                : counted(least, most, confidence);
        double value = Arrays.stream(known(least, most)).average().orElse(Double.NaN);
        if (SignTest.worse(least, most) <= 1 - confidence && least.length < Gate.BOOTSTRAP_TRIALS) {
            // The test excludes "no worse", which the rates of pairs alone cannot.
            bounds = new Bounds(bounds.low(), Math.min(bounds.high(), -Double.MIN_VALUE));
        }
        State state = State.UNDECIDED;
        if (bounds.high() < 0 && value <= -minimum) {
            state = State.REGRESSION;
        } else if (bounds.low() > -minimum) {
            state = State.NO_REGRESSION;
        }
        return new Change(
                name,
                base,
                candidate,
                value,
                bounds.low(),
                bounds.high(),
                confidence,
                minimum,
                false,
                least.length,
                state);
    }

    /**
     * Of a time that should be small, relative to the base.
     *
     * @param least and {@code most} logarithm of candidate by base, one per pair; different where it is not known
     */
    public static Change ofTime(
            String name,
            double base,
            double candidate,
            double[] least,
            double[] most,
            double minimum,
            double confidence) {
        Bounds logs = HodgesLehmann.bounds(least, most, confidence);
        Bounds bounds = new Bounds(Math.expm1(logs.low()), Math.expm1(logs.high()));
        double value = Math.expm1(HodgesLehmann.estimate(known(least, most)));
        State state = State.UNDECIDED;
        if (bounds.low() > 0 && value >= minimum) {
            state = State.REGRESSION;
        } else if (bounds.high() < minimum) {
            state = State.NO_REGRESSION;
        }
        return new Change(
                name,
                base,
                candidate,
                value,
                bounds.low(),
                bounds.high(),
                confidence,
                minimum,
                true,
                least.length,
                state);
    }

    private static double[] known(double[] least, double[] most) {
        return IntStream.range(0, least.length)
                .filter(i -> least[i] == most[i])
                .mapToDouble(i -> least[i])
                .toArray();
    }

    private static boolean differs(double[] least, double[] most) {
        for (int i = 0; i < least.length; i++) {
            if (least[i] != 0 || most[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** A mean difference of shares is no smaller than minus the rate of pairs that are worse, and so upwards. */
    private static Bounds counted(double[] least, double[] most, double confidence) {
        long worse = 0;
        long better = 0;
        for (int i = 0; i < least.length; i++) {
            worse += least[i] < 0 ? 1 : 0;
            better += most[i] > 0 ? 1 : 0;
        }
        return new Bounds(
                -Proportion.upper(worse, least.length, confidence), Proportion.upper(better, least.length, confidence));
    }
}
