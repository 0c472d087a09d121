package dev.midwrite.agent.fault;

import java.util.function.LongSupplier;

/** Until when anything may happen, on a monotonic clock. Thread-safe; written by one thread at a time. */
final class Lease {
    private final LongSupplier clock;
    private volatile long renewedAt;
    private volatile boolean everRenewed;
    private volatile long end;

    /** One that is over. */
    Lease(LongSupplier clock) {
        this.clock = clock;
        this.end = clock.getAsLong();
    }

    /** @param since when it was asked for; a time to come counts as now */
    void renew(long since, long ttlNanos) {
        long now = clock.getAsLong();
        renewedAt = now;
        everRenewed = true;
        end = (since - now > 0 ? now : since) + ttlNanos;
    }

    boolean isOver(long now) {
        return now - end >= 0;
    }

    long end() {
        return end;
    }

    /** Nanoseconds until it ends; negative if it has. */
    long left() {
        return end - clock.getAsLong();
    }

    /** Nanoseconds since it was renewed; -1 before the first time. */
    long age() {
        return everRenewed ? clock.getAsLong() - renewedAt : -1;
    }
}
