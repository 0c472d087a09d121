package dev.midwrite.controller.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A node's clock against the controller's over a run. Each observation bounds the offset at its moment, and the offset
 * moves by no more than {@link #DRIFT} of the time between; all that is said of a moment is intersected, nothing is ever
 * moved. Immutable; O(n log n) to make, O(log n) to ask.
 *
 * <p>If no offset fits them all, a clock was set or stood still: then the track is {@linkplain #contradiction broken}, and
 * its interval is as wide as everything that was ever observed.
 */
public final class ClockTrack {
    /** Two clocks, each kept right by slewing it by at most 500 parts in a million, as NTP does. */
    public static final double DRIFT = 0.001;

    private final long[] at;
    private final long[] lower;
    private final long[] upper;
    private final long contradiction;
    private final long contradictedAt;
    private final boolean constant;

    private ClockTrack(List<ClockBound> bounds, boolean constant) {
        List<ClockBound> sorted = new ArrayList<>(bounds);
        sorted.sort(Comparator.comparingLong(ClockBound::at));
        int size = sorted.size();
        at = new long[size];
        lower = new long[size];
        upper = new long[size];
        for (int i = 0; i < size; i++) {
            at[i] = sorted.get(i).at();
            lower[i] = sorted.get(i).lower();
            upper[i] = sorted.get(i).upper();
        }
        int broken = -1;
        long most = 0;
        for (int i = 0; i < size; i++) {
            broken = intersect(i, i - 1) && broken < 0 ? i : broken;
            most = Math.max(most, lower[i] - upper[i]);
        }
        contradiction = most;
        contradictedAt = broken < 0 ? 0 : at[broken];
        this.constant = constant || broken >= 0;
        if (broken >= 0) {
            widest(sorted);
            return;
        }
        for (int i = size - 2; i >= 0; i--) {
            intersect(i, i + 1);
        }
    }

    /** @throws IllegalArgumentException if there is none that bounds both sides */
    public static ClockTrack of(List<ClockBound> bounds) {
        if (bounds.stream().noneMatch(ClockBound::bothSides)) {
            throw new IllegalArgumentException("no exchange with the node");
        }
        return new ClockTrack(bounds, false);
    }

    /** These bounds hold at every moment. */
    public static ClockTrack constant(long lower, long upper) {
        return new ClockTrack(List.of(new ClockBound(0, lower, upper)), true);
    }

    /** Takes over what the neighbour knows; returns whether nothing is left. */
    private boolean intersect(int i, int neighbour) {
        if (neighbour >= 0) {
            long drift = drift(at[i] - at[neighbour]);
            lower[i] = Math.max(lower[i], lower[neighbour] - drift);
            upper[i] = Math.min(upper[i], upper[neighbour] + drift);
        }
        return lower[i] > upper[i];
    }

    private void widest(List<ClockBound> bounds) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (ClockBound bound : bounds) {
            if (bound.bothSides()) {
                least = Math.min(least, bound.lower());
                most = Math.max(most, bound.upper());
            }
        }
        Arrays.fill(lower, least);
        Arrays.fill(upper, most);
    }

    private static long drift(long nanos) {
        return (long) Math.ceil(Math.abs((double) nanos) * DRIFT);
    }

    /** By how many nanoseconds observations contradict each other; 0 if they do not. */
    public long contradiction() {
        return contradiction;
    }

    /** When the first of them did, on the controller's clock. */
    public long contradictedAt() {
        return contradictedAt;
    }

    /** The widest half-width of an interval where something was observed. */
    public long error() {
        long most = 0;
        for (int i = 0; i < at.length; i++) {
            most = Math.max(most, new ClockBound(at[i], lower[i], upper[i]).halfWidth());
        }
        return most;
    }

    /** The offset's interval at a moment of the controller's clock. */
    public ClockBound at(long controllerNanos) {
        if (constant) {
            return new ClockBound(controllerNanos, lower[0], upper[0]);
        }
        int after = firstAfter(controllerNanos);
        long least = Long.MIN_VALUE;
        long most = Long.MAX_VALUE;
        if (after > 0) {
            long drift = drift(controllerNanos - at[after - 1]);
            least = lower[after - 1] - drift;
            most = upper[after - 1] + drift;
        }
        if (after < at.length) {
            long drift = drift(at[after] - controllerNanos);
            least = Math.max(least, lower[after] - drift);
            most = Math.min(most, upper[after] + drift);
        }
        return new ClockBound(controllerNanos, least, most);
    }

    /** The offset's interval when the node's clock showed this. */
    public ClockBound atNode(long nodeNanos) {
        // When that was depends on the offset, which hardly moves meanwhile.
        ClockBound near = at(nodeNanos - new ClockBound(0, lower[0], upper[0]).middle());
        return at(nodeNanos - near.middle());
    }

    private int firstAfter(long time) {
        int low = 0;
        int high = at.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
