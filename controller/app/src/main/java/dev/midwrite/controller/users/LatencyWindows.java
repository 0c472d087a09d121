package dev.midwrite.controller.users;

import dev.midwrite.controller.history.LatencyFacts;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies by the time at which their requests were planned. However long it goes on, there are never more than
 * {@link #MOST} windows: when they run out, each two become one of twice the width. Thread-safe.
 */
final class LatencyWindows {
    static final int MOST = 240;
    /** A quarter of a second: fewer requests than fall into it say little of a percentile. */
    static final long FINEST = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int DIGITS = 2;

    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private long width = FINEST;

    private static final class Window {
        private final Histogram nanos = new Histogram(DIGITS);
        private long neverEnded;

        void add(Window other) {
            nanos.add(other.nanos);
            neverEnded += other.neverEnded;
        }
    }

    /** @param planned on the users' clock, and {@code took} nanoseconds from then */
    synchronized void ended(long planned, long took) {
        at(planned).nanos.recordValue(took);
    }

    synchronized void neverEnded(long planned) {
        at(planned).neverEnded++;
    }

    private Window at(long planned) {
        while (windows.size() == MOST && !windows.containsKey(index(planned))) {
            widen();
        }
        return windows.computeIfAbsent(index(planned), index -> new Window());
    }

    private long index(long planned) {
        return Math.floorDiv(planned, width);
    }

    private void widen() {
        width *= 2;
        TreeMap<Long, Window> narrow = new TreeMap<>(windows);
        windows.clear();
        narrow.forEach((index, window) -> windows.merge(Math.floorDiv(index, 2), window, (one, other) -> {
            one.add(other);
            return one;
        }));
    }

    synchronized LatencyFacts facts() {
        return new LatencyFacts(
                LatencyFacts.FORMAT,
                width,
                windows.entrySet().stream()
                        .map(entry -> LatencyFacts.Window.of(
                                entry.getKey() * width, entry.getValue().nanos, entry.getValue().neverEnded))
                        .toList());
    }
}
