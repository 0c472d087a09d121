package dev.midwrite.controller.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * How well users kept to their plan, and how long their requests took from the planned time on; {@code load.json} of a
 * bundle. Nothing in it touches what users read and wrote: it says whether figures mean anything.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param users who work in sessions, and {@code probes} who only ask for failover time
 * @param latency of users' requests, from their planned times to the answer, in nanoseconds: a histogram in
 *     HdrHistogram's compressed format, base64. A request that was never sent is left out
 * @param neverEnded requests of users that were sent and had no definite answer; longer than all others
 */
public record LoadFacts(int format, PaceFacts users, PaceFacts probes, String latency, long neverEnded) {
    public static final int FORMAT = 1;

    /** Beyond these, figures of time and share say more of this machine than of the service. */
    static final long MOST_LATE_P99 = TimeUnit.MILLISECONDS.toNanos(100);

    static final long MOST_LATE = TimeUnit.SECONDS.toNanos(1);

    /**
     * How late requests left that could have left, in nanoseconds.
     *
     * @param withoutConnection requests that never left, because the process may open no more connections
     */
    public record PaceFacts(long sent, long lateP99, long lateMax, long withoutConnection) {}

    /** With a histogram of nanoseconds. */
    public static LoadFacts of(PaceFacts users, PaceFacts probes, AbstractHistogram latency, long neverEnded) {
        return new LoadFacts(FORMAT, users, probes, text(latency), neverEnded);
    }

    static String text(AbstractHistogram latency) {
        ByteBuffer buffer = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
        int length = latency.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /** @throws IllegalArgumentException if the text is no histogram */
    public Histogram histogram() {
        return histogram(latency);
    }

    static Histogram histogram(String latency) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(latency)), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("the latencies are no histogram: " + e.getMessage(), e);
        }
    }

    /** Why no figure of this run means anything, each one sentence; empty if users kept to their plan. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        doubt("Users", users, doubts);
        doubt("Failover probes", probes, doubts);
        return doubts;
    }

    private static void doubt(String who, PaceFacts pace, List<String> doubts) {
        if (pace.lateP99() > MOST_LATE_P99 || pace.lateMax() > MOST_LATE) {
            doubts.add(who + " fell behind their plan by up to " + millis(pace.lateMax())
                    + " ms, 1 % of them by more than "
                    + millis(pace.lateP99()) + " ms, for want of processor time here; figures need at most "
                    + millis(MOST_LATE) + " and " + millis(MOST_LATE_P99) + " ms.");
        }
        if (pace.withoutConnection() > 0) {
            doubts.add(pace.withoutConnection() + " requests of " + who.toLowerCase(Locale.ROOT)
                    + " were not sent, because this process may open no more connections.");
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
