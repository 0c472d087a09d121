package dev.midwrite.controller.curve;

import dev.midwrite.controller.history.Failover;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.controller.history.NodeStart;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All curves of one run. What only a journal tells is in none of them: no user met it.
 *
 * @param from when the first operation began, and {@code to} when the last one began or ended, on the users' clock
 * @param failovers the shortest first
 * @param clocks of every start of a node that spoke more than once
 * @param replacements of nodes by rollouts, in order of time
 * @param starts of nodes whose process had ended before, in order of time
 */
public record RunCurves(
        long from,
        long to,
        Buckets buckets,
        TrafficCurve traffic,
        LatencyCurve latency,
        SessionCurve sessions,
        List<NodeAnswers> answers,
        List<Failover> failovers,
        List<ClockCurve> clocks,
        List<ReplacementFigures> replacements,
        List<StartFigures> starts) {

    /** Of a run in which nobody did anything. */
    public static final RunCurves NONE = of(List.of(), List.of(), Set.of(), Optional.empty(), List.of(), List.of());

    public static RunCurves of(History history) {
        return of(
                        history.operations(),
                        history.facts().fleet().nodes(),
                        Set.copyOf(history.facts().users().probeSessions()),
                        history.latency(),
                        history.failovers(),
                        ClockCurve.of(history.facts()))
                .with(
                        ReplacementFigures.of(history.facts().fleet().nodeRuns().replacements(), history.operations()),
                        starts(history));
    }

    private static List<StartFigures> starts(History history) {
        List<NodeStart> starts = history.nodeStarts();
        return starts.isEmpty()
                ? List.of()
                : StartFigures.of(starts, history.journals().commandTimes());
    }

    private RunCurves with(List<ReplacementFigures> replaced, List<StartFigures> started) {
        return new RunCurves(
                from,
                to,
                buckets,
                traffic,
                latency,
                sessions,
                answers,
                failovers,
                clocks,
                List.copyOf(replaced),
                List.copyOf(started));
    }

    /**
     * @param operations in any order
     * @param nodes names by number
     * @param probes sessions of those who only ask for failover time
     * @param latency empty if it is to be taken from the operations
     */
    public static RunCurves of(
            List<UserOperation> operations,
            List<String> nodes,
            Set<Long> probes,
            Optional<LatencyFacts> latency,
            List<Failover> failovers,
            List<ClockCurve> clocks) {
        List<UserOperation> told = operations.stream()
                .filter(operation -> !operation.is(UserOperation.JOURNALED))
                .toList();
        long from = told.stream().mapToLong(UserOperation::invoked).min().orElse(0);
        long to = told.stream().mapToLong(RunCurves::last).max().orElse(from);
        Buckets buckets =
                Buckets.covering(from, to, latency.map(LatencyFacts::widthNanos).orElse(0L));
        return new RunCurves(
                from,
                to,
                buckets,
                TrafficCurve.of(buckets, told),
                latency.map(facts -> LatencyCurve.of(buckets, facts))
                        .orElseGet(() -> LatencyCurve.of(buckets, told, probes)),
                SessionCurve.of(buckets, told),
                NodeAnswers.of(nodes, told),
                List.copyOf(failovers),
                List.copyOf(clocks),
                List.of(),
                List.of());
    }

    private static long last(UserOperation operation) {
        return operation.returned() == UserOperation.NEVER ? operation.invoked() : operation.returned();
    }

    /** No user did anything. */
    public boolean empty() {
        return answers.isEmpty();
    }
}
