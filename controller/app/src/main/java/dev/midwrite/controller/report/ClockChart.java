package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.ClockCurve;
import dev.midwrite.controller.curve.ClockCurve.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Between which bounds each node's clock went against the users', start by start. */
final class ClockChart {
    private static final double ROW = 40;
    private static final double GAP = 8;
    private static final double TOP = 6;
    private static final int MOST_STARTS = 12;

    private final ReportInput input;
    private final List<ClockCurve> clocks;
    private final long most;

    ClockChart(ReportInput input) {
        this.input = input;
        this.clocks = input.curves().clocks().stream().limit(MOST_STARTS).toList();
        this.most = clocks.stream()
                .flatMap(clock -> clock.bounds().stream())
                .mapToLong(bound -> Math.max(Math.abs(bound.lower()), Math.abs(bound.upper())))
                .max()
                .orElse(1);
    }

    /** Empty if no node spoke often enough. */
    Optional<Chart> chart() {
        if (clocks.isEmpty()) {
            return Optional.empty();
        }
        Wording wording = new Wording(input);
        ChartText text = new ChartText(
                "clocks",
                "Clock offsets",
                "The node's clock minus the users', against the middle at its first exchange; it lies somewhere in the"
                        + " band."
                        + (input.curves().clocks().size() > MOST_STARTS
                                ? " The first " + MOST_STARTS + " starts."
                                : ""),
                "Within ±" + Wording.duration(most) + " in " + Wording.count(clocks.size(), "start") + " of nodes.");
        List<List<String>> rows = new ArrayList<>();
        for (ClockCurve clock : clocks) {
            for (Bound bound : clock.bounds()) {
                rows.add(List.of(
                        clock.node() + ", " + wording.moment(bound.at()),
                        Wording.duration(bound.lower()),
                        Wording.duration(bound.upper())));
            }
        }
        return Optional.of(new Chart(
                text,
                Map.of(),
                Chart.pictures((frame, style) -> draw(frame, style, text.label())),
                List.of("Start and time", "At least", "At most"),
                rows));
    }

    private String draw(Frame frame, String style, String label) {
        Svg svg = new Svg();
        TimeGround ground = new TimeGround(input, frame);
        double bottom = TOP + clocks.size() * (ROW + GAP);
        ground.draw(svg, TOP, bottom);
        Lanes lanes = new Lanes(svg, ground.scale(), new Wording(input), input.origin());
        for (int i = 0; i < clocks.size(); i++) {
            double middle = TOP + i * (ROW + GAP) + GAP / 2 + ROW / 2;
            svg.line("base", frame.left(), middle, frame.right(), middle);
            svg.path("span", band(clocks.get(i).bounds(), ground.scale(), middle));
            lanes.name(middle, clocks.get(i).node());
        }
        return svg.picture(style, frame.width(), bottom + 22, label);
    }

    /** Along the upper bounds, and back along the lower ones. */
    private String band(List<Bound> bounds, Scale scale, double middle) {
        StringBuilder way = new StringBuilder();
        for (Bound bound : bounds) {
            point(way, scale.x(bound.at()), middle - y(bound.upper()));
        }
        for (int i = bounds.size() - 1; i >= 0; i--) {
            point(way, scale.x(bounds.get(i).at()), middle - y(bounds.get(i).lower()));
        }
        return way.append('z').toString();
    }

    private double y(long nanos) {
        return ROW / 2 * nanos / most;
    }

    private static void point(StringBuilder way, double x, double y) {
        way.append(way.isEmpty() ? 'M' : 'L').append(Svg.number(x)).append(' ').append(Svg.number(y));
    }
}
