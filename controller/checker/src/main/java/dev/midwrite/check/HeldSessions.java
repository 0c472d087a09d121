package dev.midwrite.check;

import java.util.Map;

/**
 * Sessions that users held when the store was read: a final read found them alive, and their time cannot have been over
 * since.
 *
 * @param count how many
 * @param touched when the node was last asked for each, on the users' clock, by the keyed hash of its id; only those whose
 *     id some journal tells
 * @param elsewhere why none of them lies in a store that the audit can read, a sentence; empty if they may
 */
public record HeldSessions(long count, Map<Long, Long> touched, String elsewhere) {
    /** Nobody knows of any. */
    public static final HeldSessions NONE = new HeldSessions(0, Map.of(), "");
}
