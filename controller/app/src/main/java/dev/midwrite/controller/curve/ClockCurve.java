package dev.midwrite.controller.curve;

import dev.midwrite.controller.history.RunFacts;
import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.controller.serve.ClockTrack;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock of one start of a node against the users', as far as exchanges bound it. Only what changes is told: two monotonic
 * clocks begin anywhere, so the offset counts from the middle of the first interval.
 *
 * @param bounds in order of time, at most {@link Buckets#MOST}
 */
public record ClockCurve(String node, List<Bound> bounds) {

    /** Nanoseconds; {@code at} on the users' clock. */
    public record Bound(long at, long lower, long upper) {}

    static List<ClockCurve> of(RunFacts facts) {
        return facts.fleet().clocks().stream()
                .filter(clock -> !clock.bounds().isEmpty())
                .map(clock -> of(clock, facts.origin().originNanos()))
                .toList();
    }

    private static ClockCurve of(RunFacts.ClockFacts clock, long originNanos) {
        ClockTrack track = ClockTrack.of(clock.bounds());
        List<Long> moments =
                clock.bounds().stream().map(ClockBound::at).sorted().toList();
        int step = (moments.size() + Buckets.MOST - 1) / Buckets.MOST;
        long start = track.at(moments.get(0)).middle();
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < moments.size(); i += step) {
            ClockBound bound = track.at(moments.get(i));
            bounds.add(new Bound(bound.at() - originNanos, bound.lower() - start, bound.upper() - start));
        }
        return new ClockCurve(clock.node(), List.copyOf(bounds));
    }
}
