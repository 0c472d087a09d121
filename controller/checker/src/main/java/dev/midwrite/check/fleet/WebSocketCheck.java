package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Do messages survive a close and resume, and does a draining node close with the right code in time? */
public final class WebSocketCheck {
    private static final Property PROPERTY = Property.WEBSOCKET;
    /** "Going away", RFC 6455 section 7.4.1. */
    public static final int GOING_AWAY = 1001;
    /** Something that never came to pass. */
    public static final long NEVER = Long.MAX_VALUE;

    private WebSocketCheck() {}

    /** Judges everything that users' sockets carried; all of it on the users' one clock. */
    public static void check(Trial trial, Tally tally) {
        trial.sockets().streams().forEach(stream -> stream(stream, 0, trial.profile(), tally));
        trial.sockets().closes().forEach(close -> close(close, 0, trial.profile(), tally));
    }

    /** One message that the receiver's application got; {@code at} in nanoseconds on the users' clock. */
    public record Delivery(long number, long at) {}

    /**
     * One direction of one conversation, over all its connections. Times are nanoseconds on the users' clock.
     *
     * @param sent how many messages the sender numbered, from 1
     * @param confirmed highest number that the receiver's application confirmed or the resume point covers; 0 for none.
     *     Whatever comes after may be lost
     * @param resumeBy by when a resume must have brought all that was confirmed: its completion and the time allowed;
     *     {@link #NEVER} if it was never completed
     * @param observedUntil until when the receiver was listened to
     * @param delivered in the order in which the receiver's application got them
     */
    public record Stream(
            long session, long sent, long confirmed, long resumeBy, long observedUntil, List<Delivery> delivered) {}

    /**
     * One close that a client saw. Times are nanoseconds on the users' clock.
     *
     * @param code 1006 if the connection broke
     * @param wanted the code that a client is promised
     * @param at {@link #NEVER} if the connection was still open when the client stopped listening, after the deadline
     * @param draining the node was shutting down in order
     * @param deadline by when it had promised to be done; {@link #NEVER} if it had promised nothing
     */
    public record Close(long session, int code, int wanted, long at, boolean draining, long deadline) {}

    /**
     * Judges one direction. O(n log n) in deliveries.
     *
     * @param clockErrorNanos half-width of the interval between the clocks of the two ends
     * @return how many messages after the last one confirmed or delivered are missing: nobody promised them
     */
    public static long stream(Stream stream, long clockErrorNanos, Profile profile, Tally tally) {
        if (stream.delivered().isEmpty() && stream.confirmed() == 0) {
            if (stream.sent() > 0) {
                tally.inconclusive(PROPERTY, 1, "A receiver never said what it got.");
            }
            return stream.sent();
        }
        Report report = new Report(profile, tally);
        tally.checked(PROPERTY, stream.delivered().size());
        Set<Long> got = new HashSet<>();
        long highest = 0;
        for (Delivery delivery : stream.delivered()) {
            long number = delivery.number();
            if (number < 1 || number > stream.sent()) {
                tally.invalid("A WebSocket receiver got message " + number + " of " + stream.sent() + ".");
                continue;
            }
            if (!got.add(number)) {
                violated(
                        report,
                        Anomaly.WS_DUP,
                        stream,
                        delivery.at(),
                        0,
                        "Message " + number + " was delivered twice.");
            } else if (number < highest) {
                String after = "Message " + number + " was delivered after message " + highest + ".";
                violated(report, Anomaly.WS_REORDER, stream, delivery.at(), 0, after);
            } else if (number <= stream.confirmed()) {
                late(stream, delivery, clockErrorNanos, report, tally);
            }
            highest = Math.max(highest, number);
        }
        missing(stream, got, highest, report, tally);
        return Math.max(0, stream.sent() - Math.max(highest, stream.confirmed()));
    }

