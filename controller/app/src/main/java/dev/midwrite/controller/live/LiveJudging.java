package dev.midwrite.controller.live;

import dev.midwrite.check.flat.Threads;
import dev.midwrite.check.judge.LiveListener;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.StartFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Judges a run while it goes on, on a thread of its own. The queue between users and this thread is the history file
 * itself, so nothing is dropped, no memory is held, and no user waits longer than a write into the page cache takes. If
 * it falls behind it says so and catches up; if it breaks it says so, and the run goes on without it. Thread-safe.
 */
public final class LiveJudging implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;
    private static final long BEHIND = TimeUnit.SECONDS.toNanos(5);
    private static final long CAUGHT_UP = TimeUnit.SECONDS.toNanos(1);

    private final HistoryWriter history;
    private final LongSupplier clock;
    private final LiveListener listener;
    private final Consumer<String> notes;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean abandoned;
    private boolean behind;

    private LiveJudging(
            Bundle bundle,
            StartFacts facts,
            HistoryWriter history,
            LongSupplier clock,
            LiveListener listener,
            Consumer<String> notes) {
        this.history = history;
        this.clock = clock;
        this.listener = listener;
        this.notes = notes;
        this.thread = new Thread(() -> run(bundle, facts), "midwrite-live");
        thread.setDaemon(true);
    }

    /**
     * Starts; never fails.
     *
     * @param history of the bundle, open
     * @param clock the users'
     * @param listener hears of violations on this class's own thread
     * @param notes takes sentences about judging live itself
     */
    public static LiveJudging start(
            Bundle bundle,
            StartFacts facts,
            HistoryWriter history,
            LongSupplier clock,
            LiveListener listener,
            Consumer<String> notes) {
        LiveJudging judging = new LiveJudging(bundle, facts, history, clock, listener, notes);
        judging.thread.start();
        return judging;
    }

    private void run(Bundle bundle, StartFacts facts) {
        try (LiveHistory live = LiveHistory.open(bundle.users(), facts, bundle.directory(), listener)) {
            while (!ending.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                catchUp(live);
            }
            catchUp(live);
            if (!abandoned) {
                live.finish();
                tell(live);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) { // Whatever it is, it is not the run's business.
            notes.accept("Judging while the run goes on broke off (" + e + "); the verdict does not need it.");
        }
    }

    /** What had ended by now is in the history when it is flushed. */
    private void catchUp(LiveHistory live) throws IOException {
        long now = clock.getAsLong();
        history.flush();
        boolean more = true;
        while (more && !abandoned) {
            more = live.read();
            tellIfBehind(clock.getAsLong() - now);
        }
        if (!abandoned) {
            live.advance(now);
            tellIfCaughtUp(clock.getAsLong() - now);
        }
    }

    private void tellIfBehind(long nanos) {
        if (!behind && nanos > BEHIND) {
            behind = true;
            notes.accept(String.format(
                    Locale.ROOT,
                    "Judging while the run goes on is %.0f s behind; it drops nothing and catches up.",
                    nanos / 1e9));
        }
    }

    private void tellIfCaughtUp(long nanos) {
        if (behind && nanos < CAUGHT_UP) {
            behind = false;
            notes.accept("Judging while the run goes on has caught up.");
        }
    }

    private void tell(LiveHistory live) {
        if (live.left() > 0) {
            notes.accept(live.left() + " sessions grew too long to be judged while the run went on.");
        }
        if (live.late() > 0) {
            notes.accept(live.late()
                    + " requests took so long that what was said of their sessions while the run went on may have been"
                    + " too early.");
        }
    }

    /**
     * Judges all that the users have seen, and ends.
     *
     * @param most what is not judged by then is left to the verdict, and said
     */
    public void finish(Duration most) throws InterruptedException {
        ending.countDown();
        thread.join(most.toMillis());
        if (thread.isAlive()) {
            notes.accept("Judging while the run went on did not catch up; the rest is left to the verdict.");
        }
        close();
    }

    /** Ends without looking at what is left. Idempotent. */
    @Override
    public void close() {
        // Never interrupted: that would close the users' history under it.
        abandoned = true;
        ending.countDown();
        Threads.join(thread);
    }
}
