package dev.midwrite.check;

/**
 * One figure, and whether it meets what the drill asked for.
 *
 * @param name such as {@code score} or {@code failover.p99}
 * @param value what was measured, in {@code unit}; NaN if nothing was
 * @param low conservative and {@code high} optimistic bound (or the reverse, for figures that should be small)
 * @param confidence of the bounds, such as 0.95
 * @param target what the drill asked for, in words such as {@code >= 0.999}; empty if it asked for nothing
 * @param samples how many independent samples the bounds rest on, in {@code of} (trials, sessions, …)
 * @param state with no target always {@link State#OBSERVED}
 */
public record GateResult(
        String name,
        double value,
        double low,
        double high,
        double confidence,
        String unit,
        String target,
        long samples,
        String of,
        State state) {

    /** Three-way decision: met, missed, or not enough samples; observed gates nothing. */
    public enum State {
        OBSERVED,
        MET,
        MISSED,
        INCONCLUSIVE
    }
}
