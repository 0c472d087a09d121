package dev.midwrite.agent.journal;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;

/**
 * Where records go before the effect they announce.
 *
 * <p>Thread-safe. An append never waits for another thread's I/O, never throws, and costs no more than a memory copy
 * into a mapped file.
 */
public interface Journal {

    /**
     * Appends one record; sequence number and time are given here.
     *
     * @param peer number of the name of the other node, 0 for none
     * @return the record's sequence number, or -1 if the journal could not take it: then no fault may follow
     */
    @SuppressWarnings("TooManyParameters")
    long append(
            EventType type,
            long session,
            long scope,
            long request,
            long writeId,
            long digest,
            int point,
            Edge edge,
            int outcome,
            int step,
            int injection,
            int peer,
            byte[] payload);

    /** Appends one record of what has no other node at its end. */
    @SuppressWarnings("TooManyParameters")
    default long append(
            EventType type,
            long session,
            long scope,
            long request,
            long writeId,
            long digest,
            int point,
            Edge edge,
            int outcome,
            int step,
            int injection,
            byte[] payload) {
        return append(
                type, session, scope, request, writeId, digest, point, edge, outcome, step, injection, 0, payload);
    }

    /**
     * The number for a name in this incarnation; writes its NAME record at the first call. Idempotent.
     *
     * @param kind of the point with this name; {@link PointKind#NONE} if it is none, such as another node's address
     */
    int name(String name, PointKind kind);
}
