package dev.midwrite.controller.history;

import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.serve.ClockTrack;
import java.util.Optional;

/**
 * From the clock of one start of a node to the users'; nanoseconds.
 *
 * @param origin the users' time 0, on the controller's monotonic clock
 * @param track what is known of the node's clock; empty if it was never measured
 */
record NodeTime(long origin, Optional<ClockTrack> track) {

    static NodeTime of(JournalFacts journal, RunFacts facts) {
        return new NodeTime(
                facts.origin().originNanos(),
                facts.fleet().clocks().stream()
                        .filter(each -> each.incarnation() == journal.incarnation())
                        .findFirst()
                        .map(ClockFacts::track));
    }

    // On one machine all processes share the monotonic clock, so no measurement still means no offset.
    long at(long nodeNanos) {
        return nodeNanos
                - origin
                - track.map(known -> known.atNode(nodeNanos).middle()).orElse(0L);
    }

    /** {@link Long#MAX_VALUE} if nobody knows. */
    long error(long nodeNanos) {
        return track.map(known -> known.atNode(nodeNanos).halfWidth()).orElse(Long.MAX_VALUE);
    }

    /** {@link Long#MAX_VALUE} if nobody knows. */
    long latest(long nodeNanos) {
        return track.isEmpty() ? Long.MAX_VALUE : at(nodeNanos) + error(nodeNanos);
    }
}
