package dev.midwrite.controller.run;

import java.util.TreeMap;

/** A clock that stands still but for those who wait by it. */
final class SteppedClock implements RunClock {
    private final TreeMap<Long, Runnable> due = new TreeMap<>();
    private long now;

    @Override
    public long originNanos() {
        return 0;
    }

    @Override
    public synchronized long now() {
        return now;
    }

    @Override
    public long at(long nanoTime) {
        return nanoTime;
    }

    @Override
    public synchronized void sleep(long nanos) {
        now += nanos;
        while (!due.isEmpty() && due.firstKey() <= now) {
            due.pollFirstEntry().getValue().run();
        }
    }

    /** What happens once somebody has waited until then. */
    synchronized void at(long moment, Runnable what) {
        due.put(moment, what);
    }
}
