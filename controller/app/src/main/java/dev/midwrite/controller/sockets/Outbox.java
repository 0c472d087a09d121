package dev.midwrite.controller.sockets;

import dev.midwrite.controller.plan.SocketSpec;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the user's end of a conversation sends: numbered from 1, and again over each new connection until it is confirmed. Times
 * are nanoseconds on the users' clock. Not thread-safe.
 */
final class Outbox {
    /** More than this waits for no confirmation: a service that confirms nothing is not to be flooded. */
    private static final int MOST_UNCONFIRMED = 16;

    private final SocketSpec.Send send;
    private final Duration within;
    private final NavigableSet<Long> unconfirmed = new TreeSet<>();
    private final NavigableSet<Long> resent = new TreeSet<>();
    private long numbered;
    private long nextAt = Long.MIN_VALUE;
    private long waitingSince;
    private boolean resting;

    /** @param within how long a confirmation may take */
    Outbox(SocketSpec.Send send, Duration within) {
        this.send = send;
        this.within = within;
    }

    /** Whether it has waited in vain for longer than it should. */
    boolean waitsInVain(long now) {
        return !unconfirmed.isEmpty() && now - waitingSince > within.toNanos();
    }

    /** A new message, if one is due. */
    Optional<String> next(long now) {
        if (resting || now < nextAt || unconfirmed.size() >= MOST_UNCONFIRMED) {
            return Optional.empty();
        }
        nextAt = now + send.every().toNanos();
        if (unconfirmed.isEmpty()) {
            waitingSince = now;
        }
        unconfirmed.add(++numbered);
        return Optional.of(text(numbered));
    }

    /** All that is not confirmed, for a connection that has just opened. */
    List<String> again(long now) {
        waitingSince = now;
        resent.addAll(unconfirmed);
        return unconfirmed.stream().map(this::text).toList();
    }

    private String text(long number) {
        return send.text().replace("{number}", Long.toString(number));
    }

    void confirm(long number, long now) {
        unconfirmed.remove(number);
        waitingSince = now;
    }

    /** Nothing new comes from now on. */
    void rest() {
        resting = true;
    }

    boolean allConfirmed() {
        return unconfirmed.isEmpty();
    }

    /** How many have a number. */
    long numbered() {
        return numbered;
    }

    /** Up to where all were confirmed. */
    long confirmed() {
        return unconfirmed.isEmpty() ? numbered : unconfirmed.first() - 1;
    }

    /** Numbers that were sent more than once. */
    List<Long> resent() {
        return List.copyOf(resent);
    }
}
