package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Do messages survive a close and resume, and does a draining node close with the right code in time? */
public final class WebSocketCheck {
    private static final Property PROPERTY = Property.WEBSOCKET;
    /** "Going away", RFC 6455 section 7.4.1. */
    public static final int GOING_AWAY = 1001;

    private WebSocketCheck() {}

    /**
     * One direction of one conversation, over all its connections.
     *
     * @param confirmed highest number that the receiver's application confirmed or the resume point covers, from 1; 0 for
     *     none. Whatever comes after may be lost
     * @param delivered numbers in the order in which the receiver's application got them
     */
    public record Stream(long session, long confirmed, List<Long> delivered) {}

    /**
     * One close that a client saw. Times are nanoseconds on the users' clock.
     *
     * @param code 1006 if the connection broke
     * @param draining the node was shutting down in order
     * @param deadline by when it had promised to be done
     */
    public record Close(long session, int code, long at, boolean draining, long deadline) {}

    /** Judges one direction. */
    public static void stream(Stream stream, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        tally.checked(PROPERTY, Math.max(1, stream.delivered().size()));
        Set<Long> got = new HashSet<>();
        long highest = 0;
        for (long number : stream.delivered()) {
            if (!got.add(number)) {
                violated(report, Anomaly.WS_DUP, stream, "Message " + number + " was delivered twice.");
            } else if (number < highest) {
                violated(
                        report,
                        Anomaly.WS_REORDER,
                        stream,
                        "Message " + number + " was delivered after message " + highest + ".");
            }
            highest = Math.max(highest, number);
        }
        for (long number = 1; number <= Math.max(highest, stream.confirmed()); number++) {
            if (!got.contains(number)) {
                boolean confirmed = number <= stream.confirmed();
                violated(
                        report,
                        confirmed ? Anomaly.WS_LOST : Anomaly.WS_GAP,
                        stream,
                        confirmed
                                ? "Message " + number + " was confirmed and never delivered."
                                : "Message " + number + " is missing although later ones came.");
            }
        }
    }

    /** Judges one close. */
    public static void close(Close close, Profile profile, Tally tally) {
        if (!close.draining()) {
            return;
        }
        Report report = new Report(profile, tally);
        tally.checked(PROPERTY, 1);
        if (close.code() != GOING_AWAY) {
            report.violated(
                    Anomaly.WRONG_CLOSE_CODE,
                    close.session(),
                    close.at(),
                    0,
                    "A node that was shutting down in order closed with code " + close.code() + ".",
                    "Because code 1001 tells a client to come back elsewhere, any other makes it guess.");
        }
        if (close.at() > close.deadline()) {
            report.violated(
                    Anomaly.LATE_CLOSE,
                    close.session(),
                    close.at(),
                    close.at() - close.deadline(),
                    "A node closed the connection after its drain deadline.",
                    "Because the deadline is when it may be killed, what was under way was at risk.");
        }
    }

    private static void violated(Report report, Anomaly anomaly, Stream stream, String what) {
        report.violated(
                anomaly,
                stream.session(),
                0,
                0,
                what,
                "Because the sender numbers messages without a gap, the receiver must get each once and in order.");
    }
}
