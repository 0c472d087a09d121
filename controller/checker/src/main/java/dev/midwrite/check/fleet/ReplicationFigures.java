package dev.midwrite.check.fleet;

import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.BackpressureCheck.Conduct;
import dev.midwrite.check.fleet.BackpressureCheck.Treatment;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicationCheck.Mode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was measured of replication in one run. Nanoseconds; moments on the users' clock.
 *
 * @param writes acknowledged, and looked at
 * @param lags by replica and phase
 * @param exposed how many were on one node only, over time
 * @param drifts how far each node's copies were behind, over time
 * @param reactions to what was injected, by injection and replica
 * @param missing writes that some node certainly never got, of which the first are named
 */
public record ReplicationFigures(
        long writes,
        List<Lag> lags,
        Exposed exposed,
        List<CopyDrift> drifts,
        List<Reaction> reactions,
        long missing,
        List<Missing> named) {
    public static final ReplicationFigures NONE =
            new ReplicationFigures(0, List.of(), Exposed.NONE, List.of(), List.of(), 0, List.of());

    /** Nobody journaled what was replicated. */
    public boolean isEmpty() {
        return writes == 0;
    }

    /** Two bounds; {@link Arrival#NEVER} for no end. */
    public record Range(long least, long most) {}

    /**
     * How far one replica was behind the users' answers in one phase.
     *
     * @param phase steady, fault or recovery
     * @param asked what senders waited for
     * @param mode as observed
     * @param undecided writes of which nobody knows whether the replica had them before the answer
     * @param never writes that it certainly never got
     */
    public record Lag(
            String replica,
            String phase,
            Set<Asked> asked,
            Mode mode,
            long writes,
            long undecided,
            long never,
            Range p50,
            Range p99,
            Range max) {}

    /**
     * Acknowledged writes that no second node had.
     *
     * @param peak the most at a time, at least and at most
     * @param peakAt when
     * @param curve by the middle of each arrival's bounds
     * @param never how many no second node ever got
     * @param open of how many nobody knows whether one did: in the most of the peak, and not in the curve
     * @param drain from the heal until a second node had all that was acknowledged before; empty if it never had, nothing
     *     healed, or nobody knows
     */
    public record Exposed(
            Range peak, long peakAt, List<Exposure.Point> curve, long never, long open, OptionalLong drain) {
        static final Exposed NONE = new Exposed(new Range(0, 0), 0, List.of(), 0, 0, OptionalLong.empty());
    }

    /**
     * What became of the writes to one replica that an injection struck.
     *
     * @param answered median time to their answers, and {@code steady} of those before the first fault; 0 if there were none
     */
    public record Reaction(
            int injection,
            String fault,
            String replica,
            Conduct conduct,
            Map<Treatment, Long> counts,
            long answered,
            long steady) {}

    /** A write that one node certainly never got. */
    public record Missing(long session, long request, long at, String node, String replica) {}

    /** Pure; O(n log n). */
    public static ReplicationFigures of(Trial trial, List<ReplicatedWrite> writes) {
        return writes.isEmpty() ? NONE : new ReplicationMeasure(trial, writes).figures();
    }
}
