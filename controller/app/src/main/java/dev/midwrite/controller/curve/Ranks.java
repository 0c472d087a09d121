package dev.midwrite.controller.curve;

import dev.midwrite.event.UserOperation;
import org.HdrHistogram.AbstractHistogram;

/** Percentiles of what ended and of what never did, which is longer than all that ended. */
public final class Ranks {
    private Ranks() {}

    /**
     * The least duration that this share of all samples, finished or not, does not exceed; {@link UserOperation#NEVER} if
     * it is one that never ended.
     *
     * @param share from 0 to 1
     */
    public static long at(AbstractHistogram histogram, long unfinished, double share) {
        long finished = histogram.getTotalCount();
        long rank = (long) Math.ceil(share * (finished + unfinished) - 1e-9);
        return rank > finished ? UserOperation.NEVER : histogram.getValueAtPercentile(100.0 * rank / finished);
    }
}
