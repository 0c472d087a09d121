package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.LatencyCurve;
import dev.midwrite.controller.curve.LatencyCurve.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Percentiles on a logarithmic scale; above it a strip for requests that never ended, which no scale has room for. */
final class LatencyChart {
    private static final double HEIGHT = 120;
    private static final double STRIP = 20;
    private static final double TOP = 8;
    private static final int DECADE = 10;

    private record Line(String name, String style, ToLongFunction<Span> value) {}

    private static final List<Line> LINES = List.of(
            new Line("p99", "curve is-p99", Span::p99),
            new Line("p95", "curve is-p95", Span::p95),
            new Line("p50", "curve is-p50", Span::p50));

    private final List<Optional<Span>> spans;
    private final long least;
    private final long most;

    private LatencyChart(LatencyCurve curve) {
        this.spans = curve.spans();
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (Optional<Span> span : spans) {
            if (span.isPresent()) {
                shortest = Math.min(shortest, span.get().p50());
                for (Line line : LINES) {
                    long value = line.value().applyAsLong(span.get());
                    longest = value == Percentiles.NEVER ? longest : Math.max(longest, value);
                }
            }
        }
        this.least = decade(Math.min(shortest, Math.max(1, longest)));
        this.most = Math.max(least * DECADE, DECADE * decade(Math.max(1, longest - 1)));
    }

    /** The power of ten below. */
    private static long decade(long nanos) {
        long power = 1;
        while (power <= nanos / DECADE) {
            power *= DECADE;
        }
        return power;
    }

    static Chart of(LatencyCurve curve, ChartText text, Function<Frame, Ground> grounds) {
        LatencyChart chart = new LatencyChart(curve);
        Ground ground = grounds.apply(Frame.WIDE);
        Map<String, String> legend = new LinkedHashMap<>();
        legend.put("p50", "p50");
        legend.put("p95", "p95");
        legend.put("p99", "p99");
        legend.put("never", "requests that never ended; a line in this strip is a percentile that did not");
        return new Chart(
                text,
                legend,
                Chart.pictures((frame, style) -> chart.draw(grounds.apply(frame), style, text.label())),
                Chart.head(ground, List.of("p50", "p95", "p99", "requests", "never ended")),
                Chart.rows(ground, chart::cells));
    }

    private List<String> cells(int column) {
        Optional<Span> span = spans.get(column);
        return span.isEmpty()
                ? List.of(Wording.NOTHING, Wording.NOTHING, Wording.NOTHING, "0", "0")
                : List.of(
                        Wording.duration(span.get().p50()),
                        Wording.duration(span.get().p95()),
                        Wording.duration(span.get().p99()),
                        Wording.count(span.get().requests()),
                        Wording.count(span.get().neverEnded()));
    }

    private String draw(Ground ground, String style, String label) {
        Svg svg = new Svg();
        double bottom = TOP + STRIP + HEIGHT;
        ground.draw(svg, TOP, bottom);
        scale(svg, ground.frame());
        for (int column = 0; column < ground.columns(); column++) {
            if (spans.get(column).map(span -> span.neverEnded() > 0).orElse(false)) {
                svg.rect("never", ground.x(column), TOP + 5, Math.max(3, ground.width(column) - 1), STRIP - 12, 1, "");
            }
        }
        LINES.forEach(line -> svg.path(line.style(), steps(ground, line.value())));
        LaneChart.hits(svg, ground, TOP, bottom, this::words);
        return svg.picture(style, ground.frame().width(), bottom + 22, label);
    }

    private String words(int column) {
        return spans.get(column)
                .map(span -> "p50 " + Wording.duration(span.p50()) + ", p95 " + Wording.duration(span.p95()) + ", p99 "
                        + Wording.duration(span.p99()) + ", " + Wording.count(span.requests(), "request")
                        + (span.neverEnded() == 0 ? "" : ", " + Wording.count(span.neverEnded()) + " never ended"))
                .orElse("no request");
    }

    private void scale(Svg svg, Frame frame) {
        for (long power = least; power <= most; power *= DECADE) {
            svg.line("grid", frame.left(), y(power), frame.right(), y(power));
            svg.text("tick", frame.left() - 6, y(power) + 4, "end", Wording.duration(power));
        }
        if (spans.stream().flatMap(Optional::stream).anyMatch(span -> span.neverEnded() > 0)) {
            svg.text("tick is-never", frame.left() - 6, y(Percentiles.NEVER) + 2, "end", "never");
        }
    }

    private double y(long nanos) {
        if (nanos == Percentiles.NEVER) {
            return TOP + STRIP / 2;
        }
        double part = Math.log((double) Math.max(least, nanos) / least) / Math.log((double) most / least);
        return TOP + STRIP + HEIGHT * (1 - part);
    }

    /** A level for each column; it breaks where there was no request. */
    private String steps(Ground ground, ToLongFunction<Span> value) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int column = 0; column < ground.columns(); column++) {
            Optional<Span> span = spans.get(column);
            if (span.isPresent()) {
                double y = y(value.applyAsLong(span.get()));
                double x = ground.x(column);
                path.append(drawing ? "L" : "M")
                        .append(Svg.number(x))
                        .append(' ')
                        .append(Svg.number(y));
                path.append('H').append(Svg.number(x + ground.width(column)));
            }
            drawing = span.isPresent();
        }
        return path.toString();
    }
}
