package dev.midwrite.agent.fault;

import dev.midwrite.event.Edge;
import dev.midwrite.event.PointKind;

/**
 * One passage of an operation by an edge: all that a selector may look at.
 *
 * <p>Mutable so that the intercepted path can reuse one per scope; belongs to one thread at a time.
 */
public final class Passage {
    /** Stable name of the point, such as {@code spring.SessionRepository.save}. */
    public String pointName = "";

    public PointKind kind = PointKind.NONE;
    public Edge edge = Edge.NONE;
    /** Of the scope, from 1; 0 for none. */
    public int step;
    /** Command of the step, such as HMSET; empty for none. */
    public String command = "";
    /** The user's session label from the request; 0 if the request carried none, then nothing replays. */
    public long label;
    /** Keyed hash of the session id; 0 for none. */
    public long session;
    /** The first save of a session that createSession made. */
    public boolean isNew;
    /** A save with changed attributes. */
    public boolean dirty;
    /** The scope; all passages of one logical save share it, and so one decision. */
    public long scope;
}
