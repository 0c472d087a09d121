package dev.midwrite.controller.store;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what servers do of themselves and tell nobody: looks again and again. */
final class Polling {
    private static final long POLL_MILLIS = 20;

    private Polling() {}

    /**
     * Returns when it is so.
     *
     * @param patience after which it is given up
     * @param otherwise what is thrown then
     */
    static <E extends Exception> void until(BooleanSupplier condition, Duration patience, Supplier<E> otherwise)
            throws E, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw otherwise.get();
            }
            Thread.sleep(POLL_MILLIS); // There is nothing to wait for but time: a server says it when it is asked.
        }
    }
}
