package dev.midwrite.controller.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How nodes are replaced on purpose. Of each node: it is taken out of rotation; requests are still routed to it for
 * {@code routingDelay}; {@code preStop} after it was taken out it is asked to end (SIGTERM); {@code grace} after it was
 * taken out it is killed if it has not ended, as in Kubernetes, whose grace period counts from the decision, too. Its
 * successor is started afterwards in its place, or before beside it.
 *
 * @param nodes in the order in which they are replaced; with a surge all that run are
 * @param to name of the version that they become; empty for the one that they are
 * @param grace never shorter than {@code preStop}
 * @param pause how long a new node serves before the next is taken out
 */
public record RolloutSpec(
        List<String> nodes,
        Optional<String> to,
        Extent extent,
        Duration routingDelay,
        Duration preStop,
        Duration grace,
        Duration pause,
        Reaction reaction) {

    /** How a drill says how many at a time; {@code surge} and {@code unavailable} say it in numbers. */
    public enum Strategy {
        ONE_BY_ONE,
        ALL_AT_ONCE
    }

    /**
     * How many at a time; one of the two is 0.
     *
     * @param unavailable nodes that are taken out before their successors are started
     * @param surge nodes that are started beside the old ones, before as many of these are taken out
     */
    public record Extent(int unavailable, int surge) {}

    /**
     * What ends or stops a rollout half way.
     *
     * @param rollBack if a new version does not become ready, or sessions are damaged or missing since the rollout began: all
     *     that were replaced go back to the version before
     * @param bounds greatest share of what users tried since the rollout began, 0 to 1; those that are not named have none
     * @param ifMissed what is done if a bound is exceeded
     */
    public record Reaction(boolean rollBack, Map<Figure, Double> bounds, IfMissed ifMissed) {}

    /** What is counted while a rollout is under way. */
    public enum Figure {
        /** Attempts that were rejected, or had no answer but an error. */
        ERRORS,
        /** Attempts that were answered with a status of 500 or more. */
        SERVER_ERRORS,
        /** Of the attempts to log in or to open a session those that did not. */
        FAILED_LOGINS;

        /** As a drill says it. */
        public String word() {
            return DrillFile.label(this);
        }
    }

    /** What is done if a bound is exceeded. */
    public enum IfMissed {
        ROLL_BACK,
        /** Nothing more is replaced until somebody says so; when users stop, the rollout stays as it is. */
        PAUSE
    }
}
