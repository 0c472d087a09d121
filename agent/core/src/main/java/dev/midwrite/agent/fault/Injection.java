package dev.midwrite.agent.fault;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PointKind;
import java.util.Set;

/**
 * A fault with its selector and trigger, as armed.
 *
 * @param point kind or name of a point
 * @param step for STEP and INSIDE, from 1
 * @param command for STEP and INSIDE; empty for any
 * @param peers the other nodes as host:port; empty for any
 * @param sessionShare of sessions, 0 to 1
 * @param labels exact session labels; empty for all
 * @param probability of each passage, 0 to 1
 * @param every n-th passage of a session, from 1
 * @param after so many passages of a session
 * @param atMost so often; 0 for no limit
 * @param amount delay: nanoseconds; clock: nanoseconds ahead; throttle: bytes per second; tear: bytes, 0 to use {@code share}
 * @param share tear: of the command's bytes; pressure: of the heap; 0 to 1
 * @param seed of the share of sessions, the same on all nodes
 * @param drawSeed of the draws by probability, one for each node
 * @param ttlNanos until it ends by itself, from arming
 */
public record Injection(
        int id,
        FaultKind fault,
        String point,
        Edge edge,
        int step,
        String command,
        Set<String> peers,
        boolean onlyNew,
        boolean onlyDirty,
        double sessionShare,
        Set<Long> labels,
        double probability,
        int every,
        int after,
        int atMost,
        long amount,
        double share,
        String error,
        long seed,
        long drawSeed,
        long ttlNanos) {

    public Injection {
        peers = Set.copyOf(peers);
        labels = Set.copyOf(labels);
    }

    /** Whether it selects this point at all. */
    public boolean selects(Point at) {
        return (point.equals(at.kind().label()) && !at.isOnlyRecorded())
                || point.equals(at.name())
                || (point.equals(PointKind.REPLICA) && at.kind().isReplica());
    }

    /**
     * Why it does not select this passage of a point that it selects; null if it does. Share and trigger are asked
     * afterwards.
     */
    Reason unselected(Passage passage, Edge at) {
        if (edge != at) {
            return Reason.EDGE;
        }
        if (step != 0 && step != passage.step()) {
            return Reason.STEP;
        }
        if (!command.isEmpty() && !command.equalsIgnoreCase(passage.command())) {
            return Reason.COMMAND;
        }
        if (!peers.isEmpty() && !peers.contains(passage.peer)) {
            return Reason.PEER;
        }
        if (onlyNew && !passage.isNew) {
            return Reason.NEW;
        }
        if (onlyDirty && !passage.dirty) {
            return Reason.DIRTY;
        }
        return labels.isEmpty() || labels.contains(passage.label) ? null : Reason.LABEL;
    }

    Decision decision(boolean again) {
        return new Decision(id, fault, amount, share, error, again);
    }
}
