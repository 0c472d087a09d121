package dev.midwrite.controller.report;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.history.NodeShutdown;
import dev.midwrite.controller.history.NodeShutdown.Flight;
import dev.midwrite.controller.history.NodeShutdown.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How one node ended: the signal, the phases of its end, what was in flight and what was saved meanwhile. */
final class ShutdownChart {
    /** Nobody looks at more; where all went alike, the first ones say it. */
    private static final int MOST = 6;

    /** A Spring context alone has some dozens of beans, most of which end at once. */
    private static final int MOST_PARTS = 16;

    private static final double TOP = 20;
    private static final double FLIGHTS = 44;
    private static final double ROW = 22;
    private static final double BAR = 9;
    private static final long BEFORE = 300_000_000L;

    private final ReportInput input;
    private final NodeShutdown shutdown;
    private final Wording wording;
    private final int number;

    /** Hooks and phases, in order of their begin. */
    private final List<Stretch> parts;

    private final List<Stretch> drawn;

    private ShutdownChart(ReportInput input, NodeShutdown shutdown, int number) {
        this.input = input;
        this.shutdown = shutdown;
        this.number = number;
        this.wording = new Wording(input);
        this.parts = Stream.concat(shutdown.hooks().stream().map(ShutdownChart::hook), shutdown.phases().stream())
                .sorted(Comparator.comparingLong(Stretch::from))
                .toList();
        this.drawn = parts.stream()
                .sorted(Comparator.comparing((Stretch part) -> part.error().isEmpty())
                        .thenComparing(Comparator.comparingLong((Stretch part) -> lasting(part))
                                .reversed()))
                .limit(MOST_PARTS)
                .sorted(Comparator.comparingLong(Stretch::from))
                .toList();
    }

    private static Stretch hook(Stretch hook) {
        return new Stretch("hook " + hook.name(), hook.from(), hook.to(), hook.error());
    }

    private static long lasting(Stretch part) {
        return part.to() == NodeShutdown.NEVER ? Long.MAX_VALUE : part.to() - part.from();
    }

