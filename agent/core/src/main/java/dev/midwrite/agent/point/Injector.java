package dev.midwrite.agent.point;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.fault.Passage;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.PossibleFaults;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks what happens at a passage, writes it down, and only then lets it happen. Thread-safe. */
final class Injector {
    private static final byte[] NOTHING = {};
    /** A delay looks this often whether it has been lifted. */
    private static final long SLICE_NANOS = 20_000_000;

    private final Journal journal;
    private final Decider decider;
    private final int[] numbers;

    private volatile boolean stopped;

    Injector(Journal journal, Decider decider, int[] numbers) {
        this.journal = journal;
        this.decider = decider;
        this.numbers = numbers;
    }

    /** Injects nothing any more: the agent itself is not well. */
    void stop() {
        stopped = true;
    }

    /** What is armed for this passage, or null; nothing has happened yet. */
    Decision decide(Token token, Place place, Edge edge) {
        if (stopped || !decider.armed()) {
            return null;
        }
        return decider.decide(passage(token, place, edge));
    }

    private static Passage passage(Token token, Place place, Edge edge) {
        Passage passage = new Passage();
        passage.pointName = place.pointName();
        passage.kind = place.kind();
        passage.edge = edge;
        passage.step = token.step();
        passage.command = token.command();
        passage.label = token.label;
        passage.session = token.session;
        passage.isNew = token.isNew;
        passage.dirty = token.dirty;
        passage.scope = token.scope;
        return passage;
    }

    /**
     * Does what is armed for this passage; a delay has passed when this returns.
     *
     * @param self where an exception's class is looked up
     */
    void at(Token token, Place place, Edge edge, Object self) {
        Decision decision = decide(token, place, edge);
        if (decision == null) {
            return;
        }
        if (!possible(decision.fault(), place, edge)) {
            decider.spared(passage(token, place, edge), decision);
            return;
        }
        if (!announce(token, place, edge, decision)) {
            return;
        }
        switch (decision.fault()) {
            case DELAY -> delay(token, place, edge, decision);
            case ERROR -> {
                token.error = InjectedError.of(decision, place, self);
                token.skip = Token.canSkip(edge);
            }
            case DROP -> token.skip = true;
            case CRASH -> Crash.now();
            default -> {}
        }
    }

    /** Writes the fault ahead; false: it is not in the journal and must not happen. */
    boolean announce(Token token, Place place, Edge edge, Decision decision) {
        return announce(token, place, edge, decision, decision.amount());
    }

    boolean announce(Token token, Place place, Edge edge, Decision decision, long amount) {
        if (append(EventType.FAULT, token, place, edge, decision, amount) < 0) {
            decider.spared(passage(token, place, edge), decision);
            return false;
        }
        decider.happened(decision);
        return true;
    }

    private static boolean possible(FaultKind fault, Place place, Edge edge) {
        Optional<String> reason = PossibleFaults.reason(fault, place.kind(), edge);
        reason.ifPresent(sentence -> AgentLog.warn(sentence, null));
        return reason.isEmpty() && fault != FaultKind.TEAR;
    }

    private void delay(Token token, Place place, Edge edge, Decision decision) {
        long start = System.nanoTime();
        boolean interrupted = false;
        if (!EventLoops.isOne(Thread.currentThread())) {
            for (long left = decision.amount();
                    left > 0 && decider.armed(decision.injection());
                    left = decision.amount() - (System.nanoTime() - start)) {
                LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        long achieved = System.nanoTime() - start;
        decider.achieved(decision, achieved);
        append(EventType.FAULT_DONE, token, place, edge, decision, achieved);
    }

    private long append(EventType type, Token token, Place place, Edge edge, Decision decision, long amount) {
        return journal.append(
                type,
                token.session,
                token.scope,
                token.request,
                token.writeId,
                amount,
                numbers[place.ordinal()],
                edge,
                decision.fault().code(),
                token.step(),
                decision.injection(),
                NOTHING);
    }
}
