package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.Ending;
import dev.midwrite.controller.curve.LatencyCurve;
import dev.midwrite.controller.curve.LatencyCurve.Span;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.curve.SessionCurve;
import dev.midwrite.controller.curve.TrafficCurve;
import dev.midwrite.controller.report.LaneChart.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The charts of what users met over the time of one drill. */
final class CurveCharts {
    private static final double TALL = 64;
    private static final double LOW = 24;
    private static final int MOST_KINDS = 6;

    private final ReportInput input;
    private final RunCurves curves;

    CurveCharts(ReportInput input) {
        this.input = input;
        this.curves = input.curves();
    }

    /** Empty if no user did anything. */
    List<Chart> charts() {
        if (curves.empty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(throughput());
        charts.add(latency());
        errors().ifPresent(charts::add);
        charts.add(sessions());
        new ExposureCurve(input).chart().ifPresent(charts::add);
        new DriftCurve(input).chart().ifPresent(charts::add);
        new FailoverChart(curves.failovers()).chart().ifPresent(charts::add);
        new ClockChart(input).chart().ifPresent(charts::add);
        new RolloutChart(curves.replacements()).chart().ifPresent(charts::add);
        new StartChart(curves.starts()).chart().ifPresent(charts::add);
        charts.addAll(ShutdownChart.of(input));
        return charts;
    }

    private Ground time(Frame frame) {
        return new TimeGround(input, frame);
    }

    private Lane bySecond(String name, String style, double height, long[] counts) {
        long most = 0;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        String caption = most == 0 ? "none" : "up to " + perSecond(most) + "/s";
        return new Lane(name, style, height, caption, counts, count -> count == 0 ? "0" : perSecond(count) + "/s");
    }

    private String perSecond(long count) {
        return Wording.figure(curves.buckets().perSecond(count), 3);
    }

    private Chart throughput() {
        TrafficCurve traffic = curves.traffic();
        long ok = TrafficCurve.total(traffic.ok());
        long failed = TrafficCurve.total(traffic.failed());
        long unknown = TrafficCurve.total(traffic.unknown());
        long finals = TrafficCurve.total(traffic.finals());
        return LaneChart.of(
                new ChartText(
                        "throughput",
                        "Throughput",
                        "Attempts a second by the time at which they were sent, failover probes included, in lanes"
                                + " with scales of their own. Unknown: no definite answer, so it may still take effect.",
                        Wording.count(ok + failed + unknown, "attempt") + ": " + Wording.count(ok) + " ok, "
                                + Wording.count(failed) + " failed, " + Wording.count(unknown) + " unknown; and "
                                + Wording.count(finals, "final read") + "."),
                this::time,
                List.of(
                        bySecond("ok", "bar-ok", TALL, traffic.ok()),
                        bySecond("failed", "bar-fail", LOW, traffic.failed()),
                        bySecond("unknown", "bar-info", LOW, traffic.unknown()),
                        bySecond("final reads", "bar-ok is-soft", LOW, traffic.finals())));
    }

    private Chart latency() {
        LatencyCurve latency = curves.latency();
        String since = latency.planned()
                ? "From the planned time to the answer, retries included, by planned time."
                : "From the first attempt to the answer, retries included: the bundle does not say when requests were"
                        + " planned.";
        return LatencyChart.of(
                latency,
                new ChartText(
                        "latency",
                        "Latency",
                        since + " A request that never ended is longer than all that did.",
                        latency.whole().map(CurveCharts::sentence).orElse("No request was sent.")),
                this::time);
    }

    private static String sentence(Span whole) {
        return Wording.count(whole.requests(), "request") + ": p50 " + Wording.duration(whole.p50()) + ", p95 "
                + Wording.duration(whole.p95()) + ", p99 " + Wording.duration(whole.p99()) + "; "
                + (whole.neverEnded() == 0 ? "all ended." : Wording.count(whole.neverEnded()) + " never ended.");
    }

    private Optional<Chart> errors() {
        List<Map.Entry<Ending, long[]>> kinds = curves.traffic().errors().entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(TrafficCurve.total(other.getValue()), TrafficCurve.total(one.getValue())))
                .toList();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        List<Lane> lanes = new ArrayList<>();
        List<String> totals = new ArrayList<>();
        long[] others = new long[curves.buckets().count()];
        for (int i = 0; i < kinds.size(); i++) {
            long[] counts = kinds.get(i).getValue();
            if (i < MOST_KINDS) {
                lanes.add(errors(kinds.get(i).getKey(), counts));
                totals.add(Wording.count(TrafficCurve.total(counts)) + " "
                        + kinds.get(i).getKey());
            } else {
                for (int column = 0; column < others.length; column++) {
                    others[column] += counts[column];
                }
            }
        }
        if (kinds.size() > MOST_KINDS) {
            lanes.add(errors("others", "bar-fail", others));
            totals.add(Wording.count(TrafficCurve.total(others)) + " others");
        }
        return Optional.of(LaneChart.of(
                new ChartText(
                        "errors",
                        "Errors",
                        "Attempts that were not answered well, by what came instead. Not sent: nobody took the"
                                + " connection. No answer and a foreign status: the outcome is unknown.",
                        String.join(", ", totals) + "."),
                this::time,
                lanes));
    }

    private static Lane errors(Ending ending, long[] counts) {
        return errors(ending.toString(), ending.certain() ? "bar-fail" : "bar-info", counts);
    }

    private static Lane errors(String name, String style, long[] counts) {
        return new Lane(
                name, style, LOW, Wording.count(TrafficCurve.total(counts)) + " in all", counts, Wording::count);
    }

    private Chart sessions() {
        SessionCurve sessions = curves.sessions();
        return LaneChart.of(
                new ChartText(
                        "sessions",
                        "Sessions",
                        "Lost: the last answer was that there is no such session, or came from another in its place."
                                + " What users ended themselves is neither alive nor lost.",
                        "Up to " + Wording.count(most(sessions.alive()), "session") + " alive; "
                                + (sessions.lostEver() == 0
                                        ? "none was lost at any time."
                                        : Wording.count(sessions.lostEver()) + " lost at some time, "
                                                + Wording.count(sessions.lost()[sessions.lost().length - 1])
                                                + " in the end.")),
                this::time,
                List.of(
                        sessions("alive", "bar-ok", TALL, sessions.alive()),
                        sessions("lost", "bar-bad", LOW, sessions.lost())));
    }

    private static Lane sessions(String name, String style, double height, long[] counts) {
        return Lane.upTo(name, style, height, counts, Wording::count);
    }

    private static long most(long[] counts) {
        long most = 0;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        return most;
    }
}
