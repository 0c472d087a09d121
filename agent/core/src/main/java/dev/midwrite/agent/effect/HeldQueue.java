package dev.midwrite.agent.effect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Held calls of some sessions, and the thread that makes them: in order within one line, whatever the other lines wait for.
 *
 * <p>Thread-safe. Its lock is held while lines are looked at, never while a call is made.
 */
final class HeldQueue implements Runnable {
    /** Calls whose injection has ended are found this often. */
    private static final long SLICE_MILLIS = 20;
    /** A thread without calls ends after so long; the next call starts one. */
    private static final long IDLE_MILLIS = 2_000;

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Map<Long, Line> lines = new LinkedHashMap<>();
    private final Consumer<HeldCall> made;
    private final Predicate<HeldCall> ended;
    private boolean running;

    /**
     * @param made makes a call, on the thread that asks
     * @param ended whether what holds a call is over
     */
    HeldQueue(Consumer<HeldCall> made, Predicate<HeldCall> ended) {
        this.made = made;
        this.ended = ended;
    }

    /** Guarded by the queue. */
    private static final class Line {
        private final Deque<HeldCall> calls = new ArrayDeque<>();
        /** Some thread makes the first. */
        private boolean busy;
    }

    /** The call that was held last in this line, and is not over; null for none. */
    synchronized HeldCall last(long key) {
        Line line = lines.get(key);
        return line == null ? null : line.calls.peekLast();
    }

    /** Behind all that is in its line, and due no earlier than those. */
    synchronized void add(long key, HeldCall call) {
        Line line = lines.computeIfAbsent(key, unused -> new Line());
        HeldCall last = line.calls.peekLast();
        if (last != null && last.due - call.due > 0) {
            call.due = last.due;
        }
        line.calls.add(call);
        if (lines.size() == 1) {
            notifyAll(); // The thread may be at rest.
        }
        if (!running) {
            running = true;
            // Without the host's inheritable thread locals.
            Thread thread = new Thread(null, this, "midwrite-held-" + THREADS.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The session's next has gone: what waits for it in this line need not any more. */
    synchronized void gone(long key, long scope) {
        Line line = lines.get(key);
        if (line != null) {
            for (HeldCall call : line.calls) {
                if (call.operation.scope != scope) {
                    call.untilNext = false;
                }
            }
            notifyAll();
        }
    }

    /** All of this line have been made when this returns, most of them by this very thread. */
    void settle(long key) {
        boolean interrupted = false;
        while (true) {
            if (taken(key)) {
                make(key);
                continue;
            }
            synchronized (this) {
                Line line = lines.get(key);
                if (line == null) {
                    break;
                }
                if (line.busy) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        for (Long next = next(); next != null; next = next()) {
            make(next);
            Thread.interrupted(); // What the host's code has left.
        }
    }

    /** Whether this thread is to make the first call of this line: there is one, and nobody else is at it. */
    private synchronized boolean taken(long key) {
        Line line = lines.get(key);
        if (line == null || line.busy) {
            return false;
        }
        line.busy = true;
        return true;
    }

    private void make(long key) {
        HeldCall call;
        synchronized (this) {
            call = lines.get(key).calls.peek();
        }
        try {
            made.accept(call);
        } finally {
            synchronized (this) {
                Line line = lines.get(key);
                line.calls.remove();
                line.busy = false;
                if (line.calls.isEmpty()) {
                    lines.remove(key);
                }
                notifyAll();
            }
        }
    }

    /** The line whose first call is due, taken; null when there has been none for a while, and this thread ends. */
    private synchronized Long next() {
        boolean rested = false;
        while (true) {
            long wait = SLICE_MILLIS;
            long now = System.nanoTime();
            for (Map.Entry<Long, Line> each : lines.entrySet()) {
                Line line = each.getValue();
                if (line.busy) {
                    continue;
                }
                HeldCall first = line.calls.peek();
                long left = first.untilNext ? Long.MAX_VALUE : first.due - now;
                if (left <= 0 || ended.test(first)) {
                    line.busy = true;
                    return each.getKey();
                }
                wait = Math.min(wait, left / 1_000_000 + 1);
            }
            if (lines.isEmpty()) {
                if (rested) {
                    running = false;
                    return null;
                }
                rested = true;
                wait = IDLE_MILLIS;
            } else {
                rested = false;
            }
            try {
                wait(wait);
            } catch (InterruptedException e) {
                rested = false; // Somebody else's: this thread ends when it has nothing to do.
            }
        }
    }
}
