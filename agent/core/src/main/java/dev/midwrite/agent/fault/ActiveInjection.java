package dev.midwrite.agent.fault;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** One armed injection and its counts in this incarnation. Thread-safe. */
final class ActiveInjection {
    /** Of more sessions than this the counts are not kept: a host must not run out of memory for a fault. */
    private static final int MOST_SESSIONS = 1 << 20;

    private static final long LINGER_NANOS = 2_000_000_000L;

    private final Injection injection;
    /** Numbers of the points; not changed after it is made. */
    private final BitSet points;

    /** Monotonic, in nanoseconds. */
    private final LongSupplier clock;

    private final Rate rate;
    private final boolean sparesUnlabelled;
    private final boolean isDry;

    private final long since;
    private final long deadline;
    private final ConcurrentHashMap<Long, Ordinal> ordinals = new ConcurrentHashMap<>();
    private final AtomicLong nobodys = new AtomicLong();
    private volatile long lastTaken;
    private final LongAdder matched = new LongAdder();
    /** Turns of {@code atMost} that are taken: what has happened, and what is about to. */
    private final AtomicInteger taken = new AtomicInteger();

    private final LongAdder applied = new LongAdder();
    private final Reasons heldBack = new Reasons();
    private final Delays delays = new Delays();

    /**
     * @param rate of all injections together
     * @param sparesUnlabelled nothing happens to sessions without a label
     * @param isDry it only counts
     */
    ActiveInjection(
            Injection injection,
            BitSet points,
            LongSupplier clock,
            Rate rate,
            boolean sparesUnlabelled,
            boolean isDry) {
        this.injection = injection;
        this.points = points;
        this.clock = clock;
        this.rate = rate;
        this.sparesUnlabelled = sparesUnlabelled;
        this.isDry = isDry;
        this.since = clock.getAsLong();
        this.deadline = since + injection.ttlNanos();
    }

    Injection injection() {
        return injection;
    }

    /** Whether it is armed at this point and selects the passage; counts why not. */
    boolean selects(Passage passage, Point at, Edge edge) {
        return points.get(at.number())
                && !heldBack(injection.unselected(passage, edge))
                && !(sparesUnlabelled && passage.label == 0 && heldBack(Reason.UNLABELLED));
    }

    /** @return whether anything did: null is no reason */
    boolean heldBack(Reason reason) {
        if (reason != null) {
            heldBack.add(reason);
        }
        return reason != null;
    }

    /** It injects nothing, and counts what it would. */
    boolean isDry() {
        return isDry;
    }

    /** Whether it was armed while a lease held that ended at this time. */
    boolean hadLease(long leaseEnd) {
        return since - leaseEnd < 0;
    }

    long age(long now) {
        return now - since;
    }

    boolean over(long now) {
        return injection.ttlNanos() > 0 && now - deadline >= 0;
    }

    /** It can fire no more; for a moment it stays, because the save that it hit last may be saved again. */
    boolean exhausted(long now) {
        return injection.atMost() > 0 && applied.sum() >= injection.atMost() && now - lastTaken > LINGER_NANOS;
    }

    /**
     * Counts the passage, whatever others decide about it, and decides it.
     *
     * @param free nobody else has decided it yet, and it can be done on this thread; else it is counted only
     * @return null to proceed
     */
    Decision decide(Passage passage, boolean free) {
        long key = key(passage);
        long drawn = key == 0 ? nobodys.incrementAndGet() : key;
        if (!Decide.inShare(injection.seed(), drawn, injection.sessionShare())) {
            heldBack(Reason.SHARE);
            return null;
        }
        Ordinal ordinal = ordinals.get(key);
        if (ordinal == null) {
            if (ordinals.size() >= MOST_SESSIONS) {
                return null;
            }
            ordinal = ordinals.computeIfAbsent(key, session -> new Ordinal());
        }
        synchronized (ordinal) {
            if (passage.scope != 0 && ordinal.scope == passage.scope && ordinal.step == passage.step()) {
                // The same logical save again: a drop holds for all of it, a throttle for all of its bytes.
                // Anything else has had its turn.
                boolean goesOn = injection.fault() == FaultKind.DROP || injection.fault() == FaultKind.THROTTLE;
                boolean holds = ordinal.fired && goesOn;
                return free && holds ? injection.decision(true) : null;
            }
            matched.increment();
            ordinal.count++;
            ordinal.scope = passage.scope;
            ordinal.step = passage.step();
            Reason reason = Decide.heldBack(injection, key, ordinal.count);
            if (reason == null) {
                reason = free ? take() : Reason.TAKEN;
            }
            ordinal.fired = !heldBack(reason);
            return ordinal.fired ? injection.decision(false) : null;
        }
    }

    /** The user's label, which a replay has too; without one the session itself; 0 for nobody's. */
    private static long key(Passage passage) {
        return passage.label != 0 ? passage.label : passage.session;
    }

    /** Null if there is a turn left, which is taken. */
    private Reason take() {
        int limit = injection.atMost();
        for (int count = taken.get(); limit == 0 || count < limit; count = taken.get()) {
            if (taken.compareAndSet(count, count + 1)) {
                long now = clock.getAsLong();
                if (!rate.take(now)) {
                    taken.decrementAndGet();
                    return Reason.RATE;
                }
                lastTaken = now;
                return null;
            }
        }
        return Reason.AT_MOST;
    }

    void happened(Decision decision) {
        if (!decision.again()) {
            applied.increment();
        }
    }

    void spared(Passage passage, Decision decision) {
        if (decision.again()) {
            return;
        }
        taken.decrementAndGet();
        heldBack(Reason.SPARED);
        Ordinal ordinal = ordinals.get(key(passage));
        if (ordinal != null) {
            synchronized (ordinal) {
                ordinal.fired &= ordinal.scope != passage.scope;
            }
        }
    }

    void achieved(long nanos) {
        delays.add(nanos);
    }

    Counts counts() {
        return new Counts(injection.id(), matched.sum(), applied.sum(), heldBack.sums(), delays, isDry);
    }

    /** Guarded by itself. */
    private static final class Ordinal {
        private long count;
        private long scope;
        private int step;
        private boolean fired;
    }
}
