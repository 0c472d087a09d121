package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Did two nodes own one session at a time, and both write? O(m log m + overlaps · writes). */
public final class OwnershipCheck {
    private static final Property PROPERTY = Property.SPLIT_BRAIN;

    private OwnershipCheck() {}

    /**
     * One node's hold of the session, from its journal. Times are nanoseconds on the users' clock.
     *
     * @param epoch fencing number; 0 for none
     * @param to {@link Long#MAX_VALUE} if it never gave the session up
     * @param writes when it acknowledged writes to the session, within the hold
     */
    public record Hold(String node, long epoch, long from, long to, List<Long> writes) {}

    /**
     * Looks at one session.
     *
     * @param clockErrorNanos half-width of the offset interval of each node's clock: what overlaps by less than twice that
     *     is undecided
     * @return how many overlaps there were in which not both wrote: a warning, not a violation
     */
    public static long check(long session, List<Hold> holds, long clockErrorNanos, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        List<Hold> sorted =
                holds.stream().sorted(Comparator.comparingLong(Hold::from)).toList();
        tally.checked(PROPERTY, sorted.size());
        epochs(session, sorted, report);
        long warnings = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Hold one = sorted.get(i);
            for (int j = i + 1; j < sorted.size() && sorted.get(j).from() < one.to(); j++) {
                Hold other = sorted.get(j);
                if (!one.node().equals(other.node())) {
                    warnings += overlap(session, one, other, 2 * clockErrorNanos, report, tally) ? 0 : 1;
                }
            }
        }
        return warnings;
    }

    private static void epochs(long session, List<Hold> sorted, Report report) {
        Map<Long, Hold> first = new HashMap<>();
        Set<List<Object>> told = new HashSet<>();
        for (Hold hold : sorted) {
            Hold before = hold.epoch() == 0 ? null : first.putIfAbsent(hold.epoch(), hold);
            if (before != null && !before.node().equals(hold.node()) && told.add(List.of(hold.epoch(), hold.node()))) {
                report.violated(
                        Anomaly.EPOCH_REUSE,
                        session,
                        hold.from(),
                        0,
                        before.node() + " and " + hold.node() + " both owned the session under epoch " + hold.epoch()
                                + ".",
                        "Because a fencing epoch tells the newer owner from the older, no two owners may share one.");
            }
        }
    }

    /** Whether both wrote meanwhile, or may have. */
    private static boolean overlap(long session, Hold one, Hold other, long error, Report report, Tally tally) {
        if (!wrote(one, other, -error) || !wrote(other, one, -error)) {
            return false;
        }
        long both = Math.min(one.to(), other.to()) - other.from();
        if (both <= error || !wrote(one, other, error) || !wrote(other, one, error)) {
            tally.inconclusive(
                    PROPERTY,
                    1,
                    "Whether two nodes owned a session at a time, and wrote, lies within the clock error.");
            return true;
        }
        report.violated(
                Anomaly.DUAL_OWNER,
                session,
                other.from(),
                both,
                one.node() + " and " + other.node()
                        + " owned the session at the same time and both acknowledged writes.",
                "Because one owner at a time orders a session's writes, two that write leave no order.");
        return true;
    }

    /** Whether the one wrote while the other held the session, by so much at either end. */
    private static boolean wrote(Hold one, Hold other, long margin) {
        return one.writes().stream().anyMatch(at -> at - margin >= other.from() && at + margin <= other.to());
    }
}
