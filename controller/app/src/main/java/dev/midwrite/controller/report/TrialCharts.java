package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.LatencyCurve;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.curve.TrafficCurve;
import dev.midwrite.controller.history.Failover;
import dev.midwrite.controller.report.LaneChart.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The charts of what users met, trial by trial. */
final class TrialCharts {
    private static final double TALL = 64;
    private static final double LOW = 24;

    private final List<String> names;
    private final List<RunCurves> trials;

    TrialCharts(CampaignInput input) {
        this.names = input.trials().stream().map(trial -> trial.result().name()).toList();
        this.trials = input.trials().stream().map(CampaignInput.Trial::curves).toList();
    }

    /** Empty if nobody did anything in any trial. */
    List<Chart> charts() {
        if (trials.stream().allMatch(RunCurves::empty)) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>(List.of(attempts(), latency(), sessions()));
        failover().ifPresent(charts::add);
        return charts;
    }

    private Ground ground(Frame frame) {
        return new TrialGround("Trial", frame, names);
    }

    private Lane lane(String name, String style, double height, ToLongFunction<RunCurves> number) {
        long[] values = trials.stream().mapToLong(number).toArray();
        return new Lane(
                name, style, height, Wording.count(TrafficCurve.total(values)) + " in all", values, Wording::count);
    }

    private Chart attempts() {
        List<Lane> lanes = List.of(
                lane(
                        "ok",
                        "bar-ok",
                        TALL,
                        trial -> TrafficCurve.total(trial.traffic().ok())),
                lane(
                        "failed",
                        "bar-fail",
                        LOW,
                        trial -> TrafficCurve.total(trial.traffic().failed())),
                lane(
                        "unknown",
                        "bar-info",
                        LOW,
                        trial -> TrafficCurve.total(trial.traffic().unknown())));
        return LaneChart.of(
                new ChartText(
                        "throughput",
                        "Attempts",
                        "Of users and failover probes, without final reads, by trial. Unknown: no definite answer.",
                        "In " + Wording.count(names.size(), "trial") + " " + sums(lanes) + "."),
                this::ground,
                lanes);
    }

    private static String sums(List<Lane> lanes) {
        return String.join(
                ", ",
                lanes.stream()
                        .map(lane -> Wording.count(TrafficCurve.total(lane.values())) + " " + lane.name())
                        .toList());
    }

    private Chart latency() {
        List<Optional<LatencyCurve.Span>> spans =
                trials.stream().map(trial -> trial.latency().whole()).toList();
        boolean planned = trials.stream()
                .allMatch(trial -> trial.empty() || trial.latency().planned());
        long worst = spans.stream()
                .flatMap(Optional::stream)
                .mapToLong(LatencyCurve.Span::p99)
                .max()
                .orElse(0);
        return LatencyChart.of(
                new LatencyCurve(spans, Optional.empty(), planned),
                new ChartText(
                        "latency",
                        "Latency",
                        "Of users' requests from the " + (planned ? "planned time" : "first attempt")
                                + " to the answer, retries included, by trial.",
                        "The worst p99 of a trial is " + Wording.duration(worst) + "."),
                this::ground);
    }

    private Chart sessions() {
        List<Lane> lanes =
                List.of(lane("lost", "bar-bad", LOW, trial -> trial.sessions().lostEver()));
        return LaneChart.of(
                new ChartText(
                        "sessions",
                        "Sessions lost",
                        "At some time an answer was that there is no such session, or came from another in its place.",
                        Wording.count(TrafficCurve.total(lanes.get(0).values()), "session") + " in "
                                + Wording.count(names.size(), "trial") + "."),
                this::ground,
                lanes);
    }

    /** Empty if no user sat on a node that ended. */
    private Optional<Chart> failover() {
        if (trials.stream().allMatch(trial -> trial.failovers().isEmpty())) {
            return Optional.empty();
        }
        long[] never = trials.stream()
                .mapToLong(trial -> trial.failovers().stream()
                        .filter(each -> each.until() == Failover.NEVER)
                        .count())
                .toArray();
        long[] longest = trials.stream()
                .mapToLong(trial -> trial.failovers().stream()
                        .filter(each -> each.until() != Failover.NEVER)
                        .mapToLong(each -> each.until() - each.from())
                        .max()
                        .orElse(0))
                .toArray();
        long most = 0;
        for (long nanos : longest) {
            most = Math.max(most, nanos);
        }
        return Optional.of(LaneChart.of(
                new ChartText(
                        "failover",
                        "Failover",
                        "The longest time that a user of a node that ended was without service, and users who were not"
                                + " served again, by trial.",
                        "At most " + Wording.duration(most) + "; " + Wording.count(TrafficCurve.total(never), "user")
                                + " not served again."),
                this::ground,
                List.of(
                        new Lane("longest", "bar-ok", TALL, "to " + Wording.duration(most), longest, Wording::duration),
                        new Lane(
                                "never",
                                "bar-info",
                                LOW,
                                Wording.count(TrafficCurve.total(never)) + " in all",
                                never,
                                Wording::count))));
    }
}