    private static void late(Stream stream, Delivery delivery, long error, Report report, Tally tally) {
        long late = stream.resumeBy() == NEVER ? 0 : delivery.at() - stream.resumeBy();
        if (late > 0 && late <= error) {
            tally.inconclusive(PROPERTY, 1, "A message came after the resume's deadline by less than the clock error.");
        } else if (late > 0) {
            String what = "Message " + delivery.number() + " was confirmed and came only after the resume's deadline.";
            violated(report, Anomaly.WS_LOST, stream, delivery.at(), late, what);
        }
    }

    /** Runs of missing numbers: one finding each. */
    private static void missing(Stream stream, Set<Long> got, long highest, Report report, Tally tally) {
        long[] numbers = got.stream().mapToLong(Long::longValue).sorted().toArray();
        long end = Math.max(highest, stream.confirmed()) + 1;
        long before = 0;
        for (int i = 0; i <= numbers.length; i++) {
            long next = i < numbers.length ? numbers[i] : end;
            lost(stream, before + 1, Math.min(next - 1, stream.confirmed()), report, tally);
            gap(stream, Math.max(before, stream.confirmed()) + 1, next - 1, report, tally);
            before = next;
        }
    }

    private static void lost(Stream stream, long from, long to, Report report, Tally tally) {
        if (from > to) {
            return;
        }
        if (stream.resumeBy() == NEVER || stream.observedUntil() < stream.resumeBy()) {
            tally.inconclusive(
                    PROPERTY,
                    to - from + 1,
                    stream.resumeBy() == NEVER
                            ? "A conversation was never resumed."
                            : "A receiver was not listened to until the resume's deadline.");
            return;
        }
        tally.checked(PROPERTY, to - from + 1);
        String what = messages(from, to) + " confirmed and never delivered.";
        violated(report, Anomaly.WS_LOST, stream, stream.resumeBy(), 0, what);
    }

    private static void gap(Stream stream, long from, long to, Report report, Tally tally) {
        if (from <= to) {
            tally.checked(PROPERTY, to - from + 1);
            violated(
                    report,
                    Anomaly.WS_GAP,
                    stream,
                    stream.observedUntil(),
                    0,
                    messages(from, to) + " never delivered, although later ones came.");
        }
    }

    private static String messages(long from, long to) {
        return from == to ? "Message " + from + " was" : "Messages " + from + " to " + to + " were";
    }

    /**
     * Judges one close.
     *
     * @param clockErrorNanos half-width of the interval between the client's clock and the node's
     */
    public static void close(Close close, long clockErrorNanos, Profile profile, Tally tally) {
        if (!close.draining()) {
            return;
        }
        Report report = new Report(profile, tally);
        tally.checked(PROPERTY, 1);
        if (close.at() != NEVER && close.code() != close.wanted()) {
            report.violated(
                    Anomaly.WRONG_CLOSE_CODE,
                    close.session(),
                    close.at(),
                    0,
                    "A node that was shutting down in order closed with code " + close.code() + ".",
                    "Because code " + close.wanted() + " tells a client "
                            + (close.wanted() == GOING_AWAY ? "to come back elsewhere" : "what to do next")
                            + ", any other makes it guess.");
        }
        long late = close.deadline() == NEVER ? 0 : close.at() == NEVER ? NEVER : close.at() - close.deadline();
        if (late > 0 && late <= clockErrorNanos) {
            tally.inconclusive(PROPERTY, 1, "A close came after the drain deadline by less than the clock error.");
        } else if (late > 0) {
            report.violated(
                    Anomaly.LATE_CLOSE,
                    close.session(),
                    close.at() == NEVER ? close.deadline() : close.at(),
                    close.at() == NEVER ? 0 : late,
                    close.at() == NEVER
                            ? "A node never closed the connection, although its drain deadline had passed."
                            : "A node closed the connection after its drain deadline.",
                    "Because the deadline is when it may be killed, what was under way was at risk.");
        }
    }

    private static void violated(Report report, Anomaly anomaly, Stream stream, long at, long gap, String what) {
        report.violated(
                anomaly,
                stream.session(),
                at,
                gap,
                what,
                "Because the sender numbers messages without a gap, the receiver must get each once and in order.");
    }
}
