package dev.midwrite.check.campaign;

import java.util.OptionalDouble;

/**
 * What was measured in one trial.
 *
 * @param fresh how many sessions kept all that was acknowledged before the fault, {@code alive} how many kept their id,
 *     of those {@code atRisk}
 * @param faulted a fault happened, so that there should be sessions at risk
 * @param failover 99th percentile over users of the failover time, milliseconds; infinite if it never ended, empty if no
 *     node ended or nobody probed
 */
public record Figures(long fresh, long alive, long atRisk, boolean faulted, OptionalDouble failover) {
    /** Of a trial without a fault, or of one that says nothing. */
    public static final Figures NONE = new Figures(0, 0, 0, false, OptionalDouble.empty());
}
