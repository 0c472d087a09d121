package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.campaign.TrialResult;
import dev.midwrite.check.fleet.CopyDrift;
import dev.midwrite.check.fleet.Exposure.Point;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.controller.curve.ClockCurve;
import dev.midwrite.controller.curve.ReplacementFigures;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.curve.StartFigures;
import dev.midwrite.controller.history.NodeStart;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Pattern BAR =
            Pattern.compile("<rect class=\"bar-([a-z-]+)\" x=\"([-0-9.]+)\" y=\"([-0-9.]+)\" width=\"([-0-9.]+)\""
                    + " height=\"([-0-9.]+)\"");

    private static UserOperation operation(long i, Outcome outcome) {
        double at = i * 0.002;
        return SampleRun.operation(
                1 + i % 100, OperationKind.READ, at, outcome == Outcome.INFO ? -1 : at + 0.01, 1 + i, 1, outcome, 0, 0);
    }

    private static Chart chart(ReportInput input, String key) {
        return new CurveCharts(input)
                .charts().stream()
                        .filter(chart -> chart.text().key().equals(key))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void oneUnknownBesideTenThousandAnswersIsSeen() {
        List<UserOperation> operations = IntStream.range(0, 10_000)
                .mapToObj(i -> operation(i, i == 5_000 ? Outcome.INFO : Outcome.OK))
                .toList();
        Chart throughput = chart(SampleRun.with(operations), "throughput");
        List<MatchResult> unknown = BAR.matcher(throughput.picture())
                .results()
                .filter(bar -> bar.group(1).equals("info"))
                .toList();
        // One for each size of the picture.
        assertThat(unknown).hasSize(2).allMatch(bar -> Double.parseDouble(bar.group(5)) >= 2);
        assertThat(throughput.text().summary()).contains("9,999 ok", "1 unknown");
        assertThat(throughput.rows()).anyMatch(row -> !row.get(3).equals("0"));
        assertThat(chart(SampleRun.with(operations), "latency").picture()).contains("class=\"never\"");
    }

    @Test
    void tenThousandOperationsMakeNoLargerChartsThanAThousand() {
        int thousand = size(1_000);
        assertThat(size(10_000)).isLessThan(3 * thousand).isLessThan(250_000);
    }

    private static int size(int operations) {
        List<UserOperation> all = IntStream.range(0, operations)
                .mapToObj(i -> operation(i * (10_000L / operations), i % 7 == 0 ? Outcome.INFO : Outcome.OK))
                .toList();
        return new CurveCharts(SampleRun.with(all))
                .charts().stream()
                        .mapToInt(chart -> chart.picture().length()
                                + chart.rows().toString().length())
                        .sum();
    }

    @Test
    void everyColumnStaysWithinItsPicture() {
        for (Chart chart : new CurveCharts(SampleRun.failed()).charts()) {
            BAR.matcher(chart.picture()).results().forEach(bar -> {
                double x = Double.parseDouble(bar.group(2));
                double width = Double.parseDouble(bar.group(4));
                assertThat(width).isNotNegative();
                assertThat(x).isNotNegative();
                assertThat(x + width).isLessThanOrEqualTo(Frame.WIDE.right() + 1);
                assertThat(Double.parseDouble(bar.group(3))).isNotNegative();
            });
        }
    }

    @Test
    void everyChartSaysInWordsWhatItShows() {
        List<Chart> charts = new CurveCharts(SampleRun.failed()).charts();
        assertThat(charts)
                .extracting(chart -> chart.text().key())
                .containsExactly("throughput", "latency", "errors", "sessions", "failover");
        assertThat(charts).allSatisfy(chart -> {
            assertThat(chart.text().summary()).isNotBlank();
            assertThat(chart.picture()).contains(chart.text().title() + ". ");
            assertThat(chart.rows())
                    .isNotEmpty()
                    .allMatch(row -> row.size() == chart.head().size());
        });
    }

    @Test
    void aUserWhoWasNeverServedAgainIsDrawnToTheEdge() {
        Chart failover = chart(SampleRun.failed(), "failover");
        assertThat(failover.text().summary()).contains("one was not served again");
        assertThat(BAR.matcher(failover.picture())
                        .results()
                        .filter(bar -> bar.group(1).equals("never")))
                .hasSize(2);
    }

    @Test
    void trialsStandBesideEachOtherWithWhatNeverEnded() {
        ReportInput run = SampleRun.failed();
        CampaignInput campaign = new CampaignInput(
                run.judgement(),
                run.evidence(),
                List.of("a"),
                List.of("a.yaml"),
                1,
                "repeat",
                Map.of(),
                Instant.EPOCH,
                2,
                List.of(trial("trial-1", run, run.curves()), trial("trial-2", run, RunCurves.NONE)));
        List<Chart> charts = new TrialCharts(campaign).charts();
        assertThat(charts)
                .extracting(chart -> chart.text().key())
                .containsExactly("throughput", "latency", "sessions", "failover");
        assertThat(charts)
                .allSatisfy(chart ->
                        assertThat(chart.rows()).extracting(row -> row.get(0)).containsExactly("trial-1", "trial-2"));
        assertThat(charts.get(3).rows().get(0)).containsExactly("trial-1", "400 ms", "1");
        assertThat(charts.get(0).text().summary()).contains("2 unknown");
    }

    private static CampaignInput.Trial trial(String name, ReportInput run, RunCurves curves) {
        return new CampaignInput.Trial(
                new TrialResult(name, "a", "crash", 1, run.judgement(), Figures.NONE), "", Duration.ZERO, curves);
    }

    private static ReportInput drifting(CopyDrift... drifts) {
        ReplicationFigures figures = new ReplicationFigures(
                3, List.of(), ReplicationFigures.NONE.exposed(), List.of(drifts), List.of(), 0, List.of());
        return new ChangedInput(SampleRun.failed()).replication(figures).build();
    }

    @Test
    void eachNodesCopiesAreDrawnAsFarAsTheyWereBehind() {
        CopyDrift caughtUp = new CopyDrift(
                "node-2",
                List.of(new Point(SampleRun.at(3), 2), new Point(SampleRun.at(6), 0)),
                2,
                0,
                0,
                OptionalLong.of(250_000_000));
        CopyDrift lasting =
                new CopyDrift("node-1", List.of(new Point(SampleRun.at(4), 1)), 1, 1, 5, OptionalLong.empty());
        CopyDrift inStep = new CopyDrift("node-3", List.of(), 0, 0, 0, OptionalLong.of(0));
        Chart drift = chart(drifting(caughtUp, lasting, inStep), "drift");
        assertThat(drift.text().summary())
                .isEqualTo(
                        "node-1: up to 1 session, 1 for good, and of 5 writes nobody knows; node-2: up to 2 sessions,"
                                + " caught up 250 ms after the heal.");
        assertThat(drift.head()).containsExactly("Time", "node-1", "node-2");
        assertThat(drift.rows())
                .anySatisfy(row -> assertThat(row).startsWith("3.5 – 4.0 s").endsWith("0", "2"))
                .anySatisfy(row -> assertThat(row).startsWith("6.5 – 7.0 s").endsWith("1", "0"));
    }

    @Test
    void whereNoCopyWasEverBehindNothingIsDrawn() {
        CopyDrift inStep = new CopyDrift("node-3", List.of(), 0, 0, 0, OptionalLong.of(0));
        assertThat(new CurveCharts(drifting(inStep)).charts())
                .extracting(each -> each.text().key())
                .doesNotContain("drift");
        assertThat(new CurveCharts(drifting()).charts())
                .extracting(each -> each.text().key())
                .doesNotContain("drift");
    }

    @Test
    void clocksAreDrawnBetweenTheirBounds() {
        RunCurves curves = RunCurves.of(
                List.of(operation(0, Outcome.OK), operation(9_000, Outcome.OK)),
                SampleRun.trial().nodes(),
                Set.of(),
                Optional.empty(),
                List.of(),
                List.of(new ClockCurve(
                        "node-1",
                        List.of(
                                new ClockCurve.Bound(SampleRun.at(1), -200_000, 300_000),
                                new ClockCurve.Bound(SampleRun.at(8), -100_000, 100_000)))));
        Chart clocks = chart(SampleRun.with(curves), "clocks");
        assertThat(clocks.text().summary()).contains("±300 µs");
        assertThat(clocks.rows()).contains(List.of("node-1, 8.000 s", "-100 µs", "100 µs"));
        assertThat(clocks.picture()).contains("class=\"span\" d=\"M");
    }

    @Test
    void aRunInWhichNobodyDidAnythingHasNone() {
        assertThat(new CurveCharts(SampleRun.with(List.of())).charts()).isEmpty();
    }

    @Test
    void nodesThatWereReplacedStandBesideEachOther() {
        List<ReplacementFigures> figures = IntStream.range(0, 100)
                .mapToObj(i -> new ReplacementFigures(
                        new Replacement(
                                i % 2 == 0 ? "node-1" : "node-2",
                                SampleRun.at(i),
                                SampleRun.at(i + 0.1),
                                SampleRun.at(i + 0.2),
                                SampleRun.at(i + 0.3),
                                i == 7,
                                SampleRun.at(i + 0.8)),
                        200,
                        i == 7 ? 3 : 0,
                        5_000_000))
                .toList();
        Chart chart = new RolloutChart(figures).chart().orElseThrow();
        assertThat(chart.text().summary())
                .isEqualTo("100 nodes replaced, 1 killed; 3 of 20,000 attempts meanwhile not answered well.");
        assertThat(chart.rows().get(7)).containsExactly("8 node-2", "200", "3", "5 ms", "100 ms", "800 ms");
        assertThat(chart.rows()).hasSize(100);
        assertThat(new RolloutChart(figures.subList(0, 3)).chart())
                .as("no trend")
                .isEmpty();
    }

    /** A wide chart has room for so many letters beside its lanes. */
    @Test
    void startsStandBesideEachOtherUnderNamesThatHaveRoom() {
        NodeStart start = new NodeStart("node-1", SampleRun.at(1), List.of(), List.of());
        Chart chart = new StartChart(List.of(
                        new StartFigures(start, 40, 211_000_000, 317_000_000, 25_600_000, 350, 78),
                        new StartFigures(start, 40, 200_000_000, UserOperation.NEVER, 20_000_000, 90, 80)))
                .chart()
                .orElseThrow();

        assertThat(chart.text().summary())
                .isEqualTo("2 starts; p95 of first attempts without end, of further ones up to 25.6 ms.");
        assertThat(chart.rows().get(0)).containsExactly("1 node-1", "40", "211 ms", "317 ms", "25.6 ms", "350", "78");
        assertThat(chart.head()).allSatisfy(name -> assertThat(name).hasSizeLessThan(14));
        assertThat(new StartChart(List.of()).chart()).isEmpty();
    }
}
