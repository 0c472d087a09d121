package dev.midwrite.controller.users;

/**
 * The one clock of all users and of every verdict: monotonic nanoseconds since its origin. Nothing a node's clock does
 * can change it. Thread-safe.
 *
 * @param originNanos {@link System#nanoTime()} at time 0
 */
public record UserClock(long originNanos) {

    /** A clock whose time 0 is now. */
    public static UserClock start() {
        return new UserClock(System.nanoTime());
    }

    /** Nanoseconds since the origin. */
    public long now() {
        return System.nanoTime() - originNanos;
    }

    /** A moment of this JVM's {@link System#nanoTime()} on this clock. */
    public long at(long nanoTime) {
        return nanoTime - originNanos;
    }
}
