package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Severities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Will the store end a session when the application promises to? Times are milliseconds.
 *
 * @param stored the session as it lies there
 */
record StoredTime(Trial trial, StoredSession stored) {
    /** What rounding to seconds and the clocks of node and store may differ by, whatever the time to live. */
    private static final long LEAST_TOLERANCE = 2_000;
    /** The same for long times, of which nobody asks for seconds: one hundredth. */
    private static final long SHARE = 100;
    /** An indexed repository of Spring Session keeps the session so much longer, to tell who is told of its end. */
    private static final long KEPT_LONGER = TimeUnit.MINUTES.toMillis(5);

    /** What is wrong, with the two times that contradict each other. */
    record Wrong(Anomaly anomaly, Severity severity, String what, String why) {}

    Optional<Wrong> judge() {
        if (trial.ttlNanos() == 0 || over()) {
            return Optional.empty();
        }
        return trial.ttlNanos() >= Trial.NEVER ? judgeNever() : judgeTime();
    }

    /** The session should stay for ever, and it does. */
    static boolean staysOnPurpose(Trial trial) {
        return trial.ttlNanos() >= Trial.NEVER;
    }

    /** An indexed repository leaves a session there that has ended, for listeners; nobody can use it. */
    private boolean over() {
        return stored.layout() == Layout.SPRING_INDEXED
                && lifetime().shadowMillis() == Lifetime.ABSENT
                && touched().isEmpty()
                && lifetime().ttlMillis() <= KEPT_LONGER + LEAST_TOLERANCE
                && lifetime().ttlMillis() != Lifetime.NONE;
    }

    private Optional<Wrong> judgeNever() {
        return lifetime().ttlMillis() == Lifetime.NONE || lifetime().intervalSeconds() == 0
                ? Optional.empty()
                : Optional.of(wrong(
                        Anomaly.WRONG_TTL,
                        "The store ends session " + name() + " in "
                                + text(lifetime().ttlMillis()) + ", the drill says that sessions never end.",
                        "Because nobody asks for a session that is kept for ever, it must not expire."));
    }

    private Optional<Wrong> judgeTime() {
        long promised = TimeUnit.NANOSECONDS.toMillis(trial.ttlNanos());
        long tolerance = Math.max(LEAST_TOLERANCE, promised / SHARE);
        if (lifetime().ttlMillis() == Lifetime.NONE) {
            return Optional.empty(); // It never expires, which is a finding of its own.
        }
        long interval = lifetime().intervalSeconds();
        if (interval != Lifetime.UNREADABLE && interval != 0 && differs(interval * 1_000, promised, tolerance)) {
            return Optional.of(wrong(
                    Anomaly.WRONG_TTL,
                    "Stored session " + name()
                            + (interval < 0 ? " never ends by its own account" : " lives " + text(interval * 1_000))
                            + ", the drill says " + text(promised) + ".",
                    "Because the session itself says how long it may be idle, it ends at another time than promised."));
        }
        long left = left();
        if (left > promised + tolerance + slack()) {
            return Optional.of(wrong(
                    Anomaly.WRONG_TTL,
                    "Stored session " + name() + " lives another " + text(left) + ", the drill says " + text(promised)
                            + " at most.",
                    "Because a session that nobody uses must end in time, the store keeps this one too long."));
        }
        return touched().flatMap(at -> tooShort(at, left, promised, tolerance));
    }

    private Optional<Wrong> tooShort(long touchedAt, long left, long promised, long tolerance) {
        long idle = Math.max(0, TimeUnit.NANOSECONDS.toMillis(trial.store().readAt() - touchedAt));
        if (left >= promised - idle - tolerance) {
            return Optional.empty();
        }
        // The session knows its time, so it is the expiry in the store that did not move.
        boolean renewal = lifetime().intervalSeconds() != Lifetime.UNREADABLE;
        return Optional.of(wrong(
                renewal ? Anomaly.NOT_RENEWED : Anomaly.WRONG_TTL,
                "The store ends session " + name() + " in " + text(left) + ", though it was used " + text(idle)
                        + " ago and the drill says " + text(promised) + ".",
                "Because each use must start the time anew, the user loses a session that should still be alive."));
    }

    /** Until the session is over, which is not always when its key is. */
    private long left() {
        if (stored.layout() != Layout.SPRING_INDEXED) {
            return lifetime().ttlMillis();
        }
        return lifetime().shadowMillis() >= 0
                ? lifetime().shadowMillis()
                : Math.max(0, lifetime().ttlMillis() - KEPT_LONGER);
    }

    /** Whoever lays out a session in a way of their own may keep it longer; and one that nobody holds may be over. */
    private long slack() {
        boolean exact = stored.layout() == Layout.SPRING_INDEXED
                || (stored.layout() == Layout.SPRING && touched().isPresent());
        return exact ? 0 : KEPT_LONGER;
    }

    private static boolean differs(long one, long other, long tolerance) {
        return one < 0 || Math.abs(one - other) > tolerance;
    }

    private Lifetime lifetime() {
        return stored.lifetime();
    }

    private Optional<Long> touched() {
        return Optional.ofNullable(trial.held().touched().get(stored.idHash()));
    }

    private String name() {
        return StoredSession.name(stored.idHash());
    }

    private Wrong wrong(Anomaly anomaly, String what, String why) {
        return trial.ttlNamed()
                ? new Wrong(anomaly, severity(anomaly), what, why)
                : new Wrong(
                        anomaly,
                        Severity.INFO,
                        what.replaceFirst("\\.$", ", by default: name the right time with users.ttl."),
                        why);
    }

    private Severity severity(Anomaly anomaly) {
        Severity known = Severities.of(anomaly, trial.profile(), true, false, trial.idempotencyKeys());
        return stored.layout() == Layout.OTHER && known == Severity.HARD ? Severity.SOFT : known;
    }

    /** Such as {@code 30 d}, {@code 4 m 59 s}, {@code 800 ms}: at most two units. */
    static String text(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        long[] sizes = {86_400, 3_600, 60, 1};
        String[] units = {"d", "h", "m", "s"};
        List<String> parts = new ArrayList<>();
        long seconds = (millis + 500) / 1_000;
        for (int i = 0; i < sizes.length && parts.size() < 2; i++) {
            long count = seconds / sizes[i];
            seconds %= sizes[i];
            if (count > 0) {
                parts.add(String.format(Locale.ROOT, "%d %s", count, units[i]));
            }
        }
        return String.join(" ", parts);
    }
}
