package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what a run started, last first, also when the controller's JVM is told to end (Ctrl-C, SIGTERM). Thread-safe.
 */
public final class Reaper implements AutoCloseable {
    private final Deque<Thing> things = new ArrayDeque<>();
    private final Object ending = new Object();
    private final Thread hook = new Thread(this::endAll, "midwrite-reaper");
    private boolean closed;

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

    /** Ends everything that is left and takes the shutdown hook off. Idempotent; a second caller waits for the first. */
    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has run or finds nothing.
        }
    }

    private void endAll() {
        synchronized (ending) {
            for (Thing thing = next(); thing != null; thing = next()) {
                try {
                    thing.end.run();
                } catch (RuntimeException e) {
                    System.err.println("Could not end " + thing.what + ": " + e.getMessage());
                }
            }
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
