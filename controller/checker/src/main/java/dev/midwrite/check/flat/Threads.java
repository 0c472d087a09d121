package dev.midwrite.check.flat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs several things at once: the first on the caller's thread, each other on one of its own. */
final class Threads {
    private Threads() {}

    /** Returns when all have ended; throws what one of them threw. */
    static void run(List<Runnable> tasks) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks.subList(1, tasks.size())) {
            Thread thread = new Thread(task, "midwrite-check-" + threads.size());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, e) -> failure.compareAndSet(null, e));
            threads.add(thread);
            thread.start();
        }
        try {
            tasks.get(0).run();
        } finally {
            threads.forEach(Threads::await);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void await(Thread thread) {
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
