package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of a picture never cover each other. */
class LanesTest {
    private static final Pattern TEXT = Pattern.compile(
            "<text class=\"([a-z-]+)\" text-anchor=\"([a-z]+)\" x=\"([0-9.]+)\" y=\"([0-9.]+)\">([^<]+)<");

    private static final double LINE = 11;

    private final Svg svg = new Svg();
    private final Scale scale = new Scale(0, seconds(100), Lanes.LEFT, Lanes.RIGHT);
    private final Lanes lanes = new Lanes(svg, scale, new Wording(SampleRun.hostile()), 0);

    private record Label(double from, double to, double y) {
        static Label of(MatchResult text) {
            double x = Double.parseDouble(text.group(3));
            double width = Svg.widthOf(text.group(5));
            double from = text.group(2).equals("end") ? x - width : x;
            return new Label(from, from + width, Double.parseDouble(text.group(4)));
        }

        boolean covers(Label other) {
            return from < other.to && other.from < to && Math.abs(y - other.y) < LINE;
        }
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private List<Label> labels(String style) {
        List<Label> labels = new ArrayList<>();
        TEXT.matcher(svg.picture(Lanes.WIDTH, 200, "picture"))
                .results()
                .filter(text -> text.group(1).equals(style))
                .forEach(text -> labels.add(Label.of(text)));
        return labels;
    }

    private static void assertApart(List<Label> labels) {
        for (int i = 0; i < labels.size(); i++) {
            assertThat(labels.get(i).from()).isNotNegative();
            assertThat(labels.get(i).to()).isLessThanOrEqualTo(Lanes.WIDTH);
            for (int j = 0; j < i; j++) {
                assertThat(labels.get(i).covers(labels.get(j)))
                        .as(labels.get(i) + " covers " + labels.get(j))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 60", "60, 62", "93, 95", "89, 97", "95, 95", "1, 2", "0, 0", "80, 99"})
    void healedAndFinalReadsStayApart(long healed, long settled) {
        Trial trial = SampleRun.trial()
                .but()
                .healedAt(seconds(healed))
                .settledAt(seconds(settled))
                .build();
        lanes.milestones(trial, 20, 120);
        assertThat(labels("milestone-label")).hasSize(2);
        assertApart(labels("milestone-label"));
    }

    @Test
    void faultsThatOverlapHaveRowsOfTheirOwn() {
        List<Trial.Fault> faults = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> new Trial.Fault(
                        i, "delay", "session.save", "node-" + i, seconds(10 + i), seconds(40 + i), 1, 1, List.of()))
                .toList();
        assertThat(lanes.bandRows(faults)).isEqualTo(6);
        lanes.bands(faults, 0, 100, 150);
        assertThat(labels("band-label")).hasSize(6);
        assertApart(labels("band-label"));
    }
}
