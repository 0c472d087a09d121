package dev.midwrite.controller.curve;

import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Attempts by the time at which they were sent, and by how they ended.
 *
 * @param ok, {@code failed} and {@code unknown} per bucket, without final reads; unknown is what may have taken effect, and
 *     may still
 * @param finals final reads per bucket, however they ended
 * @param errors per bucket, by what came in the place of a good answer
 */
public record TrafficCurve(long[] ok, long[] failed, long[] unknown, long[] finals, SortedMap<Ending, long[]> errors) {

    static TrafficCurve of(Buckets buckets, List<UserOperation> operations) {
        long[] ok = new long[buckets.count()];
        long[] failed = new long[buckets.count()];
        long[] unknown = new long[buckets.count()];
        long[] finals = new long[buckets.count()];
        SortedMap<Ending, long[]> errors = new TreeMap<>();
        for (UserOperation operation : operations) {
            int index = buckets.index(operation.invoked());
            Ending ending = Ending.of(operation);
            if (operation.is(UserOperation.FINAL)) {
                finals[index]++;
            } else if (operation.outcome() == Outcome.INFO) {
                unknown[index]++;
            } else if (ending.good()) {
                ok[index]++;
            } else {
                failed[index]++;
            }
            if (!ending.good()) {
                errors.computeIfAbsent(ending, kind -> new long[buckets.count()])[index]++;
            }
        }
        return new TrafficCurve(ok, failed, unknown, finals, errors);
    }

    /** Of all buckets. */
    public static long total(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
