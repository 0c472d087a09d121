package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are replaced on purpose. Of each node: it is taken out of rotation; requests are still routed to it for
 * {@code routingDelay}; {@code preStop} after it was taken out it is asked to end (SIGTERM); {@code grace} after it was
 * taken out it is killed if it has not ended, as in Kubernetes, whose grace period counts from the decision, too; then it is
 * started again and, when it is ready, put into rotation.
 *
 * @param nodes in the order in which they are replaced
 * @param to name of the version that they become; empty for the one that they are
 * @param grace never shorter than {@code preStop}
 * @param pause how long a new node serves before the next is taken out
 * @param rollBack if a new version does not become ready, or sessions are damaged or missing while it is rolled out: all
 *     that were replaced go back to the version before
 */
public record RolloutSpec(
        List<String> nodes,
        Optional<String> to,
        Strategy strategy,
        Duration routingDelay,
        Duration preStop,
        Duration grace,
        Duration pause,
        boolean rollBack) {

    /** How many at a time. */
    public enum Strategy {
        ONE_BY_ONE,
        ALL_AT_ONCE
    }
}
