package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Is every acknowledged write in an audit trail, once, in order, and alike on all nodes? */
public final class AuditTrailCheck {
    private static final Property PROPERTY = Property.AUDIT_TRAIL;
    /** A wall clock that moves so much against the monotonic one was set. */
    private static final long STEP_NANOS = 50_000_000;

    private AuditTrailCheck() {}

    /** One entry: wall clock and monotonic clock of the node, both in nanoseconds. */
    public record Entry(long writeId, long wallNanos, long monoNanos) {}

    /**
     * One node's trail of one session, in its own order.
     *
     * @param complete nothing is missing from its end: only then does absence prove anything
     */
    public record Trail(String node, boolean complete, List<Entry> entries) {}

    /**
     * Looks at one session.
     *
     * @param acknowledged write ids in the order of their versions
     * @param converged nodes have had the time to agree: then trails must hold the same
     */
    public static void check(
            long session,
            List<Long> acknowledged,
            List<Trail> trails,
            boolean converged,
            long clockErrorNanos,
            Profile profile,
            Tally tally) {
        Report report = new Report(profile, tally);
        Map<Long, Long> wall = new HashMap<>();
        for (Trail trail : trails) {
            entries(session, trail, wall, report);
        }
        tally.checked(PROPERTY, acknowledged.size());
        boolean complete = trails.stream().allMatch(Trail::complete);
        for (long writeId : acknowledged) {
            if (wall.containsKey(writeId)) {
                continue;
            }
            if (complete) {
                violated(report, Anomaly.AUDIT_MISSING, session, "An acknowledged write is in no node's trail.");
            } else {
                tally.inconclusive(PROPERTY, 1, "A node's trail lost its end, so absence from it proves nothing.");
            }
        }
        for (int i = 1; i < acknowledged.size(); i++) {
            Long before = wall.get(acknowledged.get(i - 1));
            Long after = wall.get(acknowledged.get(i));
            if (before != null && after != null && before - after > clockErrorNanos) {
                violated(report, Anomaly.AUDIT_ORDER, session, "A later version has an earlier time in the trails.");
            }
        }
        if (converged && complete) {
            agree(session, trails, report);
        }
    }

    private static void entries(long session, Trail trail, Map<Long, Long> wall, Report report) {
        Set<Long> seen = new HashSet<>();
        Entry last = null;
        for (Entry entry : trail.entries()) {
            if (!seen.add(entry.writeId())) {
                violated(report, Anomaly.AUDIT_DUP, session, trail.node() + " has one write twice in its trail.");
            }
            wall.merge(entry.writeId(), entry.wallNanos(), Math::min);
            if (last != null) {
                long step = (entry.wallNanos() - last.wallNanos()) - (entry.monoNanos() - last.monoNanos());
                if (Math.abs(step) > STEP_NANOS) {
                    violated(
                            report,
                            Anomaly.AUDIT_CLOCK,
                            session,
                            "The clock of " + trail.node() + " was set meanwhile.");
                }
            }
            last = entry;
        }
    }

    private static void agree(long session, List<Trail> trails, Report report) {
        for (int i = 1; i < trails.size(); i++) {
            if (!ids(trails.get(0)).equals(ids(trails.get(i)))) {
                violated(
                        report,
                        Anomaly.AUDIT_DIVERGENT,
                        session,
                        trails.get(0).node() + " and " + trails.get(i).node()
                                + " have different writes in their trails.");
            }
        }
    }

    private static Set<Long> ids(Trail trail) {
        Set<Long> ids = new HashSet<>();
        trail.entries().forEach(entry -> ids.add(entry.writeId()));
        return ids;
    }

    private static void violated(Report report, Anomaly anomaly, long session, String what) {
        report.violated(
                anomaly,
                session,
                0,
                0,
                what,
                "Because the trail is what proves later who changed what, it must hold each write once and in order.");
    }
}
