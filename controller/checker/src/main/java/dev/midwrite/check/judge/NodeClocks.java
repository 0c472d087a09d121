package dev.midwrite.check.judge;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import java.util.EnumSet;
import java.util.Set;

/** Which findings compare a node's clock with another one: if the clocks cannot be compared, nobody knows. */
final class NodeClocks {
    private static final Set<Anomaly> BY_CLOCK = EnumSet.of(
            Anomaly.DUAL_OWNER,
            Anomaly.REPLICATION_LAG,
            Anomaly.SILENT_DIVERGENCE,
            Anomaly.AUDIT_ORDER,
            Anomaly.LATE_CLOSE);
    /** Decided by comparing times, wholly or for each of their items; the others have items without. */
    private static final Set<Property> TIMED = EnumSet.of(Property.REPLICATION, Property.AUDIT_TRAIL);

    private NodeClocks() {}

    /** Whether it is decided by comparing clocks of two machines. */
    static boolean decide(Anomaly anomaly) {
        return BY_CLOCK.contains(anomaly);
    }

    /** Takes back what rests on clocks that contradict each other. */
    static void doubt(Trial trial, Tally tally) {
        if (trial.clockDoubt().isEmpty()) {
            return;
        }
        for (Property property : Property.values()) {
            boolean found = BY_CLOCK.stream()
                    .anyMatch(anomaly ->
                            anomaly.property() == property && tally.of(anomaly).count() > 0);
            boolean timed = TIMED.contains(property) && tally.of(property).checked() > 0;
            if (found || timed) {
                tally.doubt(property, BY_CLOCK, trial.clockDoubt());
            }
        }
    }
}
