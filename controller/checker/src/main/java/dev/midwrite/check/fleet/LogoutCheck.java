package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Severities;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Is somebody who has logged out, as the application has it, still logged in by the cookies of before? Reported once per
 * run, with how many users and how many tries.
 *
 * <p>Counted are tries at a page that the same session was shown before its logout. That it is shown to whoever is logged in
 * alone, the first contact has seen to.
 */
public final class LogoutCheck {
    private static final Property PROPERTY = Property.LOGOUT;

    private final Trial trial;
    private final List<Entry> entries = new ArrayList<>();
    private long users;
    private long tries;
    /** Users whose first try was turned away; a later one may be because they have logged in anew meanwhile. */
    private long turnedAway;

    /** A try that was let in after this logout, by a session that was made so. */
    private record Entry(UserOperation create, UserOperation logout, UserOperation again, Severity severity) {}

    private LogoutCheck(Trial trial) {
        this.trial = trial;
    }

    /** @param sessions operations of one session each, in any order */
    public static void check(Trial trial, Collection<List<UserOperation>> sessions, Tally tally) {
        LogoutCheck check = new LogoutCheck(trial);
        sessions.forEach(check::take);
        tally.checked(PROPERTY, check.tries);
        if (!check.entries.isEmpty()) {
            check.report(tally);
        }
    }

    private void take(List<UserOperation> session) {
        Optional<UserOperation> created = first(session, OperationKind.CREATE);
        Optional<UserOperation> ended = first(session, OperationKind.LOG_OUT);
        if (created.isEmpty() || ended.isEmpty()) {
            return;
        }
        UserOperation logout = ended.get();
        List<UserOperation> again = session.stream()
                .filter(each -> each.kind() == OperationKind.PROBE_LOGGED_OUT && each.outcome() == Outcome.OK)
                .filter(each -> each.invoked() - 2 * trial.usersClockErrorNanos() > logout.returned())
                .filter(each -> shownBefore(session, logout, each))
                // What is turned away when the session's time may be up anyway says nothing of the logout.
                .filter(each -> !each.is(UserOperation.ABSENT) || mustLiveStill(logout, each))
                .toList();
        if (again.isEmpty()) {
            return;
        }
        users++;
        tries += again.size();
        UserOperation soonest = again.stream()
                .min(Comparator.comparingLong(UserOperation::invoked))
                .orElseThrow();
        turnedAway += soonest.is(UserOperation.ABSENT) ? 1 : 0;
        List<UserOperation> in =
                again.stream().filter(each -> !each.is(UserOperation.ABSENT)).toList();
        boolean lasting = in.stream().anyMatch(each -> each.is(UserOperation.FINAL));
        for (UserOperation each : in) {
            entries.add(new Entry(
                    created.get(),
                    logout,
                    each,
                    Severities.of(
                            Anomaly.STILL_LOGGED_IN,
                            trial.profile(),
                            lasting,
                            each.node() == logout.node(),
                            trial.idempotencyKeys())));
        }
    }

    private static Optional<UserOperation> first(List<UserOperation> session, OperationKind kind) {
        return session.stream()
                .filter(each -> each.kind() == kind && each.outcome() == Outcome.OK)
                .min(Comparator.comparingLong(UserOperation::returned));
    }

    private static boolean shownBefore(List<UserOperation> session, UserOperation logout, UserOperation again) {
        return session.stream()
                .anyMatch(each -> each.kind() == OperationKind.STEP
                        && each.outcome() == Outcome.OK
                        && !each.is(UserOperation.ABSENT)
                        && each.attribute() == again.attribute()
                        && each.returned() <= logout.invoked());
    }

    private boolean mustLiveStill(UserOperation logout, UserOperation again) {
        return trial.ttlNanos() <= 0
                || again.returned() < logout.invoked() + trial.ttlNanos() - trial.clockErrorNanos();
    }

    private void report(Tally tally) {
        Entry shown = entries.stream()
                .min(Comparator.comparing(Entry::severity)
                        .reversed()
                        .thenComparingLong(each -> each.again().invoked()))
                .orElseThrow();
        UserOperation again = shown.again();
        List<Long> let =
                entries.stream().map(each -> each.again().session()).distinct().toList();
        long since = again.invoked() - shown.logout().returned();
        tally.violated(
                new Violation(
                        Anomaly.STILL_LOGGED_IN,
                        shown.severity(),
                        again.session(),
                        again.attribute(),
                        List.of(shown.create(), shown.logout(), again),
                        let.size() + " of " + users + (users == 1 ? " user" : " users") + " who had logged out "
                                + (let.size() == 1 ? "was" : "were") + " let in by the cookies of before, in "
                                + entries.size() + " of " + tries + " tries." + always(),
                        "Because the logout had been acknowledged " + since / 1_000_000
                                + " ms before, nobody may be logged in by these cookies any more, whoever has kept or"
                                + " stolen them.",
                        again.returned(),
                        since,
                        again.is(UserOperation.FINAL)),
                entries.size());
        let.forEach(session -> tally.sessionViolated(EnumSet.of(Anomaly.STILL_LOGGED_IN)));
    }

    /** If no logout ended anything, it is the logout, and no race with it. */
    private String always() {
        return turnedAway > 0
                ? ""
                : " Each was at the first try: the logout takes the cookie from the browser, and what the cookie stands for"
                        + " stays good.";
    }
}
