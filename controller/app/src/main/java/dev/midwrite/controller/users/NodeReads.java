package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Requester.Request;
import dev.midwrite.controller.users.Router.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All final reads of one node: so many sessions at a time, and whatever has no answer again after the others, until the
 * time is over. Everything but {@link #begin} happens on one thread; counts may be asked for once it has ended.
 */
final class NodeReads {
    /** Enough to keep a node busy, too few to make it slow. */
    private static final int AT_A_TIME = 16;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Target target;
    private final UserClock clock;
    private final long timeout;
    private final long deadline;
    private final Requester requester;
    private final ScheduledExecutorService thread;
    private final Deque<Reading> waiting;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private int underWay;
    private long answered;
    private long unanswered;
    private long unasked;

    /**
     * @param timeout of one attempt
     * @param deadline of all, on the users' clock
     * @param thread on which all is decided
     */
    NodeReads(
            Target target,
            UserClock clock,
            Duration timeout,
            long deadline,
            Requester requester,
            ScheduledExecutorService thread,
            List<Reading> readings) {
        this.target = target;
        this.clock = clock;
        this.timeout = timeout.toNanos();
        this.deadline = deadline;
        this.requester = requester;
        this.thread = thread;
        this.waiting = new ArrayDeque<>(readings);
    }

    /** Ends when all was read, or the time is over and nothing is under way. */
    CompletableFuture<Void> begin() {
        onThread(this::goOn, 0);
        return end;
    }

    long answered() {
        return answered;
    }

    long unanswered() {
        return unanswered;
    }

    long unasked() {
        return unasked;
    }

    private void goOn() {
        long now = clock.now();
        while (underWay < AT_A_TIME && !waiting.isEmpty() && now < deadline) {
            Reading reading = waiting.element();
            if (reading.notBefore() > now) {
                onThread(this::goOn, reading.notBefore() - now);
                return;
            }
            waiting.remove();
            read(reading, now);
            now = clock.now();
        }
        if (underWay == 0 && (waiting.isEmpty() || now >= deadline)) {
            waiting.forEach(this::giveUp);
            end.complete(null);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What it throws ends all.
    private void read(Reading reading, long now) {
        underWay++;
        Request request = reading.request(now);
        requester
                .attempt(request, reading.attempt(), target, now, Math.min(now + timeout, deadline))
                .whenComplete((answer, broken) -> {
                    if (broken != null) {
                        end.completeExceptionally(broken);
                    } else {
                        onThread(() -> ended(reading, answer), 0);
                    }
                });
    }

    private void ended(Reading reading, Answer answer) {
        underWay--;
        if (answer.ok()) {
            answered++;
            reading.next();
            if (!reading.done()) {
                waiting.addFirst(reading);
            }
        } else {
            reading.notBefore(clock.now() + PAUSE.toNanos());
            waiting.addLast(reading);
        }
        goOn();
    }

    /** What was never asked is told as that: an unanswered read that nobody sees would count as no doubt. */
    private void giveUp(Reading reading) {
        if (reading.asked()) {
            unanswered++;
            reading.next();
        }
        for (; !reading.done(); reading.next()) {
            requester.unsent(reading.request(clock.now()), 1, target.number());
            unasked++;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What it throws ends all.
    private void onThread(Runnable task, long delay) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        };
        try {
            thread.schedule(guarded, delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            end.completeExceptionally(e);
        }
    }
}
