package dev.midwrite.agent.link;

import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.fault.Injections;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweepTest {
    /** What a heap without room for a line of the log looks like. */
    private static final class Unspeakable extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new OutOfMemoryError("no room for a word either");
        }

        @Override
        public String getMessage() {
            return toString();
        }
    }

    @Test
    void goesOnWhateverItMeetsAndThoughNothingCanBeSaidOfIt() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        File file = new File("a kill switch") {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean exists() {
                if (looks.incrementAndGet() < 3) {
                    throw new Unspeakable();
                }
                return false;
            }
        };
        Sweep sweep = new Sweep(file, new Injections());
        Thread thread = new Thread(sweep);
        thread.start();
        try {
            await().until(() -> looks.get() > 3);
        } finally {
            sweep.close();
            thread.join();
        }
    }
}
