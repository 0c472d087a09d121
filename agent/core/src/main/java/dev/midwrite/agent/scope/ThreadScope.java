package dev.midwrite.agent.scope;

/** What one thread is at; used by that thread only. */
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
}
