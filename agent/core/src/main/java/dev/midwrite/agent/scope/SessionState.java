package dev.midwrite.agent.scope;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known of one session object between its calls. In a container many requests share the object at once: each of
 * their changes is known until a save that began after it has ended. Thread-safe.
 */
public final class SessionState {
    /** Made by createSession and not saved since. */
    public volatile boolean isNew;
    /** The request that the object was handed to, where requests are not tied to threads; null elsewhere. */
    public volatile RequestScope handedTo;
    /** The last logical save, in {@code saveRequest}; null for none. */
    public volatile Operation save;
    /** A save of it was acknowledged and may not be made yet. */
    public volatile boolean held;
    /** Serial of the request, 0 for none. */
    public volatile long saveRequest;

    private final AtomicReference<Change> last = new AtomicReference<>();

    /**
     * Attributes changed since the last save.
     *
     * @param writeId of the last probe value set since then; 0 for none
     * @param by the request that changed an attribute last; null for none
     */
    public record Change(long writeId, RequestScope by) {}

    /** What changed last since the last save; null for nothing. */
    public Change change() {
        return last.get();
    }

    /** An attribute has changed; 0 for no probe value. */
    public void changed(long writeId, RequestScope by) {
        last.updateAndGet(before -> new Change(writeId == 0 && before != null ? before.writeId : writeId, by));
    }

    /** A save has taken along what had changed when it began; what another request changed meanwhile it may have missed. */
    public void saved(Change taken) {
        isNew = false;
        last.compareAndSet(taken, null);
    }
}