    /** Those that say most: what was killed or lost a save first, and then in order of time. */
    static List<Chart> of(ReportInput input) {
        List<NodeShutdown> all = input.shutdowns();
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparing(i -> !telling(all.get(i))))
                .limit(MOST)
                .sorted()
                .map(i -> new ShutdownChart(input, all.get(i), i + 1).chart())
                .toList();
    }

    private static boolean telling(NodeShutdown shutdown) {
        return shutdown.order().killed() || !ShutdownWords.findings(shutdown).isEmpty();
    }

    private Chart chart() {
        ChartText text = new ChartText(
                "shutdown-" + number,
                "How " + shutdown.order().node() + " ended, "
                        + wording.moment(shutdown.order().terminatedAt()),
                "Attempts of users under way on this node, sessions that it saved after SIGTERM, and the hooks and phases of its end"
                        + " that its journal knows"
                        + (shutdown.clockErrorNanos() > 0
                                ? ", give or take " + Wording.duration(shutdown.clockErrorNanos())
                                : "")
                        + "."
                        + (parts.size() > drawn.size()
                                ? " Of " + parts.size() + " the longest " + drawn.size()
                                        + " are drawn; the table has all."
                                : ""),
                ShutdownWords.summary(shutdown));
        return new Chart(
                text,
                Map.of(),
                Chart.pictures((frame, style) -> draw(frame, style, text.label())),
                List.of("What", "From SIGTERM", "Took", "Failed with"),
                rows());
    }

    private List<List<String>> rows() {
        Replacement order = shutdown.order();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("out of rotation", since(order.removedAt()), "", ""));
        rows.add(List.of("SIGTERM", since(order.terminatedAt()), "", ""));
        Stream.concat(parts.stream(), shutdown.saves().stream())
                .forEach(one -> rows.add(List.of(
                        one.name(),
                        since(one.from()),
                        one.to() == NodeShutdown.NEVER ? "no end" : Wording.duration(one.to() - one.from()),
                        one.error())));
        rows.add(List.of(
                order.killed() ? "SIGKILL, and its end" : "end of its process", since(order.endedAt()), "", ""));
        return rows;
    }

    private String since(long at) {
        long after = at - shutdown.order().terminatedAt();
        return after == 0 ? "0 s" : Wording.duration(after);
    }

    private String draw(Frame frame, String style, String label) {
        Replacement order = shutdown.order();
        long to = Math.max(order.endedAt(), order.routedUntil());
        long from = order.removedAt() - BEFORE;
        Scale scale = new Scale(from, to + (to - from) / 20, frame.left(), frame.right());
        Svg svg = new Svg();
        Lanes lanes = new Lanes(svg, scale, wording, input.origin());
        double bottom = TOP + FLIGHTS + ROW + drawn.size() * ROW + 10;
        lanes.axis(TOP, bottom);
        double base = TOP + FLIGHTS;
        lanes.name(base - 6, "in flight");
        svg.line("base", frame.left(), base, frame.right(), base);
        svg.path("span", flights(scale, base));
        lanes.name(base + ROW / 2, "saves");
        for (Stretch save : shutdown.saves()) {
            bar(svg, scale, save, base + ROW / 2, save.error().isEmpty() ? "bar-ok" : "bar-fail");
        }
        for (int i = 0; i < drawn.size(); i++) {
            Stretch part = drawn.get(i);
            double y = base + ROW + i * ROW + ROW / 2;
            bar(svg, scale, part, y, part.error().isEmpty() ? "bar-info" : "bar-fail");
            double x = scale.x(part.from());
            double width = Svg.widthOf(part.name());
            boolean right = x + width < frame.right();
            svg.text("event-label", right ? x + 2 : x - 2, y - BAR / 2 - 3, right ? "start" : "end", part.name());
        }
        lanes.milestone(order.removedAt(), TOP, bottom, TOP - 8, "out of rotation");
        if (order.routedUntil() > order.removedAt()) {
            lanes.milestone(order.routedUntil(), TOP, bottom, TOP + 4, "routing knows");
        }
        boolean close = scale.x(order.terminatedAt()) - scale.x(order.removedAt()) < Svg.widthOf("out of rotation");
        lanes.milestone(order.terminatedAt(), TOP, bottom, close ? TOP + 4 : TOP - 8, "SIGTERM");
        lanes.milestone(order.endedAt(), TOP, bottom, TOP + 4, order.killed() ? "SIGKILL" : "ended");
        return svg.picture(style, frame.width(), bottom + 22, label);
    }

    private void bar(Svg svg, Scale scale, Stretch one, double y, String style) {
        long end = Math.min(one.to(), shutdown.order().endedAt());
        double x = scale.x(one.from());
        svg.rect(
                style,
                x,
                y - BAR / 2,
                Math.max(2, scale.x(end) - x),
                BAR,
                1,
                one.name() + ", " + wording.moment(one.from())
                        + (one.error().isEmpty() ? "" : ", failed with " + one.error()));
    }

    /** Steps up where an attempt begins, and down where it ends. */
    private String flights(Scale scale, double base) {
        TreeMap<Long, Integer> turns = new TreeMap<>();
        for (Flight flight : shutdown.flights()) {
            turns.merge(flight.from(), 1, Integer::sum);
            turns.merge(Math.min(flight.to(), shutdown.order().endedAt()), -1, Integer::sum);
        }
        long most = 0;
        long now = 0;
        for (int turn : turns.values()) {
            now += turn;
            most = Math.max(most, now);
        }
        if (most == 0) {
            return "";
        }
        StringBuilder way = new StringBuilder();
        double height = base;
        now = 0;
        for (Map.Entry<Long, Integer> turn : turns.entrySet()) {
            double x = scale.x(turn.getKey());
            way.append(way.isEmpty() ? 'M' : 'L')
                    .append(Svg.number(x))
                    .append(' ')
                    .append(Svg.number(height));
            now += turn.getValue();
            height = base - (FLIGHTS - 4) * now / most;
            way.append('L').append(Svg.number(x)).append(' ').append(Svg.number(height));
        }
        return way.append('z').toString();
    }
}
