package dev.midwrite.controller.run;

import dev.midwrite.check.flat.Threads;
import dev.midwrite.controller.Problem;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes down while a run goes on what is known of it, so that what was recorded can be judged if the run never comes to its
 * end. On a thread of its own: what is asked for may wait for a step of the timeline, and no step may wait for a disk.
 * Thread-safe.
 */
final class Checkpoint implements AutoCloseable {
    private static final long PERIOD_SECONDS = 1;

    private final Runnable write;
    private final Consumer<String> notes;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = new Thread(this::writeAgainAndAgain, "midwrite-checkpoint");
    private volatile boolean closed;
    private boolean failed;

    private Checkpoint(Runnable write, Consumer<String> notes) {
        this.write = write;
        this.notes = notes;
    }

    /**
     * From now on, each second, and whenever something has happened.
     *
     * @param write may fail with a {@link Problem}, or because a disk refuses
     * @param notes hears of the first such, a sentence: the run goes on
     */
    static Checkpoint begin(Runnable write, Consumer<String> notes) {
        Checkpoint checkpoint = new Checkpoint(write, notes);
        checkpoint.thread.setDaemon(true);
        checkpoint.thread.start();
        return checkpoint;
    }

    /** Something has happened. Never waits. */
    void news() {
        news.release();
    }

    private void writeAgainAndAgain() {
        try {
            while (!closed) {
                write();
                if (news.tryAcquire(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            write.run();
        } catch (Problem | UncheckedIOException e) {
            if (!failed) {
                failed = true;
                notes.accept("If the run is broken off, less of it can be judged: " + e.getMessage());
            }
        }
    }

    /** From now on the run's own facts count; none of these are written any more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        news.release();
        Threads.join(thread);
    }
}
