package dev.midwrite.controller.report;

import dev.midwrite.check.fleet.Exposure.Point;
import dev.midwrite.controller.curve.Buckets;
import java.util.List;

/** A number that stands until it changes, by stretches of time. */
final class StandingValues {

    private StandingValues() {}

    /**
     * The most at any moment of each stretch.
     *
     * @param curve in order of time
     */
    static long[] of(List<Point> curve, Buckets buckets) {
        long[] values = new long[buckets.count()];
        int next = 0;
        long standing = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = standing;
            while (next < curve.size() && curve.get(next).at() < buckets.end(i)) {
                standing = curve.get(next).writes();
                values[i] = Math.max(values[i], standing);
                next++;
            }
        }
        return values;
    }
}
