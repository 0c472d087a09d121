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

        /**
         * Nanoseconds in which a crash loses the write; none if the replica confirmed first or had it before the answer,
         * {@link Long#MAX_VALUE} if it never got it.
         */
        public long exposure() {
            if (confirmedFirst) {
                return 0;
            }
            return appliedAt == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, appliedAt - acknowledgedAt);
        }
    }

    /** How a replica is fed. */
    public enum Mode {
        /** Every one of at least 299 writes was confirmed first. */
        SYNC,
        /** More than half were not, with 95 % confidence. */
        ASYNC,
        /** Some were not. */
        MIXED,
        /** All were confirmed first, but they are too few to say so of the rest. */
        UNDECIDED
    }

    /** How a replica was fed in a phase; {@code unconfirmed} of {@code writes} were answered before it confirmed. */
    public record Fed(String phase, String replica, Mode mode, long writes, long unconfirmed) {}

    /** A replica that was fed in step, and then was not: if nothing said so, {@link BackpressureCheck} calls it silent. */
    public record Degraded(Fed before, Fed then) {}

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

    /** Replicas that were fed in step in the steady phase and asynchronously in another. */
    public static List<Degraded> degraded(List<Fed> fed, String steady) {
        List<Degraded> found = new ArrayList<>();
        for (Fed before : fed) {
            if (before.phase().equals(steady) && before.mode() == Mode.SYNC) {
                fed.stream()
                        .filter(then -> then.replica().equals(before.replica()) && then.mode() == Mode.ASYNC)
                        .forEach(then -> found.add(new Degraded(before, then)));
            }
        }
        return found;
    }

    /** Without a budget nothing is violated: every write of which a second node's journal could tell was looked at. */
    public static void measured(List<ReplicatedWrite> writes, Tally tally) {
        if (!writes.isEmpty()) {
            tally.checked(PROPERTY, writes.size());
        }
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
            boolean never = write.exposure() == Long.MAX_VALUE;
            long beyond = never ? Long.MAX_VALUE : write.exposure() - budgetNanos.getAsLong();
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
                        never ? 0 : beyond,
                        never
                                ? "An acknowledged write never reached " + write.replica() + "."
                                : "An acknowledged write reached " + write.replica() + " later than allowed.",
                        "Because a crash before then loses it, the drill allows a bounded time only.");
            }
        }
    }
}
