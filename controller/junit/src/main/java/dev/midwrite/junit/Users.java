package dev.midwrite.junit;

import dev.midwrite.controller.run.Hand;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The users of a {@link DrillTest} that drives by hand: a parameter of its method. They work from before the method begins until
 * it returns. For the thread of the test only.
 */
public final class Users {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Supplier<Hand> hand;

    Users(Supplier<Hand> hand) {
        this.hand = hand;
    }

    /** Lets them go on for so long. */
    public void work(Duration time) throws InterruptedException {
        hand.get().sleep(time);
    }

    /**
     * Lets them go on until so many more of their requests have succeeded.
     *
     * @throws AssertionError if that takes longer than {@code atMost}
     */
    public void awaitAnswers(long more, Duration atMost) throws InterruptedException {
        long wanted = answered() + more;
        long deadline = System.nanoTime() + atMost.toNanos();
        while (answered() < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Only " + (more - wanted + answered()) + " of " + more
                        + " requests succeeded within " + atMost.toMillis() + " ms.");
            }
            hand.get().sleep(LOOK);
        }
    }

    /** How many of their requests have succeeded so far. */
    public long answered() {
        return hand.get().answers().ok();
    }

    /** How many have failed for certain. */
    public long failed() {
        return hand.get().answers().failed();
    }

    /** Of how many nobody knows. */
    public long unknown() {
        return hand.get().answers().unknown();
    }
}
