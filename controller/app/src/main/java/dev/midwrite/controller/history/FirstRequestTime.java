package dev.midwrite.controller.history;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.stats.Gate;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long each session's first attempt took at a node that had just started: the 95th percentile over all sessions and starts
 * of a run, with 95 % bounds from order statistics. What was never answered is infinite and stays in.
 */
final class FirstRequestTime {
    private static final String NAME = "first-request.p95";
    private static final double TAIL = 0.95;
    private static final double CONFIDENCE = 0.95;
    private static final double NANOS_PER_MILLI = 1e6;

    private FirstRequestTime() {}

    /** @param greatest that is allowed; too few starts and sessions to say that it was kept are inconclusive */
    static GateResult of(List<NodeStart> starts, Duration greatest) {
        double[] millis = starts.stream()
                .flatMap(start -> start.firsts().stream())
                .mapToDouble(first -> first.returned() == UserOperation.NEVER
                        ? Double.POSITIVE_INFINITY
                        : (first.returned() - first.invoked()) / NANOS_PER_MILLI)
                .toArray();
        GateResult gate = Gate.time(
                        NAME,
                        millis,
                        millis,
                        TAIL,
                        "ms",
                        OptionalDouble.of(greatest.toNanos() / NANOS_PER_MILLI),
                        CONFIDENCE)
                .countedIn("first requests");
        return gate.state() == State.OBSERVED ? gate.in(State.INCONCLUSIVE) : gate;
    }
}
