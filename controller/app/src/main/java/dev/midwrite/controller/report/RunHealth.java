package dev.midwrite.controller.report;

import dev.midwrite.event.OperationKind;
import java.util.List;
import java.util.Optional;

/**
 * Whether the run itself was sound: without it a verdict is only a claim.
 *
 * @param distributions request latency, failover time and the like
 * @param notes further sentences that a reader of the verdict should know
 */
public record RunHealth(
        List<FaultHealth> faults,
        List<OperationCount> operations,
        List<JournalHealth> journals,
        List<PointHealth> points,
        List<Percentiles> distributions,
        List<String> notes) {

    public static final RunHealth NONE =
            new RunHealth(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * One injection on one node.
     *
     * @param fault such as {@code delay}, and {@code point} such as {@code session.save}
     * @param requested what was asked for, in words, such as {@code 200 ms, probability 0.5}
     * @param requestedNanos the delay asked for, and {@code achieved} the delays that came; empty for other faults
     * @param matched passages that the selector matched, {@code applied} faults that happened
     */
    public record FaultHealth(
            int injection,
            String fault,
            String point,
            String node,
            String requested,
            long matched,
            long applied,
            Optional<Long> requestedNanos,
            Optional<Achieved> achieved) {}

    /** Delays as the agent measured them, in nanoseconds. */
    public record Achieved(long count, long min, long p50, long p99, long max) {}

    /** How the users' operations of one kind ended. */
    public record OperationCount(OperationKind kind, long ok, long fail, long info) {}

    /**
     * How much of one incarnation's journal there is.
     *
     * @param incarnation id; its hexadecimal form is shown
     * @param dropped records that the node could not write
     * @param complete read to its end
     * @param damage why it is not whole, with the place; empty if nothing is known to be missing
     */
    public record JournalHealth(
            String node, long incarnation, long records, long dropped, boolean complete, String damage) {}

    /**
     * One point on one node.
     *
     * @param reason why it is not woven; empty if it is
     */
    public record PointHealth(String node, String point, String kind, boolean woven, String reason) {}
}
