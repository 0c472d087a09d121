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
     * Looks at one session. O(n log n).
     *
     * @param acknowledged write ids in the order of their versions
     * @param trails of all nodes that could have served it; without any nothing is decided
     * @param converged nodes have had the time to agree: then trails must hold the same
     * @param clockErrorNanos half-width of the interval between two nodes' wall clocks
     */
    public static void check(
            long session,
            List<Long> acknowledged,
            List<Trail> trails,
            boolean converged,
            long clockErrorNanos,
            Profile profile,
            Tally tally) {
        if (trails.isEmpty()) {
            tally.inconclusive(PROPERTY, acknowledged.size(), "No node's trail was read.");
            return;
        }
        Report report = new Report(profile, tally);
        Map<Long, Stamp> stamps = new HashMap<>();
        for (Trail trail : trails) {
            entries(session, trail, stamps, report);
        }
        boolean complete = trails.stream().allMatch(Trail::complete);
        for (long writeId : acknowledged) {
            if (stamps.containsKey(writeId)) {
                tally.checked(PROPERTY, 1);
            } else if (complete) {
                tally.checked(PROPERTY, 1);
                violated(report, Anomaly.AUDIT_MISSING, session, 0, "An acknowledged write is in no node's trail.");
            } else {
                tally.inconclusive(PROPERTY, 1, "A node's trail lost its end, so absence from it proves nothing.");
            }
        }
        order(session, acknowledged, stamps, clockErrorNanos, report, tally);
        if (converged && complete) {
            agree(session, trails, report, tally);
        }
    }

    /** When a write was first written down, by the wall clock of the node that did. */
    private record Stamp(String node, long wallNanos) {}

    private static void entries(long session, Trail trail, Map<Long, Stamp> stamps, Report report) {
        Set<Long> seen = new HashSet<>();
        Entry last = null;
        for (Entry entry : trail.entries()) {
            if (!seen.add(entry.writeId())) {
                violated(report, Anomaly.AUDIT_DUP, session, 0, trail.node() + " has one write twice in its trail.");
            }
            stamps.merge(
                    entry.writeId(),
                    new Stamp(trail.node(), entry.wallNanos()),
                    (one, other) -> one.wallNanos() <= other.wallNanos() ? one : other);
            if (last != null) {
                long step = (entry.wallNanos() - last.wallNanos()) - (entry.monoNanos() - last.monoNanos());
                if (Math.abs(step) > STEP_NANOS) {
                    String what = "The clock of " + trail.node() + " was set meanwhile.";
                    violated(report, Anomaly.AUDIT_CLOCK, session, Math.abs(step), what);
                }
            }
            last = entry;
        }
    }

    /** No version may be older, by its stamp, than any version before it; on one node there is no clock error. */
    private static void order(
            long session,
            List<Long> acknowledged,
            Map<Long, Stamp> stamps,
            long clockErrorNanos,
            Report report,
            Tally tally) {
        Map<String, Stamp> latest = new HashMap<>();
        for (long writeId : acknowledged) {
            Stamp stamp = stamps.get(writeId);
            if (stamp == null) {
                continue;
            }
            long back = 0;
            boolean doubtful = false;
            for (Stamp before : latest.values()) {
                long gap = before.wallNanos() - stamp.wallNanos();
                boolean proved = gap > (before.node().equals(stamp.node()) ? 0 : clockErrorNanos);
                back = proved ? Math.max(back, gap) : back;
                doubtful |= gap > 0 && !proved;
            }
            if (back > 0) {
                String what = "A later version has an earlier time in the trails.";
                violated(report, Anomaly.AUDIT_ORDER, session, back, what);
            } else if (doubtful) {
                tally.inconclusive(PROPERTY, 1, "The order of two versions in the trails lies within the clock error.");
            }
            latest.merge(stamp.node(), stamp, (one, other) -> one.wallNanos() >= other.wallNanos() ? one : other);
        }
    }

    /** Trails must hold the same writes, each as often; what is only there once more has been told as a duplicate. */
    private static void agree(long session, List<Trail> trails, Report report, Tally tally) {
        Map<Long, Integer> first = times(trails.get(0));
        for (Trail trail : trails.subList(1, trails.size())) {
            Map<Long, Integer> other = times(trail);
            if (!first.keySet().equals(other.keySet())) {
                String what = trails.get(0).node() + " and " + trail.node() + " have different writes in their trails.";
                violated(report, Anomaly.AUDIT_DIVERGENT, session, 0, what);
            } else if (!first.equals(other)) {
                tally.suppressed(Anomaly.AUDIT_DIVERGENT, 1);
            }
        }
    }

    private static Map<Long, Integer> times(Trail trail) {
        Map<Long, Integer> times = new HashMap<>();
        trail.entries().forEach(entry -> times.merge(entry.writeId(), 1, Integer::sum));
        return times;
    }

    private static void violated(Report report, Anomaly anomaly, long session, long gap, String what) {
        report.violated(
                anomaly,
                session,
                0,
                gap,
                what,
                "Because the trail is what proves later who changed what, it must hold each write once and in order.");
    }
}
