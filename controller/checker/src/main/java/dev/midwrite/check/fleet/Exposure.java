package dev.midwrite.check.fleet;

import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many acknowledged writes were on one node only, over time. Times are nanoseconds on the users' clock.
 *
 * @param curve the number from each moment at which it changed until the next
 * @param most at one time
 * @param writeNanos integral over time, of writes that the replica got in the end
 * @param never how many the replica never got: they stay in the curve for good
 * @param drainNanos how long after the heal the replica had all that was acknowledged before; empty if it never had, or
 *     nothing healed
 * @param plateauNanos how long at a stretch the curve stood at its most within the fault: a bounded queue that blocks or
 *     rejects makes a plateau, one that drops makes {@code never} grow
 */
public record Exposure(
        List<Point> curve, long most, double writeNanos, long never, OptionalLong drainNanos, long plateauNanos) {

    /** So many writes were on one node only from this moment on. */
    public record Point(long at, long writes) {}

    /** Sweeps over acknowledgements and arrivals: O(n log n). Writes that the replica confirmed first are never exposed. */
    static Exposure of(List<BackpressureCheck.Write> writes, BackpressureCheck.Window window) {
        List<long[]> steps = new ArrayList<>();
        double total = 0;
        long never = 0;
        long last = Long.MIN_VALUE;
        for (BackpressureCheck.Write write : writes) {
            if (write.outcome() != Outcome.OK || write.replicated() || write.appliedAt() <= write.returned()) {
                continue;
            }
            steps.add(new long[] {write.returned(), 1});
            if (write.appliedAt() == Long.MAX_VALUE) {
                never++;
            } else {
                steps.add(new long[] {write.appliedAt(), -1});
                total += write.appliedAt() - write.returned();
            }
            if (write.returned() <= window.healedAt()) {
                last = Math.max(last, write.appliedAt());
            }
        }
        List<Point> curve = curve(steps);
        long most = curve.stream().mapToLong(Point::writes).max().orElse(0);
        return new Exposure(curve, most, total, never, drain(last, window), plateau(curve, most, window));
    }

    /** @param steps moments, each with what is added then */
    static List<Point> curve(List<long[]> steps) {
        steps.sort((a, b) -> Long.compare(a[0], b[0]));
        List<Point> curve = new ArrayList<>();
        long open = 0;
        for (int i = 0; i < steps.size(); i++) {
            open += steps.get(i)[1];
            // Of all that happens at one moment only the sum was ever there.
            if (i + 1 == steps.size() || steps.get(i + 1)[0] != steps.get(i)[0]) {
                curve.add(new Point(steps.get(i)[0], open));
            }
        }
        return List.copyOf(curve);
    }

    private static OptionalLong drain(long last, BackpressureCheck.Window window) {
        boolean open = last == Long.MAX_VALUE || window.healedAt() == Long.MAX_VALUE;
        return open ? OptionalLong.empty() : OptionalLong.of(last <= window.healedAt() ? 0 : last - window.healedAt());
    }

    private static long plateau(List<Point> curve, long most, BackpressureCheck.Window window) {
        long longest = 0;
        for (int i = 0; most > 0 && i < curve.size(); i++) {
            if (curve.get(i).writes() == most) {
                long until = i + 1 < curve.size() ? curve.get(i + 1).at() : window.to();
                longest = Math.max(
                        longest, Math.min(until, window.to()) - curve.get(i).at());
            }
        }
        return longest;
    }
}
