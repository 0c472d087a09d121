package dev.midwrite.controller.curve;

import dev.midwrite.event.UserOperation;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Percentiles of what ended and of what never did, which is longer than all that ended. */
public final class Ranks {
    private static final int DIGITS = 3;

    private Ranks() {}

    /** The same of how long operations took, from when they were sent; 0 if there are none. */
    static long at(List<UserOperation> operations, double share) {
        if (operations.isEmpty()) {
            return 0;
        }
        Histogram answered = new Histogram(DIGITS);
        long unanswered = 0;
        for (UserOperation operation : operations) {
            if (operation.returned() == UserOperation.NEVER) {
                unanswered++;
            } else {
                answered.recordValue(Math.max(0, operation.returned() - operation.invoked()));
            }
        }
        return at(answered, unanswered, share);
    }

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
