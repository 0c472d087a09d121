package dev.midwrite.controller.live;

import dev.midwrite.event.Outcome;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How many requests ended of late, and how all of them ended. Not thread-safe. */
public final class Throughput {
    private static final int SECONDS = 5;
    /** The second that is under way is not counted yet, and a late end may be of one before it. */
    private static final int SLOTS = 2 * SECONDS;

    private final long[] outcomes = new long[Outcome.values().length];
    private final long[] counts = new long[SLOTS];
    private final long[] seconds = new long[SLOTS];
    private long first = Long.MAX_VALUE;

    Throughput() {
        Arrays.fill(seconds, -1);
    }

    /** @param at when it ended, or began if it never did; nanoseconds on the users' clock */
    void ended(long at, int outcome) {
        outcomes[outcome]++;
        long second = TimeUnit.NANOSECONDS.toSeconds(at);
        int slot = (int) (second % SLOTS);
        if (seconds[slot] < second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        if (seconds[slot] == second) {
            counts[slot]++;
        }
        first = Math.min(first, second);
    }

    /** Over the last five whole seconds, or those that there were; 0 before the first is over. */
    public double perSecond(long now) {
        long second = TimeUnit.NANOSECONDS.toSeconds(now);
        long from = Math.max(first, second - SECONDS);
        long sum = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            sum += seconds[slot] >= from && seconds[slot] < second ? counts[slot] : 0;
        }
        return from >= second ? 0 : (double) sum / (second - from);
    }

    public long of(Outcome outcome) {
        return outcomes[outcome.code()];
    }
}
