package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import java.util.Comparator;
import java.util.List;

/** Did two nodes own one session at a time, and both write? O(m log m + overlaps). */
public final class OwnershipCheck {
    private static final Property PROPERTY = Property.SPLIT_BRAIN;

    private OwnershipCheck() {}

    /**
     * One node's hold of the session, from its journal. Times are nanoseconds on the users' clock.
     *
     * @param epoch fencing number; 0 for none
     * @param writes when it acknowledged writes to the session
     */
    public record Hold(String node, long epoch, long from, long to, List<Long> writes) {}

    /**
     * Looks at one session.
     *
     * @param clockErrorNanos half-width of the interval of the two nodes' clocks: what overlaps by less is undecided
     */
    public static void check(long session, List<Hold> holds, long clockErrorNanos, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        List<Hold> sorted =
                holds.stream().sorted(Comparator.comparingLong(Hold::from)).toList();
        tally.checked(PROPERTY, sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                Hold one = sorted.get(i);
                Hold other = sorted.get(j);
                if (one.node().equals(other.node())) {
                    continue;
                }
                if (one.epoch() != 0 && one.epoch() == other.epoch()) {
                    report.violated(
                            Anomaly.EPOCH_REUSE,
                            session,
                            other.from(),
                            0,
                            one.node() + " and " + other.node() + " both owned the session under epoch " + one.epoch()
                                    + ".",
                            "Because a fencing epoch tells the newer owner from the older, no two owners may share one.");
                }
                overlap(session, one, other, clockErrorNanos, report, tally);
            }
        }
    }

    private static void overlap(long session, Hold one, Hold other, long error, Report report, Tally tally) {
        long from = other.from();
        long to = Math.min(one.to(), other.to());
        if (to <= from || !writesWithin(one, from, to) || !writesWithin(other, from, to)) {
            return;
        }
        if (to - from <= 2 * error) {
            tally.inconclusive(PROPERTY, 1, "Two nodes owned a session at a time, by less than the clock error.");
            return;
        }
        report.violated(
                Anomaly.DUAL_OWNER,
                session,
                from,
                to - from,
                one.node() + " and " + other.node()
                        + " owned the session at the same time and both acknowledged writes.",
                "Because one owner at a time orders a session's writes, two that write leave no order.");
    }

    private static boolean writesWithin(Hold hold, long from, long to) {
        return hold.writes().stream().anyMatch(at -> at >= from && at <= to);
    }
}
