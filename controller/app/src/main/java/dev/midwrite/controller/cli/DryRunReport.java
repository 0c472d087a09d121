package dev.midwrite.controller.cli;

import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.NodeArmed;
import dev.midwrite.link.v1.NodeLifted;
import java.time.Duration;
import java.util.Locale;

/**
 * What {@code midwrite inject --dry-run} prints.
 *
 * @param lasting how long it is counted
 */
record DryRunReport(Duration lasting) {

    /** One line for a node that has been asked. */
    String begin(NodeArmed node) {
        Armed armed = node.getArmed();
        if (!armed.getRefusal().isEmpty()) {
            return node.getNode() + ": would be refused: " + armed.getRefusal();
        }
        if (!armed.getCounting()) {
            return node.getNode() + ": its agent is of an earlier version and cannot count";
        }
        return node.getNode() + ": injects nothing, counts for " + lasting.toMillis() / 1e3 + " s at "
                + (armed.getPointsCount() == 0 ? "no point yet" : String.join(", ", armed.getPointsList()))
                + (armed.getImpossibleCount() == 0
                        ? ""
                        : "; impossible elsewhere: " + String.join("; ", armed.getImpossibleList()));
    }

    /** One line for a node that has counted. */
    String end(NodeLifted node) {
        Lifted lifted = node.getLifted();
        String early = lifted.getCause() == Lifted.Cause.COMMAND ? "" : ", counted until " + word(lifted.getCause());
        return node.getNode() + ": " + lifted.getCounts().getApplied() + " of "
                + lifted.getCounts().getMatched() + " matched passages would have been hit" + early;
    }

    private static String word(Lifted.Cause cause) {
        return switch (cause) {
            case TTL -> "its time was over";
            case LEASE -> "the link broke";
            case KILL_SWITCH -> "the kill switch was thrown";
            case EXHAUSTED -> "'at-most' was reached";
            case CAUSE_UNSPECIFIED -> "the node was gone";
            default -> cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
