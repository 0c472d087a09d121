package dev.midwrite.controller.users;

import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.event.Outcome;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long logical requests took, from the planned time to the answer, retries included. What never ended is counted
 * apart, and what was never sent took no time at all. Thread-safe.
 */
final class Latency {
    private static final int DIGITS = 3;

    private final Histogram nanos = new ConcurrentHistogram(DIGITS);
    private final LongAdder neverEnded = new LongAdder();
    private final LatencyWindows windows = new LatencyWindows();

    void ended(Result result, long planned) {
        Answer last = result.last();
        if (last.ok() || last.absent()) {
            long took = Math.max(0, last.returned() - planned);
            nanos.recordValue(took);
            windows.ended(planned, took);
        } else if (last.outcome() == Outcome.INFO || result.indeterminate()) {
            neverEnded.increment();
            windows.neverEnded(planned);
        }
    }

    /** Of those that had an answer, in nanoseconds. */
    Histogram answered() {
        return nanos;
    }

    long neverEnded() {
        return neverEnded.sum();
    }

    /** The same over time. */
    LatencyFacts overTime() {
        return windows.facts();
    }
}
