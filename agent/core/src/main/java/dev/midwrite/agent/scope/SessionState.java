package dev.midwrite.agent.scope;

/**
 * What is known of one session object between its calls. Where several requests share the object, as in a container, the
 * last one's is what is known.
 */
public final class SessionState {
    /** Made by createSession and not saved since. */
    public boolean isNew;
    /** Attributes changed since the last save. */
    public boolean dirty;
    /** The last probe value set since the last save; 0 for none. */
    public long writeId;
    /** The request that changed an attribute last, since the last save; null for none. */
    public RequestScope changedBy;
    /** The last logical save, in {@code saveRequest}; null for none. */
    public Operation save;
    /** A save of it was acknowledged and may not be made yet. */
    public volatile boolean held;
    /** Serial of the request, 0 for none. */
    public long saveRequest;
}
