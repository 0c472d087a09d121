package dev.midwrite.controller.users;

import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.LoadFacts.PaceFacts;
import dev.midwrite.controller.plan.UsersSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends users' requests at their planned times, with threads, connections and time-outs that nobody else uses: who waits
 * here for a slow node holds up nobody anywhere else. No thread waits for an answer. Thread-safe.
 */
final class Pace implements AutoCloseable {
    private static final int MOST_UNDER_WAY = Integer.MAX_VALUE;

    /** Whoever sends one request after the other. */
    @FunctionalInterface
    interface Actor {

        /**
         * One logical request; ends when nothing more comes of it.
         *
         * @param planned when it was to be sent, and {@code due} when it could have been, on the users' clock
         */
        CompletableFuture<Void> act(long planned, long due);
    }

    private final UserClock clock;
    private final ProbeClient client;
    private final Requester requester;
    private final Lateness lateness = new Lateness();
    private final ScheduledThreadPoolExecutor timer;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /**
     * @param name of its threads
     * @param connections that may be open at a time
     * @param threads that read and write
     */
    Pace(
            String name,
            UserSetting setting,
            Router router,
            UserClock clock,
            HistoryWriter history,
            RequestListener listener,
            int connections,
            int threads) {
        this.clock = clock;
        UsersSpec users = setting.users();
        this.client = new ProbeClient(
                name,
                clock,
                connections,
                threads,
                users,
                !setting.probe().place().none(),
                lateness);
        this.requester = new Requester(setting, router, clock, history, listener, client);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    Requester requester() {
        return requester;
    }

    /** How well requests kept to their plan so far. */
    PaceFacts facts() {
        return new PaceFacts(lateness.count(), lateness.p99(), lateness.max(), lateness.withoutConnection());
    }

    /**
     * From now on, until {@link #stop}: a request at each planned time, or as soon after it as the one before has ended.
     *
     * @param first planned time and {@code period} between two, in nanoseconds of the users' clock
     */
    void follow(Actor actor, long first, long period) {
        at(first, () -> act(actor, first, first, period));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What it throws is kept as this pace's failure.
    private void act(Actor actor, long planned, long due, long period) {
        if (stopped || !underWay.tryAcquire()) {
            return;
        }
        try {
            actor.act(planned, due).whenComplete((done, broken) -> {
                underWay.release();
                if (broken != null) {
                    broke(broken);
                }
                long next = planned + period;
                long free = clock.now();
                at(next, () -> act(actor, next, Math.max(next, free), period));
            });
        } catch (RuntimeException e) {
            underWay.release();
            throw e;
        }
    }

    /** Runs it at this time of the users' clock; not at all once stopped. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task keeps its own failure.
    void at(long planned, Runnable task) {
        Runnable guarded = () -> {
            try {
                if (!stopped) {
                    task.run();
                }
            } catch (RuntimeException e) {
                broke(e);
            }
        };
        try {
            timer.schedule(guarded, Math.max(0, planned - clock.now()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile.
            stopped = true;
        }
    }

    /** A user who cannot go on would silently thin out the load: the run must not count. */
    private void broke(Throwable cause) {
        failure.compareAndSet(null, cause instanceof CompletionException ? cause.getCause() : cause);
        stopped = true;
    }

    /** No request is sent from now on. */
    void stop() {
        stopped = true;
    }

    /** Waits until those under way have ended; false if some have not in time. After {@link #stop}. */
    boolean quiet(Duration timeout) throws InterruptedException {
        return underWay.tryAcquire(MOST_UNDER_WAY, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why users could not go on; null if they could. */
    Throwable failure() {
        return failure.get();
    }

    @Override
    public void close() {
        stopped = true;
        timer.shutdownNow();
        client.close();
    }
}
