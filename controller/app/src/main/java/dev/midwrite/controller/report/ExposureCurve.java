package dev.midwrite.controller.report;

import dev.midwrite.check.fleet.Exposure.Point;
import dev.midwrite.controller.report.LaneChart.Lane;
import java.util.List;
import java.util.Optional;

/** How many acknowledged writes were on one node only, over the time of the drill. */
final class ExposureCurve {
    private static final double HEIGHT = 64;

    private final ReportInput input;

    ExposureCurve(ReportInput input) {
        this.input = input;
    }

    /** Empty if no write was ever on one node only. */
    Optional<Chart> chart() {
        List<Point> curve = input.replication().exposed().curve();
        if (curve.isEmpty()) {
            return Optional.empty();
        }
        long most = curve.stream().mapToLong(Point::writes).max().orElse(0);
        long left = curve.get(curve.size() - 1).writes();
        return Optional.of(LaneChart.of(
                new ChartText(
                        "exposure",
                        "Exposure",
                        "Acknowledged writes that no second node had; of each stretch of time the most.",
                        "Up to " + Wording.count(most, "write") + " at one time, " + Wording.count(left)
                                + " in the end."),
                frame -> new TimeGround(input, frame),
                List.of(new Lane(
                        "exposed",
                        "bar-info",
                        HEIGHT,
                        "up to " + Wording.count(most),
                        StandingValues.of(curve, input.curves().buckets()),
                        Wording::count))));
    }
}
