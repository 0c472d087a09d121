package dev.midwrite.check.fleet;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.check.stats.Gate;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;
import java.util.stream.LongStream;

/**
 * How long acknowledged writes were behind at the nodes that they were sent to: the 99th percentile over all writes and replicas
 * of a run, with 95 % bounds from order statistics. What never arrived is infinite and stays in. When a write arrived is known
 * between bounds, which the clocks' error has widened already: the lower bound is of the earliest moments, the upper one of the
 * latest. An error of a quarter of the budget or more decides nothing.
 */
public final class ReplicationLag {
    private static final String NAME = "replication.p99";
    private static final double TAIL = 0.99;
    private static final double CONFIDENCE = 0.95;
    private static final double NANOS_PER_MILLI = 1e6;

    private ReplicationLag() {}

    /**
     * The figure.
     *
     * @param writes acknowledged ones; a write that was sent to no node counts as one that never arrived
     * @param budgetNanos the greatest that is allowed; empty if nobody set one, then the figure is observed. With one, too few
     *     writes to say that it was kept are inconclusive
     */
    public static GateResult of(List<ReplicatedWrite> writes, OptionalLong budgetNanos) {
        OptionalDouble budget = budgetNanos.isPresent()
                ? OptionalDouble.of(budgetNanos.getAsLong() / NANOS_PER_MILLI)
                : OptionalDouble.empty();
        GateResult gate = Gate.time(
                        NAME, millis(writes, Copy::least), millis(writes, Copy::most), TAIL, "ms", budget, CONFIDENCE)
                .countedIn("writes");
        boolean undecided = budgetNanos.isPresent()
                && (gate.state() == State.OBSERVED || 4 * error(writes) >= budgetNanos.getAsLong());
        return undecided ? gate.in(State.INCONCLUSIVE) : gate;
    }

    /** The greatest half-width of what two nodes' clocks leave open, nanoseconds. */
    private static long error(List<ReplicatedWrite> writes) {
        return writes.stream()
                .flatMap(write -> write.copies().stream())
                .filter(copy -> !copy.confirmedFirst() && copy.arrival().latest() != Arrival.NEVER)
                .mapToLong(copy -> (copy.arrival().latest() - copy.arrival().earliest()) / 2)
                .max()
                .orElse(0);
    }

    private static double[] millis(List<ReplicatedWrite> writes, ToLongBiFunction<Copy, UserOperation> nanos) {
        return writes.stream()
                .flatMapToLong(write -> write.copies().isEmpty()
                        ? LongStream.of(Arrival.NEVER)
                        : write.copies().stream().mapToLong(copy -> nanos.applyAsLong(copy, write.operation())))
                .mapToDouble(each -> each == Arrival.NEVER ? Double.POSITIVE_INFINITY : each / NANOS_PER_MILLI)
                .toArray();
    }
}
