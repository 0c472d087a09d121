package dev.midwrite.controller.run;

/** A clock that stands still but for those who wait by it. */
final class SteppedClock implements RunClock {
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
    }
}
