package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Was each acknowledged write saved before its answer began? Who answers first has promised what a crash can still
 * undo. All that is alike is one violation, which shows the largest gap.
 */
public final class SavedBeforeAckCheck {
    private static final Property PROPERTY = Property.SAVED_BEFORE_ACK;
    private static final String WHY =
            "Because an answer that has begun cannot be taken back, it must not begin before the"
                    + " session is saved: if the node ends in between, a write is lost that its user was told of.";

    private SavedBeforeAckCheck() {}

    public static void check(List<WriteSave> writes, Profile profile, Tally tally) {
        Map<String, Long> ofNode = new HashMap<>();
        Map<Kind, Group> groups = new LinkedHashMap<>();
        Set<Long> sessions = new HashSet<>();
        for (WriteSave write : writes) {
            if (write.order() == Order.UNKNOWN) {
                tally.inconclusive(
                        PROPERTY,
                        1,
                        "The journal of " + write.node() + " is not whole, so a save may be missing from it.");
                continue;
            }
            tally.checked(PROPERTY, 1);
            ofNode.merge(write.node(), 1L, Long::sum);
            if (write.order() != Order.SAVED_FIRST) {
                Kind kind = new Kind(
                        write.node(),
                        write.order(),
                        write.late(),
                        !write.thread().isEmpty());
                groups.computeIfAbsent(kind, key -> new Group()).add(write);
                sessions.add(write.operation().session());
            }
        }
        groups.forEach(
                (kind, group) -> tally.violated(violation(kind, group, ofNode.get(kind.node()), profile), group.count));
        sessions.forEach(session -> tally.sessionViolated(EnumSet.of(Anomaly.ACKED_BEFORE_SAVED)));
    }

    /** What is alike. */
    private record Kind(String node, Order order, boolean late, boolean otherThread) {}

    private static final class Group {
        private long count;
        private WriteSave worst;

        void add(WriteSave write) {
            count++;
            if (worst == null || Comparator.comparingLong(WriteSave::gapNanos).compare(write, worst) > 0) {
                worst = write;
            }
        }
    }

    private static Violation violation(Kind kind, Group group, long all, Profile profile) {
        WriteSave worst = group.worst;
        return new Violation(
                Anomaly.ACKED_BEFORE_SAVED,
                Severities.of(Anomaly.ACKED_BEFORE_SAVED, profile, true, true, true),
                worst.operation().session(),
                worst.operation().attribute(),
                List.of(worst.operation()),
                what(kind, group.count, all, worst),
                WHY,
                worst.operation().returned(),
                worst.gapNanos(),
                kind.order() == Order.NEVER_SAVED);
    }

    private static String what(Kind kind, long count, long all, WriteSave worst) {
        String which = count + " of " + all + " acknowledged writes";
        if (kind.order() == Order.NEVER_SAVED) {
            return kind.node() + " never saved " + which
                    + (kind.late() ? ", made after their answers had begun." : ".");
        }
        String gap = String.format(Locale.ROOT, "%.1f ms", worst.gapNanos() / 1e6);
        String thread = kind.otherThread() ? ", on thread '" + worst.thread() + "'." : ".";
        return kind.late()
                ? kind.node() + " began the answer of " + which
                        + " before the session was even changed, and saved it up to " + gap + " later" + thread
                : kind.node() + " began the answer of " + which + " before the session was saved, up to " + gap
                        + " too early; the save ended later" + thread;
    }
}
