package dev.midwrite.controller.report;

import dev.midwrite.controller.curve.StartFigures;
import dev.midwrite.controller.report.LaneChart.Lane;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

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
                                + " seconds with users: how soon half of the sessions had come, their first attempts there"
                                + " beside further ones, and how many commands the store was sent for them, in lanes with"
                                + " scales of their own.",
                        (figures.size() == 1 ? "One start" : Wording.count(figures.size()) + " starts")
                                + "; p95 of first attempts " + upTo(StartFigures::first) + ", of further ones "
                                + upTo(StartFigures::further) + "."),
                frame -> new TrialGround("Start", frame, names),
                List.of(
                        lane("sessions", StartFigures::sessions, Wording::count),
                        lane("half within", StartFigures::half, Wording::duration),
                        lane("p95, first", StartFigures::first, Wording::duration),
                        lane("p95, further", StartFigures::further, Wording::duration),
                        lane("store, 1st s", StartFigures::herd, Wording::count),
                        lane("store/s later", StartFigures::usual, Wording::count))));
    }

    private String upTo(ToLongFunction<StartFigures> figure) {
        long most = figures.stream().mapToLong(figure).max().orElse(0);
        return most == UserOperation.NEVER ? "without end" : "up to " + Wording.duration(most);
    }

    private Lane lane(String name, ToLongFunction<StartFigures> figure, LongFunction<String> words) {
        return Lane.upTo(
                name, "bar-ok", HEIGHT, figures.stream().mapToLong(figure).toArray(), words);
    }
}
