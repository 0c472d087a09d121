package dev.midwrite.controller.run;

import dev.midwrite.controller.users.UserClock;
import java.util.concurrent.TimeUnit;

/** The users' clock, and waiting by it. */
interface RunClock {
    /** This JVM's {@link System#nanoTime()} at 0. */
    long originNanos();

    /** Nanoseconds since the users' origin. */
    long now();

    /** A moment of this JVM's {@link System#nanoTime()} on this clock. */
    long at(long nanoTime);

    void sleep(long nanos) throws InterruptedException;

    static RunClock of(UserClock clock) {
        return new RunClock() {
            @Override
            public long originNanos() {
                return clock.originNanos();
            }

            @Override
            public long now() {
                return clock.now();
            }

            @Override
            public long at(long nanoTime) {
                return clock.at(nanoTime);
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };
    }
}
