package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.ReplacementFigures;
import dev.midwrite.controller.report.LaneChart.Lane;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What users met while nodes were replaced, node by node: whether the hundredth goes as the first did. */
final class RolloutChart {
    /** Fewer make no trend. */
    private static final int LEAST = 4;

    private static final double HEIGHT = 28;

    private final List<ReplacementFigures> figures;

    /** @param figures in order of time */
    RolloutChart(List<ReplacementFigures> figures) {
        this.figures = figures;
    }

    Optional<Chart> chart() {
        if (figures.size() < LEAST) {
            return Optional.empty();
        }
        List<String> names = IntStream.range(0, figures.size())
                .mapToObj(i -> (i + 1) + " " + figures.get(i).replacement().node())
                .toList();
        long bad = figures.stream().mapToLong(ReplacementFigures::bad).sum();
        long killed =
                figures.stream().filter(each -> each.replacement().killed()).count();
        return Optional.of(LaneChart.of(
                new ChartText(
                        "rollouts",
                        "Node by node",
                        "Nodes that rollouts replaced, in order of time, and all attempts of users from a node's removal"
                                + " until its successor served, in lanes with scales of their own.",
                        Wording.count(figures.size(), "node") + " replaced, " + Wording.count(killed) + " killed; "
                                + Wording.count(bad) + " of "
                                + Wording.count(
                                        figures.stream()
                                                .mapToLong(ReplacementFigures::attempts)
                                                .sum(),
                                        "attempt")
                                + " meanwhile not answered well."),
                frame -> new TrialGround("Node", frame, names),
                List.of(
                        lane("attempts", "bar-ok", ReplacementFigures::attempts, Wording::count),
                        lane("not answered well", "bar-fail", ReplacementFigures::bad, Wording::count),
                        lane("p99", "bar-ok", ReplacementFigures::p99, Wording::duration),
                        lane("end after SIGTERM", "bar-ok", ReplacementFigures::ending, Wording::duration),
                        lane("whole", "bar-ok", ReplacementFigures::whole, Wording::duration))));
    }

    private Lane lane(
            String name, String style, ToLongFunction<ReplacementFigures> figure, LongFunction<String> words) {
        return Lane.upTo(name, style, HEIGHT, figures.stream().mapToLong(figure).toArray(), words);
    }
}
