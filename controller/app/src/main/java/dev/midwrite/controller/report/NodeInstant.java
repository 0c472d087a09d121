package dev.midwrite.controller.report;

/**
 * One moment in a node's life, from its journal, from the runner, or from the cluster in which it runs.
 *
 * @param at nanoseconds on the users' clock
 * @param session label of the user's session, 0 if none or not known
 * @param idHash keyed hash of the session id, 0 if none or not known. With both 0 the instant concerns the whole node
 *     and is shown on every timeline
 * @param label a few words, such as {@code HMSET} or {@code crash after step 1}
 * @param detail for the tooltip, such as {@code journal record 88121}; may be empty
 */
public record NodeInstant(long at, String node, Kind kind, long session, long idHash, String label, String detail) {

    /** How it is drawn. */
    public enum Kind {
        /** An operation at a point. */
        OPERATION,
        /** A fault happened. */
        FAULT,
        /** The node went down. */
        DOWN,
        /** The node became ready. */
        UP,
        /** A cluster said something of the node. */
        CLUSTER,
        /** A rollout stopped, went on or went back; of no node. */
        ROLLOUT
    }
}
