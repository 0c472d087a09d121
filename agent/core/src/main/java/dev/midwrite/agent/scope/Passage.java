package dev.midwrite.agent.scope;

import dev.midwrite.agent.point.Point;

/**
 * One call at a point: what the gate hands to woven code between the call's beginning and its end, and all that a
 * selector may look at. Belongs to one thread at a time.
 */
public class Passage {
    public final Point point;
    /** Keyed hash of the session id; 0 for none. */
    public long session;
    /** The scope; all passages of one logical save share it, and so one decision. */
    public long scope;
    /** Id of the request; 0 if the thread serves none that carries one. */
    public long request;
    /** The user's session label from the request; 0 if the request carried none, then nothing replays. */
    public long label;
    /** Of the probe value that is written; 0 for none. */
    public long writeId;
    /** The first save of a session that createSession made. */
    public boolean isNew;
    /** A save with changed attributes. */
    public boolean dirty;
    /** The other node as host:port; empty for none. */
    public String peer = "";
    /** The body must not run. */
    public boolean skip;
    /** What an injection wants with this very call at another time; the engine's own. Null for nothing. */
    public Object wanted;
    /** What the caller must see as thrown, or null. */
    public Throwable error;
    /** Of a request: it lies in one whose headers nobody could read, and what follows until that one ends is its own. */
    public boolean withinUnnamed;
    /** A wait is not for this thread to sit out: it is left in {@code pause}. */
    public boolean defers;
    /** The wait that has been announced and has not passed; null for none. */
    public Pause pause;

    public Passage(Point point) {
        this.point = point;
    }

    /** It happens in this request; null for none. */
    public final void in(RequestScope current) {
        if (current != null) {
            request = current.id;
            label = current.label;
        }
    }

    /** Which step of the scope this is, from 1; 0 for none. */
    public int step() {
        return 0;
    }

    /** The command of the step, such as HMSET, or the name of a phase; empty for none. */
    public String command() {
        return "";
    }
}
