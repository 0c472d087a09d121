package dev.midwrite.agent.effect;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Pause;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/** Asks what happens at a passage, writes it down, and only then lets it happen. Thread-safe. */
final class Injector {
    private static final byte[] NOTHING = {};
    /** A delay looks this often whether it has been lifted. */
    private static final long SLICE_NANOS = 20_000_000;

    /** After so many errors of ours at one point in one recording nothing is injected there any more. */
    private static final int TOLERATED_ERRORS = 2;

    private final Journal journal;
    private final Decider decider;
    private final Runnable end;
    private final EventLoops eventLoops;
    /** Of the points, in the journal. */
    private final int[] numbers;

    private final Peers peers;
    private final Lines lines = new Lines();
    /** Of ours, by point. */
    private final AtomicIntegerArray errors;

    Injector(Journal journal, Decider decider, Runnable end, EventLoops eventLoops, int[] numbers, Peers peers) {
        this.journal = journal;
        this.decider = decider;
        this.end = end;
        this.eventLoops = eventLoops;
        this.numbers = numbers.clone();
        this.peers = peers;
        this.errors = new AtomicIntegerArray(numbers.length);
    }

    /**
     * The agent has failed at this point.
     *
     * @return whether it has just become too often: nothing is injected there any more
     */
    boolean failed(int point) {
        return errors.incrementAndGet(point) == TOLERATED_ERRORS;
    }

    /** Whether anything is armed at all. */
    boolean isArmed() {
        return decider.armed();
    }

    /** What is armed for this passage, or null; nothing has happened yet. */
    Decision decide(Passage passage, Point at, Edge edge) {
        if (!decider.armed() || errors.get(at.number()) >= TOLERATED_ERRORS) {
            return null;
        }
        Decision decision =
                decider.decide(passage, at, edge, passage.defers || !eventLoops.isOne(Thread.currentThread()));
        if (decision != null && at.reason(decision.fault(), edge).isPresent()) {
            decider.spared(passage, decision); // Not even announced: it was armed where it cannot be done.
            return null;
        }
        return decision;
    }

    /**
     * Does what is armed for this passage; a delay has passed when this returns, or is left as the passage's pause.
     *
     * @param self where an exception's class is looked up
     */
    void at(Passage passage, Point at, Edge edge, Object self) {
        Decision decision = decide(passage, at, edge);
        if (decision != null && isAnnouncedLater(decision.fault())) {
            passage.wanted = new DeferredDecision(decision, at);
            return;
        }
        if (decision == null || !announce(passage, at, edge, decision, decision.amount())) {
            return;
        }
        switch (decision.fault()) {
            case DELAY -> delay(passage, at, edge, decision, decision.amount());
            case HANG -> delay(passage, at, edge, decision, Long.MAX_VALUE);
            case ERROR -> {
                passage.error = InjectedError.of(decision, at, self);
                passage.skip = edge == Edge.BEFORE;
            }
            case DROP, PARTITION -> passage.skip = true;
            case CRASH -> end.run();
            default -> {}
        }
    }

    /** When the call itself, an older reply, or the number of bytes is at hand. */
    private static boolean isAnnouncedLater(FaultKind fault) {
        return fault.isHeld() || fault == FaultKind.STALE || fault == FaultKind.THROTTLE;
    }

    /** Whether the passage's bytes are to be throttled, and have not been. */
    boolean paces(Passage passage) {
        return passage.wanted instanceof DeferredDecision wanted && wanted.decision.fault() == FaultKind.THROTTLE;
    }

    /** Lets the passage wait until so many bytes would have left; by that connection, or if it is null to the other node. */
    void pace(Passage passage, Object connection, int bytes) {
        DeferredDecision wanted = (DeferredDecision) passage.wanted;
        passage.wanted = null;
        if (announce(passage, wanted.at, Edge.BEFORE, wanted.decision, bytes)) {
            long nanos = lines.put(connection, passage.peer, wanted.decision, bytes, System.nanoTime());
            delay(passage, wanted.at, Edge.BEFORE, wanted.decision, nanos);
        }
    }

    /** Writes the fault ahead; false: it is not in the journal and must not happen. */
    boolean announce(Passage passage, Point at, Edge edge, Decision decision, long amount) {
        if (append(EventType.FAULT, passage, at, edge, decision, amount) < 0) {
            decider.spared(passage, decision);
            return false;
        }
        decider.happened(decision);
        return true;
    }

    /** It is not announced, and does not happen. */
    void spare(Passage passage, Decision decision) {
        decider.spared(passage, decision);
    }

    /** It has ended while the process lives, after so many nanoseconds. */
    void done(Passage passage, Point at, Edge edge, Decision decision, long achieved) {
        if (!decision.fault().isOfNode()) { // What befalls the node is no delay of anybody's.
            decider.achieved(decision, achieved);
        }
        append(EventType.FAULT_DONE, passage, at, edge, decision, achieved);
    }

    private void delay(Passage passage, Point at, Edge edge, Decision decision, long nanos) {
        Pause pause = new Delay(passage, at, edge, decision, nanos);
        if (passage.defers) {
            passage.pause = pause;
            return;
        }
        boolean interrupted = false;
        for (long left = pause.left(); left > 0; left = pause.left()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A delay from its announcement to its end. */
    private final class Delay implements Pause {
        private final Passage passage;
        private final Point at;
        private final Edge edge;
        private final Decision decision;
        private final long nanos;
        private final long start = System.nanoTime();
        private boolean over;

        Delay(Passage passage, Point at, Edge edge, Decision decision, long nanos) {
            this.nanos = nanos;
            this.passage = passage;
            this.at = at;
            this.edge = edge;
            this.decision = decision;
        }

        @Override
        public long left() {
            long passed = System.nanoTime() - start;
            long left = nanos - passed;
            if (left > 0 && decider.armed(decision.injection())) {
                return Math.min(left, SLICE_NANOS);
            }
            if (!over) {
                over = true;
                done(passage, at, edge, decision, passed);
            }
            return 0;
        }
    }

    private long append(EventType type, Passage passage, Point at, Edge edge, Decision decision, long amount) {
        return journal.append(
                type,
                passage.session,
                passage.scope,
                passage.request,
                passage.writeId,
                amount,
                numbers[at.number()],
                edge,
                decision.fault().code(),
                passage.step(),
                decision.injection(),
                peers.number(passage.peer),
                NOTHING);
    }
}
