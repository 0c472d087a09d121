package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Does a store that cannot replicate say so, or does it acknowledge in silence? */
public final class BackpressureCheck {
    private static final Property PROPERTY = Property.BACKPRESSURE;
    /** An answer that takes so many times the steady 99th percentile was held back. */
    private static final int SLOW = 3;
    /** A sign counts for writes that begin or end within a second of it. */
    private static final long SIGN_NANOS = 1_000_000_000L;
    /** So many of a hundred writes that were not simply replicated must have been held back. */
    private static final long PERCENT = 99;

    private BackpressureCheck() {}

    /**
     * While a replica was out of reach. Times are nanoseconds on the users' clock.
     *
     * @param from first moment of the fault and {@code to} the first after it
     * @param healedAt when the replica was within reach again; {@link Long#MAX_VALUE} if never
     * @param steadyP99Nanos 99th percentile of the writes' latency without a fault
     * @param clockErrorNanos half-width of the interval between the users' clock and the nodes' that gave the signs
     * @param signs in which a node journaled that it goes on without its replica
     */
    public record Window(
            long from, long to, long healedAt, long steadyP99Nanos, long clockErrorNanos, List<Sign> signs) {}

    /** A node says that it goes on without its replica, until it takes it back; both moments are one for a log line. */
    public record Sign(long from, long to) {}

    /**
     * One write while a replica was out of reach. Times are nanoseconds on the users' clock.
     *
     * @param refused the answer said that it was not done, or could not be replicated, such as a 503
     * @param replicated a replica confirmed before the user was answered
     * @param appliedAt at the replica; {@link Long#MAX_VALUE} for never
     */
    public record Write(
            long session,
            long invoked,
            long returned,
            Outcome outcome,
            boolean refused,
            boolean replicated,
            long appliedAt) {}

    /** How the store dealt with a write. */
    public enum Treatment {
        REPLICATED,
        REJECTED,
        DELAYED,
        SIGNALLED,
        SILENT,
        /** Not replicated; whether the sign came in time lies within the clock error. */
        DOUBTFUL,
        /** Nobody knows whether it was acknowledged. */
        UNKNOWN
    }

    /** How the store dealt with the fault. */
    public enum Conduct {
        /** It held back or refused practically everything that it could not replicate. */
        BACKPRESSURE,
        /** It acknowledged at least one write that it had not replicated, and said nothing. */
        SILENT_DIVERGENCE,
        /** It went on without its replica, and said so. */
        SIGNALLED,
        /** Every write was replicated as ever: the fault had no effect on it. */
        UNTOUCHED,
        /** Too many writes are without a definite answer, or there were none. */
        UNDECIDED
    }

    /** What came of one window. */
    public record Result(Conduct conduct, Map<Treatment, Long> counts, Exposure exposure) {}

    /** Judges all writes that began in the window; others count only for the exposure. */
    public static Result check(List<Write> writes, Window window, Profile profile, Tally tally) {
        Report report = new Report(profile, tally);
        Signs signs = new Signs(window.signs());
        Map<Treatment, Long> counts = new EnumMap<>(Treatment.class);
        for (Write write : writes) {
            if (write.invoked() < window.from() || write.invoked() >= window.to()) {
                continue;
            }
            Treatment treatment = treatment(write, window, signs);
            counts.merge(treatment, 1L, Long::sum);
            switch (treatment) {
                case UNKNOWN -> {
                    // Not acknowledged, so not in silence either; how it was dealt with may matter below.
                }
                case DOUBTFUL ->
                    tally.inconclusive(PROPERTY, 1, "Whether a sign came in time lies within the clock error.");
                default -> tally.checked(PROPERTY, 1);
            }
            if (treatment == Treatment.SILENT) {
                silent(write, report);
            }
        }
        Conduct conduct = conduct(counts);
        long unknown = counts.getOrDefault(Treatment.UNKNOWN, 0L);
        if (conduct == Conduct.UNDECIDED && unknown > 0) {
            tally.inconclusive(PROPERTY, unknown, "Too many writes had no definite answer while a replica was away.");
        }
        return new Result(conduct, counts, Exposure.of(writes, window));
    }

    /** Judges the writes whose way to other nodes an injection struck. */
    public static void struck(List<ReplicatedWrite> writes, Trial trial, Tally tally) {
        Struck struck = new Struck(trial, writes);
        struck.byInjection().forEach((injection, own) -> check(own, struck.of(injection), trial.profile(), tally));
    }

    /** How the store dealt with them, without judging it. */
    public static Result look(List<Write> writes, Window window) {
        Signs signs = new Signs(window.signs());
        Map<Treatment, Long> counts = new EnumMap<>(Treatment.class);
        writes.stream()
                .filter(write -> write.invoked() >= window.from() && write.invoked() < window.to())
                .forEach(write -> counts.merge(treatment(write, window, signs), 1L, Long::sum));
        return new Result(conduct(counts), counts, Exposure.of(writes, window));
    }

    private static Treatment treatment(Write write, Window window, Signs signs) {
        if (write.outcome() == Outcome.FAIL || (write.refused() && write.outcome() != Outcome.OK)) {
            return Treatment.REJECTED;
        }
        if (write.outcome() != Outcome.OK) {
            return Treatment.UNKNOWN;
        }
        if (write.replicated()) {
            return write.returned() - write.invoked() > SLOW * window.steadyP99Nanos()
                    ? Treatment.DELAYED
                    : Treatment.REPLICATED;
        }
        if (signs.within(write.invoked(), write.returned(), SIGN_NANOS - window.clockErrorNanos())) {
            return Treatment.SIGNALLED;
        }
        return signs.within(write.invoked(), write.returned(), SIGN_NANOS + window.clockErrorNanos())
                ? Treatment.DOUBTFUL
                : Treatment.SILENT;
    }

    private static Conduct conduct(Map<Treatment, Long> counts) {
        long held = counts.getOrDefault(Treatment.REJECTED, 0L) + counts.getOrDefault(Treatment.DELAYED, 0L);
        long known = held + counts.getOrDefault(Treatment.SIGNALLED, 0L);
        long all = known + counts.getOrDefault(Treatment.UNKNOWN, 0L);
        if (counts.containsKey(Treatment.SILENT)) {
            return Conduct.SILENT_DIVERGENCE;
        }
        if (counts.isEmpty() || counts.containsKey(Treatment.DOUBTFUL)) {
            return Conduct.UNDECIDED;
        }
        if (all == 0) {
            return Conduct.UNTOUCHED;
        }
        if (mostly(held, all)) {
            return Conduct.BACKPRESSURE;
        }
        return known == 0 || mostly(held, known) ? Conduct.UNDECIDED : Conduct.SIGNALLED;
    }

    private static boolean mostly(long part, long of) {
        return 100 * part >= PERCENT * of;
    }

    private static void silent(Write write, Report report) {
        report.violated(
                Anomaly.SILENT_DIVERGENCE,
                write.session(),
                write.returned(),
                write.appliedAt() == Long.MAX_VALUE ? 0 : write.appliedAt() - write.returned(),
                "A write was acknowledged while no replica could get it, and nothing said so.",
                "Because it is on one node only, a crash loses it; the store must refuse, wait, or say so.");
    }
}
