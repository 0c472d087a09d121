package dev.midwrite.controller.report;

import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.Exposure.Point;
import java.util.List;

/** How many acknowledged writes were on one node only, over time, under the faults of the drill. */
final class ExposureCurve {
    private static final double HEIGHT = 90;
    /** Changes that fall on one pixel are one. */
    private static final double FINEST = 0.5;

    private final ReportInput input;

    ExposureCurve(ReportInput input) {
        this.input = input;
    }

    /** Empty if no write was ever on one node only. */
    String picture() {
        List<Point> curve = input.replication().exposed().curve();
        if (curve.isEmpty()) {
            return "";
        }
        Trial trial = input.trial();
        Svg svg = new Svg();
        long from = Math.min(input.origin(), curve.get(0).at());
        long last = curve.get(curve.size() - 1).at();
        long to = trial.settledAt() == Long.MAX_VALUE ? last : Math.max(last, trial.settledAt());
        Scale scale = new Scale(from, to + (to - from) / 20 + 1, Lanes.LEFT, Lanes.RIGHT);
        Lanes lanes = new Lanes(svg, scale, new Wording(input), input.origin());
        double top = lanes.bandRows(trial.faults()) * Lanes.BAND_ROW + 6;
        double bottom = top + HEIGHT;
        lanes.axis(top, bottom);
        lanes.bands(trial.faults(), 0, top, bottom);
        lanes.name(top + 8, Wording.count(most(curve), "write"));
        for (int i = 0; i < curve.size(); i++) {
            double x = scale.x(curve.get(i).at());
            long writes = curve.get(i).writes();
            while (i + 1 < curve.size() && scale.x(curve.get(i + 1).at()) - x < FINEST) {
                i++;
                writes = Math.max(writes, curve.get(i).writes());
            }
            double until = i + 1 < curve.size() ? scale.x(curve.get(i + 1).at()) : Lanes.RIGHT;
            double height = HEIGHT * writes / most(curve);
            svg.rect("op", x, bottom - height, Math.max(FINEST, until - x), height, 0, Wording.count(writes, "write"));
        }
        return svg.picture(Lanes.WIDTH, bottom + 22, "Acknowledged writes on one node only");
    }

    private static long most(List<Point> curve) {
        return Math.max(1, curve.stream().mapToLong(Point::writes).max().orElse(1));
    }
}
