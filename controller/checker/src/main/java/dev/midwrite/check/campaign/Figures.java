package dev.midwrite.check.campaign;

import java.util.OptionalDouble;

/**
 * What was measured in one trial.
 *
 * @param fresh how many sessions kept all that was acknowledged before the fault, {@code alive} how many kept their id,
 *     of those {@code atRisk}
 * @param faulted a fault happened, so that there should be sessions at risk
 * @param failover 95th percentile over users of the failover time, milliseconds; infinite if it never ended, empty if no
 *     node ended or nobody probed
 * @param doubted why they are as they are may lie with the users, who fell behind their plan: as good as not measured
 */
public record Figures(long fresh, long alive, long atRisk, boolean faulted, OptionalDouble failover, boolean doubted) {
    /** Of a trial without a fault, or of one that says nothing. */
    public static final Figures NONE = new Figures(0, 0, 0, false, OptionalDouble.empty());

    /** Of users who kept to their plan. */
    public Figures(long fresh, long alive, long atRisk, boolean faulted, OptionalDouble failover) {
        this(fresh, alive, atRisk, faulted, failover, false);
    }
}
