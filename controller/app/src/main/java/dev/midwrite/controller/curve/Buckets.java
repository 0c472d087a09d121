package dev.midwrite.controller.curve;

import java.util.concurrent.TimeUnit;

/**
 * Stretches of time of one width, the first of which begins at {@code from}.
 *
 * @param from nanoseconds on the users' clock; a multiple of the width
 * @param width in nanoseconds, at least half a second, and then twice as much, and so on: whatever was gathered by narrower
 *     ones of this kind falls into one of these
 * @param count at least 1, at most {@link #MOST}
 */
public record Buckets(long from, long width, int count) {
    public static final int MOST = 64;
    /** In less, there are too few requests for a percentile. */
    private static final long FINEST = TimeUnit.MILLISECONDS.toNanos(500);

    /** That cover both moments and all between them, none of them finer than this. */
    static Buckets covering(long from, long to, long least) {
        long width = FINEST;
        while (width < least || Math.floorDiv(to, width) - Math.floorDiv(from, width) >= MOST) {
            width *= 2;
        }
        long first = Math.floorDiv(from, width);
        return new Buckets(first * width, width, (int) (Math.floorDiv(to, width) - first) + 1);
    }

    /** In which one a moment lies; what lies outside counts to the nearest. */
    int index(long at) {
        return (int) Math.max(0, Math.min(count - 1L, Math.floorDiv(at - from, width)));
    }

    /** When one begins, nanoseconds on the users' clock. */
    public long start(int index) {
        return from + index * width;
    }

    public long end(int index) {
        return start(index) + width;
    }

    /** What a number in one of them is by second. */
    public double perSecond(long number) {
        return number * 1e9 / width;
    }
}
