package dev.midwrite.controller.users;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long requests that could have been sent waited for us: for a thread, a connection of the pool, the queue of an I/O
 * thread. A node's time to accept a connection is not in it. Thread-safe.
 */
final class Lateness {
    private static final int DIGITS = 3;

    private final Histogram nanos = new ConcurrentHistogram(DIGITS);
    private final LongAdder starved = new LongAdder();

    /** One request left so many nanoseconds late. */
    void sent(long late) {
        nanos.recordValue(Math.max(0, late));
    }

    /** One request never left, because all connections that we may have were taken. */
    void starved() {
        starved.increment();
    }

    /** Requests that left. */
    long count() {
        return nanos.getTotalCount();
    }

    /** Nanoseconds that 99 % of the requests were late at most; 0 if none left. */
    long p99() {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(99);
    }

    /** Nanoseconds; 0 if none left. */
    long max() {
        return nanos.getMaxValue();
    }

    /** Requests that never left for want of a connection. */
    long withoutConnection() {
        return starved.sum();
    }
}
