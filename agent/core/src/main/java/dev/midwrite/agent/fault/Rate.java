package dev.midwrite.agent.fault;

import java.util.concurrent.TimeUnit;

/** So many in each period of a second or a minute, of all injections together. Thread-safe. */
final class Rate {
    /** As many as may be. */
    static final Rate UNLIMITED = new Rate(0, TimeUnit.SECONDS.toNanos(1));

    private final int most;
    private final long periodNanos;
    private long began;
    private int taken;

    /** @param most 0 for no limit */
    Rate(int most, long periodNanos) {
        this.most = most;
        this.periodNanos = periodNanos;
    }

    /** The same limit, of which nothing is taken. */
    Rate another() {
        return new Rate(most, periodNanos);
    }

    /**
     * Whether one more may be.
     *
     * @param now monotonic, in nanoseconds
     */
    boolean take(long now) {
        return most == 0 || counted(now);
    }

    private synchronized boolean counted(long now) {
        if (taken == 0 || now - began >= periodNanos) {
            began = now;
            taken = 0;
        }
        if (taken >= most) {
            return false;
        }
        taken++;
        return true;
    }
}
