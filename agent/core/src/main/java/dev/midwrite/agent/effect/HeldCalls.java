package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.RequestScope;
import dev.midwrite.agent.scope.Scopes;
import dev.midwrite.agent.scope.SessionState;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.agent.scope.ThreadScope;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Mix;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls that are acknowledged and not made yet, as a replica that lags has them, and calls that are made twice.
 *
 * <p>What is held is made in order per session and peer. What follows it there, wanted or not, is held behind it: a session
 * that is deleted does not come back. When an injection ends, all that it holds is made at once; when the process ends, it
 * is lost. Thread-safe; while nothing is held a call that could be costs a field read.
 */
final class HeldCalls {
    /** No more are held at once: the host's memory is not ours. */
    static final int MOST = 10_000;

    private static final int QUEUES = 4;

    private final Scopes scopes;
    private final Injector injector;
    private final EventLoops eventLoops;
    private final HeldQueue[] queues = new HeldQueue[QUEUES];
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicBoolean toldFull = new AtomicBoolean();

    HeldCalls(Scopes scopes, Injector injector, Decider decider, EventLoops eventLoops) {
        this.scopes = scopes;
        this.injector = injector;
        this.eventLoops = eventLoops;
        for (int i = 0; i < QUEUES; i++) {
            queues[i] = new HeldQueue(this::make, call -> !decider.armed(call.decision.injection()));
        }
    }

    /** Whether this call is to be handed over: it is wanted, or comes behind one that is held. */
    boolean wants(Passage passage) {
        return !passage.skip
                && !isLater(passage)
                && (passage.wanted != null
                        || (held.get() != 0 && isBehind(queue(passage).last(key(passage)), passage)));
    }

    /** The call is handed over: held, or to be made again at its end. */
    void take(Passage passage, MethodHandle call) {
        DeferredDecision wanted = (DeferredDecision) passage.wanted;
        HeldCall last = queue(passage).last(key(passage));
        if (wanted != null && last != null && !isBehind(last, passage)) {
            return; // It is the next that another waits for, and goes; what was wanted of it is spared at its end.
        }
        if (wanted != null && wanted.decision.fault() == FaultKind.DUPLICATE && last == null) {
            wanted.call = call;
            return;
        }
        if (wanted != null && wanted.decision.fault() != FaultKind.DUPLICATE) {
            passage.wanted = null;
            hold(passage, wanted, call, last);
        } else if (last != null) {
            hold(passage, behind(last), call, last);
        }
    }

    private void hold(Passage passage, DeferredDecision wanted, MethodHandle call, HeldCall last) {
        Decision decision = wanted.decision;
        if (held.incrementAndGet() > MOST) {
            held.decrementAndGet();
            full(passage);
            injector.spare(passage, decision);
            return;
        }
        if (!injector.announce(passage, wanted.at, Edge.BEFORE, decision, decision.amount())) {
            held.decrementAndGet();
            return;
        }
        HeldCall later = new HeldCall(passage, wanted.at, decision, call, scopes.nextId());
        later.due = System.nanoTime() + decision.amount();
        later.untilNext = decision.fault() == FaultKind.REORDER && (last == null || last.untilNext);
        if (passage instanceof Operation operation && operation.state != null) {
            operation.state.held = true;
        }
        passage.skip = true;
        queue(passage).add(key(passage), later);
    }

    /** What holds the last holds what follows: the same fault, which counts once. */
    private static DeferredDecision behind(HeldCall last) {
        Decision first = last.decision;
        long left = last.untilNext ? 0 : Math.max(0, last.due - System.nanoTime());
        return new DeferredDecision(
                new Decision(first.injection(), first.fault(), left, first.share(), first.error(), true), last.at);
    }

    /** Too many are held: this one is made now, and in its order if its thread may wait. */
    private void full(Passage passage) {
        if (toldFull.compareAndSet(false, true)) {
            AgentLog.warn(MOST + " calls are held; what comes now is made at once", null);
        }
        settle(passage);
    }

    /** The object of a held save is about to change: what it saves is made before. */
    void changes(SessionState state, Passage change) {
        if (state.held) {
            state.held = false;
            settle(change);
        }
    }

    private void settle(Passage passage) {
        if (!eventLoops.isOne(Thread.currentThread())) {
            queue(passage).settle(key(passage));
        }
    }

    /** The call is over, and was made by its caller. */
    void over(ThreadScope thread, Passage passage, Throwable thrown) {
        DeferredDecision wanted = (DeferredDecision) passage.wanted;
        passage.wanted = null;
        if (held.get() != 0 && !passage.skip && !isLater(passage)) {
            queue(passage).gone(key(passage), passage.scope);
        }
        if (wanted == null) {
            return;
        }
        if (wanted.call == null || thrown != null || passage.skip) {
            injector.spare(passage, wanted.decision);
        } else if (injector.announce(passage, wanted.at, Edge.BEFORE, wanted.decision, 0)) {
            again(thread, new HeldCall(passage, wanted.at, wanted.decision, wanted.call, scopes.nextId()));
        }
    }

    private void make(HeldCall call) {
        ThreadScope thread = scopes.thread();
        try {
            again(thread, call);
        } finally {
            held.decrementAndGet();
        }
        boolean busy = thread.busy;
        thread.busy = true;
        try {
            injector.done(call.passage, call.at, Edge.BEFORE, call.decision, call.age());
        } finally {
            thread.busy = busy;
        }
    }

    /** Makes the call with nothing around it, whatever this thread is at. */
    private static void again(ThreadScope thread, HeldCall call) {
        boolean busy = thread.busy;
        boolean setting = thread.setting;
        RequestScope request = thread.request;
        Operation operation = thread.operation;
        Step step = thread.step;
        thread.busy = false;
        thread.setting = false;
        thread.request = null;
        thread.operation = null;
        thread.step = null;
        thread.held = call.operation;
        try {
            call.make();
        } finally {
            thread.held = null;
            thread.step = step;
            thread.operation = operation;
            thread.request = request;
            thread.setting = setting;
            thread.busy = busy;
        }
    }

    /** The last waits for the session's next: that is another call than those of its own save. */
    private static boolean isBehind(HeldCall last, Passage passage) {
        return last != null && (!last.untilNext || last.operation.scope == passage.scope);
    }

    private static boolean isLater(Passage passage) {
        return passage instanceof Operation operation && operation.isLater;
    }

    private HeldQueue queue(Passage passage) {
        return queues[(int) Math.floorMod(key(passage), (long) QUEUES)];
    }

    /** What goes to different peers, or comes from them, is ordered by nobody. */
    private static long key(Passage passage) {
        int way = passage.point.kind().isReplica() ? passage.point.kind().code() : 0;
        return Mix.mix(Mix.mix(passage.session, passage.peer.hashCode()), way);
    }
}
