package dev.midwrite.agent.fault;

import dev.midwrite.event.FaultKind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One armed injection and its counts in this incarnation. Thread-safe. */
final class Armed {
    /** One hour in microseconds. */
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    /** Of more sessions than this the counts are not kept: a host must not run out of memory for a fault. */
    private static final int MOST_SESSIONS = 1 << 20;

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
        Ordinal ordinal = ordinals.get(key);
        if (ordinal == null) {
            if (ordinals.size() >= MOST_SESSIONS) {
                return null;
            }
            ordinal = ordinals.computeIfAbsent(key, session -> new Ordinal());
        }
        synchronized (ordinal) {
            if (passage.scope != 0 && ordinal.scope == passage.scope && ordinal.step == passage.step) {
                // The same logical save again. A drop holds for all of it; anything else has had its turn.
                return ordinal.fired && injection.fault() == FaultKind.DROP ? injection.decision() : null;
            }
            matched.increment();
            ordinal.count++;
            ordinal.scope = passage.scope;
            ordinal.step = passage.step;
            ordinal.fired = Decide.fires(injection, passage.label, ordinal.count) && applyOnce();
            return ordinal.fired ? injection.decision() : null;
        }
    }

    private boolean applyOnce() {
        int limit = injection.atMost();
        for (int count = applied.get(); limit == 0 || count < limit; count = applied.get()) {
            if (applied.compareAndSet(count, count + 1)) {
                lastApplied = System.nanoTime();
                return true;
            }
        }
        return false;
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
        private int step;
        private boolean fired;
    }
}
