package dev.midwrite.controller.users;

import static java.util.Comparator.comparingLong;

import dev.midwrite.controller.users.Requester.Request;
import dev.midwrite.controller.users.Router.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All final reads of one node: so many sessions at a time, none that another node is just asked for, and whatever has no answer again after the others, until the
 * time is over. Everything but {@link #begin} happens on one thread; counts may be asked for once it has ended.
 */
final class NodeReads {
    /** Enough to keep a node busy, too few to make it slow. */
    private static final int AT_A_TIME = 16;

    /** Before the second attempt at a read; before each further one twice as long as before the last. */
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();

    /** A session that cannot be read is asked for as long as there is time, and its service has others to answer. */
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final Target target;
    private final UserClock clock;
    private final long timeout;
    private final long deadline;
    private final Requester requester;
    private final ScheduledExecutorService thread;
    private final OneReader oneReader;
    private final Deque<Reading> waiting;
    /** What had no answer, until its time comes again. */
    private final PriorityQueue<Reading> pausing = new PriorityQueue<>(comparingLong(Reading::notBefore));

    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private int underWay;
    private long answered;
    private long unanswered;
    private long unasked;

    /**
     * @param timeout of one attempt
     * @param deadline of all, on the users' clock
     * @param thread on which all is decided
     * @param oneReader of all nodes
     */
    NodeReads(
            Target target,
            UserClock clock,
            Duration timeout,
            long deadline,
            Requester requester,
            ScheduledExecutorService thread,
            OneReader oneReader,
            List<Reading> readings) {
        this.target = target;
        this.clock = clock;
        this.timeout = timeout.toNanos();
        this.deadline = deadline;
        this.requester = requester;
        this.thread = thread;
        this.oneReader = oneReader;
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

    /** A session that another node was asked for may be free now. */
    void lookAgain() {
        onThread(this::goOn, 0);
    }

    private void goOn() {
        long now = clock.now();
        while (!pausing.isEmpty() && pausing.element().notBefore() <= now) {
            waiting.addLast(pausing.remove());
        }
        for (Optional<Reading> next = free(now);
                underWay < AT_A_TIME && next.isPresent() && now < deadline;
                next = free(now)) {
            read(next.get(), now);
            now = clock.now();
        }
        if (underWay < AT_A_TIME && !waiting.isEmpty() && now < deadline && oneReader.await(this)) {
            onThread(this::goOn, Math.min(oneReader.patience(), deadline - now));
        }
        boolean over = now >= deadline || (waiting.isEmpty() && pausing.isEmpty());
        if (underWay == 0 && over && !end.isDone()) {
            waiting.forEach(this::giveUp);
            pausing.forEach(this::giveUp);
            end.complete(null);
        }
    }

    /** The first that waits of those whose sessions no other node is asked for. */
    private Optional<Reading> free(long now) {
        return waiting.stream()
                .filter(reading -> oneReader.free(reading.session(), now))
                .findFirst();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What it throws ends all.
    private void read(Reading reading, long now) {
        underWay++;
        waiting.remove(reading);
        oneReader.asks(reading.session(), now);
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
        oneReader.answered(reading.session());
        if (answer.ok()) {
            answered++;
            reading.next();
            if (!reading.done()) {
                waiting.addFirst(reading);
            }
        } else {
            long pause = FIRST_PAUSE << Math.min(reading.attempts() - 1, Integer.SIZE / 2);
            reading.notBefore(clock.now() + Math.min(pause, LONGEST_PAUSE));
            pausing.add(reading);
            onThread(this::goOn, Math.min(reading.notBefore(), deadline) - clock.now());
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
