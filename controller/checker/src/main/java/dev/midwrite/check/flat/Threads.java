package dev.midwrite.check.flat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Several threads at once. */
public final class Threads {
    private Threads() {}

    /** One of the threads: takes task after task until none is left or one has failed. */
    private record Worker(List<? extends Runnable> tasks, AtomicInteger next, AtomicReference<Throwable> failure)
            implements Runnable {

        @Override
        public void run() {
            try {
                for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                    tasks.get(i).run();
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /**
     * Runs several things at once, some on the caller's thread, the others on threads of their own. Returns when all have ended;
     * throws what one of them threw.
     */
    static void run(List<? extends Runnable> tasks, int threads) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Worker worker = new Worker(tasks, new AtomicInteger(), failure);
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, tasks.size()); i++) {
            Thread thread = new Thread(worker, "midwrite-check-" + i);
            thread.setDaemon(true);
            others.add(thread);
            thread.start();
        }
        worker.run();
        for (Thread thread : others) {
            join(thread);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Returns when it has ended; an interrupt in between is kept for later. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
