package dev.midwrite.agent.fault;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long an injection's delays really took.
 *
 * <p>Thread-safe. Takes memory (some 400 kB) only once there is a delay, and copies only for who asks.
 */
public final class Delays {
    /** One hour in microseconds. */
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private static final Histogram NONE = new Histogram(1);

    private volatile ConcurrentHistogram micros;

    void add(long nanos) {
        ConcurrentHistogram known = micros;
        if (known == null) {
            synchronized (this) {
                known = micros;
                if (known == null) {
                    known = new ConcurrentHistogram(HIGHEST_MICROS, 3);
                    micros = known;
                }
            }
        }
        known.recordValue(Math.min(nanos / 1000, HIGHEST_MICROS));
    }

    /** In microseconds, as of now; not to be changed. */
    public Histogram micros() {
        ConcurrentHistogram known = micros;
        return known == null ? NONE : known.copy();
    }

    /** Whether memory was taken. */
    boolean isEmpty() {
        return micros == null;
    }
}
