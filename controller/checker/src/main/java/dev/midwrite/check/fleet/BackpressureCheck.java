package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Does a store that cannot replicate say so, or does it acknowledge in silence? */
public final class BackpressureCheck {
    private static final Property PROPERTY = Property.BACKPRESSURE;
    /** An answer that takes so many times the steady 99th percentile was held back. */
    private static final int SLOW = 3;

    private BackpressureCheck() {}

    /**
     * One write while a replica was out of reach. Times are nanoseconds on the users' clock.
     *
     * @param replicated a replica confirmed before the user was answered
     * @param signalled a node journaled within a second that it goes on without its replica
     * @param appliedAt at the replica; {@link Long#MAX_VALUE} for never
     */
    public record Write(
            long session,
            long invoked,
            long returned,
            Outcome outcome,
            boolean replicated,
            boolean signalled,
            long appliedAt) {}

    /** How the store dealt with a write. */
    public enum Treatment {
        REPLICATED,
        REJECTED,
        DELAYED,
        SIGNALLED,
        SILENT,
        /** Nobody knows whether it was acknowledged. */
        UNKNOWN
    }

    /**
     * How many acknowledged writes were on one node only.
     *
     * @param most at one time
     * @param writeNanos integral over time, of writes whose replica has them by now
     * @param never how many the replica never got
     */
    public record Exposure(long most, double writeNanos, long never) {}

    static Treatment treatment(Write write, long steadyP99Nanos) {
        if (write.outcome() == Outcome.FAIL) {
            return Treatment.REJECTED;
        }
        if (write.outcome() != Outcome.OK) {
            return Treatment.UNKNOWN;
        }
        if (write.replicated()) {
            return write.returned() - write.invoked() > SLOW * steadyP99Nanos
                    ? Treatment.DELAYED
                    : Treatment.REPLICATED;
        }
        return write.signalled() ? Treatment.SIGNALLED : Treatment.SILENT;
    }

    /** Judges all writes of one fault window, and counts how they were treated. */
    public static Map<Treatment, Long> check(List<Write> writes, long steadyP99Nanos, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        Map<Treatment, Long> counts = new EnumMap<>(Treatment.class);
        for (Write write : writes) {
            Treatment treatment = treatment(write, steadyP99Nanos);
            counts.merge(treatment, 1L, Long::sum);
            if (treatment == Treatment.UNKNOWN) {
                continue;
            }
            tally.checked(PROPERTY, 1);
            if (treatment == Treatment.SILENT) {
                report.violated(
                        Anomaly.SILENT_DIVERGENCE,
                        write.session(),
                        write.returned(),
                        write.appliedAt() == Long.MAX_VALUE ? 0 : write.appliedAt() - write.returned(),
                        "A write was acknowledged while no replica could get it, and nothing said so.",
                        "Because it is on one node only, a crash loses it; the store must refuse, wait, or say so.");
            }
        }
        return counts;
    }

    /** Sweeps over acknowledgements and arrivals. */
    public static Exposure exposure(List<Write> writes) {
        List<long[]> steps = new ArrayList<>();
        double total = 0;
        long never = 0;
        for (Write write : writes) {
            if (write.outcome() == Outcome.OK && write.appliedAt() > write.returned()) {
                steps.add(new long[] {write.returned(), 1});
                if (write.appliedAt() == Long.MAX_VALUE) {
                    never++;
                } else {
                    steps.add(new long[] {write.appliedAt(), -1});
                    total += write.appliedAt() - write.returned();
                }
            }
        }
        // At equal times arrivals first: exposure is open at its end.
        steps.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        long open = 0;
        long most = 0;
        for (long[] step : steps) {
            open += step[1];
            most = Math.max(most, open);
        }
        return new Exposure(most, total, never);
    }
}
