package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what a run started, last first, also when the controller's JVM is told to end (Ctrl-C, SIGTERM). When it is killed, a
 * {@link Watchdog} kills the processes. Thread-safe.
 */
public final class Reaper implements AutoCloseable {
    private final Deque<Thing> things = new ArrayDeque<>();
    private final Object ending = new Object();
    private final Thread hook = new Thread(this::endAllAndItsWatch, "midwrite-reaper");
    private boolean closed;
    private volatile boolean told;
    private Watchdog watchdog;

    /** Takes a thing off the list that has been ended otherwise. Idempotent. */
    public interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    /** Each is itself: two may look alike. */
    private static final class Thing {
        private final String what;
        private final Runnable end;

        Thing(String what, Runnable end) {
            this.what = what;
            this.end = end;
        }
    }

    private Reaper() {}

    /** Registers a shutdown hook. */
    public static Reaper install() {
        Reaper reaper = new Reaper();
        Runtime.getRuntime().addShutdownHook(reaper.hook);
        return reaper;
    }

    /**
     * @param what names the thing if it cannot be ended
     * @param end ends the thing; its failure does not keep the others from being ended
     * @throws Problem if everything has been ended already: then the caller must not start the thing, or end it itself
     */
    public Entry add(String what, Runnable end) {
        Thing thing = new Thing(what, end);
        synchronized (things) {
            if (closed) {
                throw new Problem("The run has ended, " + what + " must not start any more.");
            }
            things.push(thing);
        }
        return () -> {
            synchronized (things) {
                things.remove(thing);
            }
        };
    }

    /**
     * This process, and what it starts, is killed if this JVM is. To be said as soon as it was started. A run without a
     * watchdog goes on, and says so.
     */
    public void watch(Process started) {
        synchronized (things) {
            try {
                if (watchdog == null) {
                    watchdog = Watchdog.start();
                }
                watchdog.guard(started);
            } catch (IOException e) {
                System.err.println("Should this process be killed, process " + started.pid()
                        + " stays: there is no watchdog (" + e.getMessage() + ").");
            }
        }
    }

    /** Whether what was started is being ended: whatever ends from then on says nothing of itself. */
    public boolean ending() {
        return told;
    }

    /** @throws InterruptedException if what was started is being ended */
    public void requireGoingOn() throws InterruptedException {
        if (told) {
            throw new InterruptedException("all that was started is being ended");
        }
    }

    /** Ends everything that is left and takes the shutdown hook off. Idempotent; a second caller waits for the first. */
    @Override
    public void close() {
        endAllAndItsWatch();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has run or finds nothing.
        }
    }

    /** What could not be ended is left to the watchdog. */
    private void endAllAndItsWatch() {
        if (!endAll()) {
            return;
        }
        synchronized (things) {
            if (watchdog != null) {
                watchdog.close();
            }
        }
    }

    /** @return whether nothing failed */
    private boolean endAll() {
        told = true;
        synchronized (ending) {
            boolean all = true;
            for (Thing thing = next(); thing != null; thing = next()) {
                try {
                    thing.end.run();
                } catch (RuntimeException e) {
                    System.err.println("Could not end " + thing.what + ": " + e.getMessage());
                    all = false;
                }
            }
            return all;
        }
    }

    private Thing next() {
        synchronized (things) {
            Thing thing = things.poll();
            closed = thing == null;
            return thing;
        }
    }
}
