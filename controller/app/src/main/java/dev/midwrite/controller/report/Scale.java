package dev.midwrite.controller.report;

import java.util.ArrayList;
import java.util.List;

/** Real time on a horizontal axis. */
record Scale(long from, long to, double left, double right) {
    private static final int MOST_TICKS = 9;
    /** Labels of ticks need this much room. */
    private static final double TICK = 54;

    double x(long nanos) {
        long inside = Math.max(from, Math.min(to, nanos));
        return left + (right - left) * ((double) (inside - from) / Math.max(1, to - from));
    }

    double width(long nanos) {
        return (right - left) * ((double) nanos / Math.max(1, to - from));
    }

    boolean shows(long since, long until) {
        return since <= to && until >= from;
    }

    boolean shows(long nanos) {
        return shows(nanos, nanos);
    }

    /** Round moments after the origin, as many as can be read. */
    List<Long> ticks(long origin) {
        long step = 1;
        int[] factors = {2, 5, 10};
        long decade = 1;
        int next = 0;
        int most = (int) Math.max(2, Math.min(MOST_TICKS, (right - left) / TICK));
        while ((to - from) / step > most) {
            step = decade * factors[next];
            if (factors[next] == 10) {
                decade *= 10;
            }
            next = (next + 1) % factors.length;
        }
        List<Long> ticks = new ArrayList<>();
        for (long tick = -Math.floorDiv(origin - from, step) * step; tick + origin <= to; tick += step) {
            ticks.add(tick + origin);
        }
        return ticks;
    }
}
