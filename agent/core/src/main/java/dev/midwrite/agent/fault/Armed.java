package dev.midwrite.agent.fault;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One armed injection and its counts in this incarnation. Thread-safe. */
final class Armed {
    /** One hour in microseconds. */
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private static final long LINGER_NANOS = 2_000_000_000L;

    private final Injection injection;
    private final long deadline;
    private final ConcurrentHashMap<Long, Ordinal> ordinals = new ConcurrentHashMap<>();
    private volatile long lastApplied;
    private final LongAdder matched = new LongAdder();
    private final AtomicInteger applied = new AtomicInteger();
    private final ConcurrentHistogram achievedMicros = new ConcurrentHistogram(HIGHEST_MICROS, 3);

    Armed(Injection injection, long now) {
        this.injection = injection;
        this.deadline = now + injection.ttlNanos();
    }

    Injection injection() {
        return injection;
    }

    boolean over(long now) {
        return injection.ttlNanos() > 0 && now - deadline >= 0;
    }

    /** It can fire no more; for a moment it stays, because the save that it hit last may be saved again. */
    boolean exhausted(long now) {
        return injection.atMost() > 0 && applied.get() >= injection.atMost() && now - lastApplied > LINGER_NANOS;
    }

    /** Counts the passage and decides it; null to proceed. */
    Decision decide(Passage passage) {
        // Without a label there is no replay; the session still gets an ordinal of its own.
        long key = passage.label != 0 ? passage.label : passage.session;
        Ordinal ordinal = ordinals.computeIfAbsent(key, session -> new Ordinal());
        synchronized (ordinal) {
            if (passage.scope != 0 && ordinal.scope == passage.scope) {
                // The same logical save again: the first answer holds for all of it.
                return ordinal.fired ? injection.decision() : null;
            }
            matched.increment();
            ordinal.count++;
            ordinal.scope = passage.scope;
            ordinal.fired = Decide.fires(injection, passage.label, ordinal.count) && applyOnce();
            return ordinal.fired ? injection.decision() : null;
        }
    }

    private boolean applyOnce() {
        int limit = injection.atMost();
        lastApplied = System.nanoTime();
        return applied.getAndUpdate(count -> limit == 0 || count < limit ? count + 1 : count) < limit || limit == 0;
    }

    void achieved(long nanos) {
        achievedMicros.recordValue(Math.min(nanos / 1000, HIGHEST_MICROS));
    }

    Counts counts() {
        Histogram achieved = achievedMicros.copy();
        return new Counts(injection.id(), matched.sum(), applied.get(), achieved);
    }

    /** Guarded by itself. */
    private static final class Ordinal {
        private long count;
        private long scope;
        private boolean fired;
    }
}
