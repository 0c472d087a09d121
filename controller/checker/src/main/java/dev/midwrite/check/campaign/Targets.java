package dev.midwrite.check.campaign;

import dev.midwrite.check.Validity;
import java.util.OptionalDouble;

/**
 * What is asked of the figures; what is empty gates nothing.
 *
 * @param score least session persistence score, {@code survival} least share of sessions that kept their id
 * @param failover greatest failover time, milliseconds
 * @param success least share of trials that succeed
 * @param correlation of the sessions of one trial, 0 to 1; 1 is the safe assumption
 */
public record Targets(
        OptionalDouble score,
        OptionalDouble survival,
        OptionalDouble failover,
        OptionalDouble success,
        double correlation) {
    public static final Targets NONE = new Targets(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), 1);

    /** Whether one trial's figures are as asked; unknown if one is missing that a fault should have given, or in doubt. */
    Validity of(Figures figures) {
        if (figures.doubted() && (score.isPresent() || survival.isPresent() || failover.isPresent())) {
            return Validity.UNKNOWN;
        }
        return share(score, figures.fresh(), figures)
                .merge(share(survival, figures.alive(), figures))
                .merge(
                        failover.isPresent() && figures.failover().isPresent()
                                ? of(figures.failover().getAsDouble() <= failover.getAsDouble())
                                : Validity.TRUE);
    }

    private static Validity share(OptionalDouble target, long good, Figures figures) {
        if (target.isEmpty() || !figures.faulted()) {
            return Validity.TRUE;
        }
        return figures.atRisk() == 0 ? Validity.UNKNOWN : of((double) good / figures.atRisk() >= target.getAsDouble());
    }

    private static Validity of(boolean holds) {
        return holds ? Validity.TRUE : Validity.FALSE;
    }
}
