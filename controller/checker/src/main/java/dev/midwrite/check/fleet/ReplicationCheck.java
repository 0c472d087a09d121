package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import dev.midwrite.check.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How long was an acknowledged write on one node only, and does a replica acknowledge before the user is answered? */
public final class ReplicationCheck {
    private static final Property PROPERTY = Property.REPLICATION;
    private static final double CONFIDENCE = 0.95;
    /** So many writes without an exception bound their rate below one in a hundred. */
    private static final int ENOUGH = 299;

    private ReplicationCheck() {}

    /**
     * One acknowledged write and one replica that should get it. Times are nanoseconds on the users' clock.
     *
     * @param phase such as steady, fault, recovery
     * @param appliedAt {@link Long#MAX_VALUE} if it never was: kept, never left out
     * @param confirmedFirst the node journaled the replica's confirmation before it answered the user; no clock needed
     */
    public record Replicated(
            long session, String phase, String replica, long acknowledgedAt, long appliedAt, boolean confirmedFirst) {

        /** Nanoseconds in which a crash loses the write; negative if there were none. */
        public long exposure() {
            return appliedAt == Long.MAX_VALUE ? Long.MAX_VALUE : appliedAt - acknowledgedAt;
        }
    }

    /** How a replica is fed. */
    public enum Mode {
        SYNC,
        ASYNC,
        MIXED,
        /** Too few writes to say. */
        UNDECIDED
    }

    /** How a replica was fed in a phase; {@code unconfirmed} of {@code writes} were answered before it confirmed. */
    public record Fed(String phase, String replica, Mode mode, long writes, long unconfirmed) {}

    /** The mode of each replica in each phase. */
    public static List<Fed> modes(List<Replicated> writes) {
        Map<List<String>, long[]> counts = new LinkedHashMap<>();
        for (Replicated write : writes) {
            long[] sums = counts.computeIfAbsent(List.of(write.phase(), write.replica()), key -> new long[2]);
            sums[0]++;
            sums[1] += write.confirmedFirst() ? 0 : 1;
        }
        List<Fed> fed = new ArrayList<>();
        counts.forEach(
                (key, sums) -> fed.add(new Fed(key.get(0), key.get(1), mode(sums[0], sums[1]), sums[0], sums[1])));
        return fed;
    }

    private static Mode mode(long writes, long unconfirmed) {
        if (unconfirmed == 0) {
            return writes >= ENOUGH ? Mode.SYNC : Mode.UNDECIDED;
        }
        return Proportion.lower(unconfirmed, writes, CONFIDENCE) > 0.5 ? Mode.ASYNC : Mode.MIXED;
    }

    /**
     * Judges every write against a budget.
     *
     * @param budgetNanos greatest exposure; empty if nobody set one, then lag is measured and nothing is violated
     * @param clockErrorNanos half-width of the interval between the two nodes' clocks
     */
    public static void check(
            List<Replicated> writes, OptionalLong budgetNanos, long clockErrorNanos, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        for (Replicated write : writes) {
            if (budgetNanos.isEmpty() || write.confirmedFirst()) {
                tally.checked(PROPERTY, 1);
                continue;
            }
            long beyond =
                    write.exposure() == Long.MAX_VALUE ? Long.MAX_VALUE : write.exposure() - budgetNanos.getAsLong();
            if (Math.abs(beyond) <= clockErrorNanos) {
                tally.inconclusive(PROPERTY, 1, "The lag differs from the budget by less than the clock error.");
                continue;
            }
            tally.checked(PROPERTY, 1);
            if (beyond > 0) {
                report.violated(
                        Anomaly.REPLICATION_LAG,
                        write.session(),
                        write.acknowledgedAt(),
                        beyond,
                        beyond == Long.MAX_VALUE
                                ? "An acknowledged write never reached " + write.replica() + "."
                                : "An acknowledged write reached " + write.replica() + " later than allowed.",
                        "Because a crash before then loses it, the drill allows a bounded time only.");
            }
        }
    }
}
