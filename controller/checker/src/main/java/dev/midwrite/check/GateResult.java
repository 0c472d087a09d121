package dev.midwrite.check;

/**
 * One figure, and whether it meets what the drill asked for.
 *
 * @param name such as {@code score} or {@code failover.p95}
 * @param value what was measured, in {@code unit}; NaN if nothing was
 * @param low conservative and {@code high} optimistic bound (or the reverse, for figures that should be small)
 * @param confidence of the bounds, such as 0.95
 * @param target what the drill asked for, in words such as {@code >= 0.999}; empty if it asked for nothing
 * @param samples how many independent samples the bounds rest on, in {@code of} (trials, sessions, …)
 * @param needed how many samples it takes to prove the target if all goes well; 0 if there is no target
 * @param state with no target, or with fewer samples than needed, always {@link State#OBSERVED}
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
        long needed,
        State state) {

    /** Without a target. */
    public GateResult(
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
        this(name, value, low, high, confidence, unit, target, samples, of, 0, state);
    }

    /** The lesser bound; NaN if nothing was measured, infinite if it has no end. */
    public double lower() {
        return Math.min(low, high);
    }

    /** The greater bound; NaN if nothing was measured, infinite if it has no end. */
    public double upper() {
        return Math.max(low, high);
    }

    /** Whether anything was; a figure that is infinite was. */
    public boolean measured() {
        return !Double.isNaN(value);
    }

    /** Its name, without what a campaign adds in brackets. */
    public String figure() {
        return name.replaceFirst(" \\[.*", "");
    }

    public GateResult named(String other) {
        return new GateResult(other, value, low, high, confidence, unit, target, samples, of, needed, state);
    }

    /** The same, with another word for what its samples are. */
    public GateResult countedIn(String others) {
        return new GateResult(name, value, low, high, confidence, unit, target, samples, others, needed, state);
    }

    public GateResult in(State other) {
        return new GateResult(name, value, low, high, confidence, unit, target, samples, of, needed, other);
    }

    /** Three-way decision: met, missed, or not enough samples; observed gates nothing. */
    public enum State {
        OBSERVED,
        MET,
        MISSED,
        INCONCLUSIVE
    }
}
