package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.StartFigures;
import dev.midwrite.controller.report.LaneChart.Lane;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What users met at nodes that came back: whether a cold start is felt, and whether all ask the store at once. */
final class StartChart {
    private static final double HEIGHT = 28;

    private final List<StartFigures> figures;

    /** @param figures in order of time */
    StartChart(List<StartFigures> figures) {
        this.figures = figures;
    }

    /** Empty if no node came back. */
    Optional<Chart> chart() {
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = IntStream.range(0, figures.size())
                .mapToObj(i -> (i + 1) + " " + figures.get(i).start().node())
                .toList();
        return Optional.of(LaneChart.of(
                new ChartText(
                        "starts",
                        "After a start",
                        "Nodes that served again after their process had ended, in order of time, in their first ten"
                                + " seconds with users: each session's first attempt there, and what they asked the store"
                                + " for users, in lanes with scales of their own.",
                        (figures.size() == 1 ? "One start" : Wording.count(figures.size()) + " starts")
                                + "; p95 of first attempts up to "
                                + span(most(StartFigures::first)) + ", of further ones up to "
                                + span(most(StartFigures::further)) + "."),
                frame -> new TrialGround("Start", frame, names),
                List.of(
                        lane("sessions", StartFigures::sessions, Wording::count),
                        lane("half were there after", StartFigures::half, Wording::duration),
                        lane("p95, first attempts", StartFigures::first, StartChart::span),
                        lane("p95, further ones", StartFigures::further, StartChart::span),
                        lane("commands, 1st second", StartFigures::herd, Wording::count),
                        lane("commands/s later", StartFigures::usual, Wording::count))));
    }

    private LongStream values(ToLongFunction<StartFigures> figure) {
        return figures.stream().mapToLong(figure);
    }

    private long most(ToLongFunction<StartFigures> figure) {
        return values(figure).max().orElse(0);
    }

    private static String span(long nanos) {
        return nanos == UserOperation.NEVER ? "never" : Wording.duration(nanos);
    }

    private Lane lane(String name, ToLongFunction<StartFigures> figure, LongFunction<String> words) {
        long most = most(figure);
        return new Lane(
                name,
                "bar-ok",
                HEIGHT,
                most == 0 ? "none" : "up to " + words.apply(most),
                values(figure).toArray(),
                words);
    }
}
