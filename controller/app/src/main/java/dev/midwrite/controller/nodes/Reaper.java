package dev.midwrite.controller.nodes;

/**
 * Ends what a run started, last first, also when the controller's JVM is told to end (Ctrl-C, SIGTERM). Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class Reaper implements AutoCloseable {

    /** Takes a thing off the list that has been ended otherwise. Idempotent. */
    public interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    private Reaper() {}

    /** Registers a shutdown hook. */
    public static Reaper install() {
        throw new UnsupportedOperationException();
    }

    /** @param end ends the thing; its failure does not keep the others from being ended */
    public Entry add(String what, Runnable end) {
        throw new UnsupportedOperationException();
    }

    /** Ends everything that is left and takes the shutdown hook off. Idempotent; a second caller waits for the first. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
