package dev.midwrite.agent.scope;

/** What one thread is at, or what is done for one subscriber; used by one thread at a time. */
public final class ThreadScope {
    /** The agent itself is at work: whatever it calls must not come back here. */
    public boolean busy;
    /** The request this thread serves, or null. */
    public RequestScope request;
    /** The outermost domain operation, which owns the steps; or null. */
    public Operation operation;
    /** The step whose call lasts until its reply is there; or null. */
    public Step step;
    /** A held call is made on this thread: what enters next at its point is this operation; or null. */
    public Operation held;
    /** An attribute write is under way; the ones inside are its delegates. */
    public boolean setting;
    /** Whoever is served here cannot be made to wait by keeping a thread. */
    public boolean defers;
}
