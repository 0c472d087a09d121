package dev.midwrite.controller.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Numbers as bars, each kind in a lane with a scale of its own: ten failures beside ten thousand answers are seen, and no
 * colour has to be told from another.
 */
final class LaneChart {
    private static final double NAME_ROW = 15;
    private static final double GAP = 10;
    /** A number that is not zero is seen. */
    private static final double LEAST = 2.5;

    private LaneChart() {}

    /**
     * One kind of number.
     *
     * @param style of its bars
     * @param height of its greatest bar, in user units
     * @param caption a word or two on its size
     * @param words for a value
     */
    record Lane(String name, String style, double height, String caption, long[] values, LongFunction<String> words) {

        /** One whose caption is its greatest value. */
        static Lane upTo(String name, String style, double height, long[] values, LongFunction<String> words) {
            long most = LongStream.of(values).max().orElse(0);
            return new Lane(name, style, height, most == 0 ? "none" : "up to " + words.apply(most), values, words);
        }

        long most() {
            long most = 0;
            for (long value : values) {
                most = Math.max(most, value);
            }
            return most;
        }

        boolean nothing() {
            return most() == 0;
        }
    }

    private static String draw(Ground ground, List<Lane> lanes, String style, String label) {
        Svg svg = new Svg();
        boolean narrow = ground.frame() == Frame.NARROW;
        double top = 6;
        double bottom = top;
        for (Lane lane : lanes) {
            bottom += height(lane, narrow) + GAP;
        }
        ground.draw(svg, top, bottom);
        double y = top;
        for (Lane lane : lanes) {
            y += height(lane, narrow) + GAP;
            draw(svg, ground, lane, y);
            name(svg, ground.frame(), lane, y);
        }
        hits(svg, ground, top, bottom, column -> words(lanes, column));
        return svg.picture(style, ground.frame().width(), bottom + 22, label);
    }

    /** An empty lane takes as much as its name. */
    private static double height(Lane lane, boolean narrow) {
        double bars = lane.nothing() ? 8 : lane.height();
        return narrow ? bars + NAME_ROW : Math.max(bars, 2 * NAME_ROW - 4);
    }

    private static void draw(Svg svg, Ground ground, Lane lane, double base) {
        Frame frame = ground.frame();
        svg.line("base", frame.left(), base, frame.right(), base);
        for (int column = 0; column < ground.columns(); column++) {
            long value = lane.values()[column];
            if (value > 0) {
                double height = Math.max(LEAST, lane.height() * value / lane.most());
                double width = ground.width(column);
                double gap = Math.min(1, width / 4);
                svg.rect(lane.style(), ground.x(column), base - height, width - gap, height, 0, "");
            }
        }
    }

    private static void name(Svg svg, Frame frame, Lane lane, double base) {
        if (frame == Frame.NARROW) {
            double y = base - height(lane, true) + 10;
            svg.text("lane-caption", frame.left() + 3, y, "start", lane.name() + ", " + lane.caption());
        } else {
            svg.text("lane-name", frame.left() - 12, base - 14, "end", lane.name());
            svg.text("lane-caption", frame.left() - 12, base - 1, "end", lane.caption());
        }
    }

    private static String words(List<Lane> lanes, int column) {
        return lanes.stream()
                .map(lane -> lane.name() + " " + lane.words().apply(lane.values()[column]))
                .collect(Collectors.joining(", "));
    }

    /** Columns that say what they hold, to a pointer and to the page's script. */
    static void hits(Svg svg, Ground ground, double top, double bottom, IntFunction<String> words) {
        for (int column = 0; column < ground.columns(); column++) {
            svg.rect(
                    "hit",
                    ground.x(column),
                    top,
                    ground.width(column),
                    bottom - top,
                    0,
                    ground.label(column) + ": " + words.apply(column));
        }
    }

    static Chart of(ChartText text, Function<Frame, Ground> grounds, List<Lane> lanes) {
        Ground ground = grounds.apply(Frame.WIDE);
        return new Chart(
                text,
                Map.of(),
                Chart.pictures((frame, style) -> draw(grounds.apply(frame), lanes, style, text.label())),
                Chart.head(ground, lanes.stream().map(Lane::name).toList()),
                Chart.rows(
                        ground,
                        column -> lanes.stream()
                                .map(lane -> lane.words().apply(lane.values()[column]))
                                .toList()));
    }
}
