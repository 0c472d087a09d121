package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.StoreSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks the store again and again what it says of itself, and keeps what is new. Thread-safe. */
final class StoreWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;
    /** What makes a sample worth keeping; the others only come along. */
    private static final List<String> TELLING = List.of(
            "run_id",
            "role",
            "evicted_keys",
            "maxmemory",
            "maxmemory_policy",
            StoreSample.FLUSHES,
            StoreSample.OUT_OF_MEMORY);

    private final Supplier<Map<String, String>> statistics;
    private final RunClock clock;
    private final List<StoreSample> kept = new ArrayList<>();
    private final Thread thread = new Thread(this::lookAgainAndAgain, "midwrite-store");
    private StoreSample last;

    /** @param statistics of the store; fails with a {@link Problem} if it does not answer */
    StoreWatch(Supplier<Map<String, String>> statistics, RunClock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    /** From now on until it is closed. */
    void start() {
        look();
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks now. */
    synchronized void look() {
        StoreSample sample = sample();
        if (last == null) {
            kept.add(sample);
        } else if (differs(last, sample)) {
            // The one before is the other side of what changed.
            if (kept.get(kept.size() - 1) != last) {
                kept.add(last);
            }
            kept.add(sample);
        }
        last = sample;
    }

    /** The first, the last, and both sides of every change. */
    synchronized List<StoreSample> samples() {
        return last == null || kept.get(kept.size() - 1) == last
                ? List.copyOf(kept)
                : Stream.concat(kept.stream(), Stream.of(last)).toList();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void lookAgainAndAgain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StoreSample sample() {
        try {
            Map<String, String> fields = statistics.get();
            return new StoreSample(clock.now(), true, fields);
        } catch (Problem e) {
            return StoreSample.down(clock.now());
        }
    }

    private static boolean differs(StoreSample one, StoreSample other) {
        return one.up() != other.up()
                || TELLING.stream().anyMatch(field -> !one.text(field).equals(other.text(field)));
    }
}
