package dev.midwrite.agent.scope;

/** One request of a user. */
public final class RequestScope {
    public final long serial;
    public final long id;
    public final long label;
    /** The session it saved last; 0 for none. */
    public long session;
    /** A save with changed attributes happened in it. */
    public boolean dirty;

    public RequestScope(long serial, long id, long label) {
        this.serial = serial;
        this.id = id;
        this.label = label;
    }
}
