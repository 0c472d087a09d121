package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Passage;
import java.lang.invoke.MethodHandle;

/** A call of the host that its caller takes for made. */
final class HeldCall {
    /** As it was called. */
    final Passage passage;

    final Point at;
    final Decision decision;
    /** As it will be seen when it is made. */
    final Operation operation;

    private final Operation earlier;
    private final MethodHandle call;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final long since = System.nanoTime();
    /** When it is to be made, on {@link System#nanoTime}. Guarded by its queue. */
    long due;
    /** Not before the session's next has gone. Guarded by its queue. */
    boolean untilNext;

    /** @param id of a scope for what is no operation of its own */
    HeldCall(Passage passage, Point at, Decision decision, MethodHandle call, long id) {
        this.at = at;
        this.decision = decision;
        this.call = call;
        this.operation = new Operation(passage.point);
        operation.isLater = true;
        operation.session = passage.session;
        operation.peer = passage.peer;
        operation.request = passage.request;
        operation.label = passage.label;
        operation.writeId = passage.writeId;
        operation.isNew = passage.isNew;
        operation.dirty = passage.dirty;
        if (passage instanceof Operation first) {
            // Its object may stand for the next call of the same logical save before this one is made.
            operation.scope = first.scope;
            operation.id = first.id;
            operation.self = first.self;
            this.earlier = first.later == null ? first : first.later;
            first.later = operation;
            this.passage = operation;
        } else {
            operation.scope = id;
            this.earlier = null;
            this.passage = passage;
        }
    }

    /** Nanoseconds since its caller took it for made. */
    long age() {
        return System.nanoTime() - since;
    }

    /** Makes it on this thread; what it throws is nobody's, and in the journal. */
    void make() {
        operation.steps = earlier == null ? 0 : earlier.steps; // One save counts its steps, in however many calls.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call.invokeWithArguments();
        } catch (Throwable e) { // As if its caller had gone away.
            if (e instanceof InterruptedException) {
                thread.interrupt();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
