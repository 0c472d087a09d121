package dev.midwrite.check.fleet;

import dev.midwrite.check.fleet.BackpressureCheck.Sign;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds whether any sign lies near a write: O(log n) each. */
final class Signs {
    private final long[] from;
    /** By place in the order of {@code from}: the latest end of this sign and those before it. */
    private final long[] latestTo;

    Signs(List<Sign> signs) {
        List<Sign> sorted =
                signs.stream().sorted(Comparator.comparingLong(Sign::from)).toList();
        from = sorted.stream().mapToLong(Sign::from).toArray();
        latestTo = sorted.stream().mapToLong(Sign::to).toArray();
        for (int i = 1; i < latestTo.length; i++) {
            latestTo[i] = Math.max(latestTo[i], latestTo[i - 1]);
        }
    }

    /** Whether a sign lasted at some moment of this span, or was no farther from it than that. */
    boolean within(long begin, long end, long distance) {
        int found = Arrays.binarySearch(from, end + distance);
        int last = found < 0 ? -found - 2 : found;
        while (last + 1 < from.length && from[last + 1] == end + distance) {
            last++;
        }
        return last >= 0 && latestTo[last] >= begin - distance;
    }
}
