package dev.midwrite.check.fleet;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
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

/**
 * Is a user who has logged in ever sent back to the login, although nobody logged out and the session's time is not up?
 * Reported once per run, with how many users and how many requests before, during and after the faults.
 *
 * <p>Whether a step's page uses the session is not known, so only operations of the session itself hold it alive.
 */
public final class LoginCheck {
    private static final Property PROPERTY = Property.LOGIN;
    private static final int PHASES = 3;

    private final Trial trial;
    private final long faultsFrom;
    private final long faultsTo;
    private final List<Demand> demands = new ArrayList<>();
    private long answered;

    /** A demand to log in, and the last operation that the session had served before. */
    private record Demand(UserOperation create, UserOperation served, UserOperation step, Severity severity) {}

    private LoginCheck(Trial trial) {
        this.trial = trial;
        this.faultsFrom =
                trial.faults().stream().mapToLong(Trial.Fault::from).min().orElse(Long.MAX_VALUE);
        this.faultsTo = trial.faults().isEmpty() ? Long.MAX_VALUE : trial.healedAt();
    }

    /** @param sessions operations of one session each, in the order of their answers */
    public static void check(Trial trial, Collection<List<UserOperation>> sessions, Tally tally) {
        LoginCheck check = new LoginCheck(trial);
        sessions.forEach(check::take);
        tally.checked(PROPERTY, check.answered);
        if (!check.demands.isEmpty()) {
            check.report(tally);
        }
    }

    private void take(List<UserOperation> session) {
        UserOperation create = session.stream()
                .filter(each -> each.kind() == OperationKind.CREATE && each.outcome() == Outcome.OK)
                // That a session was made says nothing of a login.
                .filter(each -> !each.is(UserOperation.JOURNALED))
                .findFirst()
                .orElse(null);
        if (create == null) {
            return;
        }
        List<UserOperation> demanded = new ArrayList<>();
        for (UserOperation step : session) {
            if (step.kind() != OperationKind.STEP
                    || step.outcome() != Outcome.OK
                    || step.invoked() <= create.returned()) {
                continue;
            }
            if (!step.is(UserOperation.ABSENT)) {
                answered++;
            } else if (mustBeThere(session, create, step)) {
                answered++;
                demanded.add(step);
            }
        }
        boolean lasting = !demanded.isEmpty() && !servedAfter(session, demanded.get(0));
        for (UserOperation step : demanded) {
            UserOperation served = lastServed(session, step);
            demands.add(new Demand(
                    create,
                    served,
                    step,
                    Severities.of(
                            Anomaly.LOGGED_OUT,
                            trial.profile(),
                            lasting,
                            served.node() == step.node(),
                            trial.idempotencyKeys())));
        }
    }

    private boolean mustBeThere(List<UserOperation> session, UserOperation create, UserOperation step) {
        boolean mayHaveEnded = session.stream().anyMatch(each -> mayEnd(each, step));
        boolean elsewhere = trial.scope() == Scope.NODE && step.node() != create.node();
        long alive = lastServed(session, step).invoked() + trial.ttlNanos() - trial.clockErrorNanos();
        return !mayHaveEnded && !elsewhere && (trial.ttlNanos() <= 0 || step.returned() < alive);
    }

    /** Whether it may have taken the session, or its id, from under the step. */
    private static boolean mayEnd(UserOperation each, UserOperation step) {
        if (each.is(UserOperation.UNRETURNED)) {
            return true;
        }
        if (each.invoked() > step.returned() || each.outcome() == Outcome.FAIL) {
            return false;
        }
        boolean beside = each.outcome() == Outcome.INFO || each.returned() >= step.invoked();
        return each.kind().ends() || (each.kind() == OperationKind.ROTATE_ID && beside);
    }

    private static UserOperation lastServed(List<UserOperation> session, UserOperation before) {
        return session.stream()
                .filter(each ->
                        each.kind() != OperationKind.STEP && !each.kind().triesOldId())
                .filter(each -> each.outcome() == Outcome.OK && !each.is(UserOperation.ABSENT))
                .filter(each -> each.returned() <= before.invoked())
                .max(Comparator.comparingLong(UserOperation::invoked))
                .orElseThrow();
    }

    private static boolean servedAfter(List<UserOperation> session, UserOperation demand) {
        return session.stream()
                .anyMatch(each -> each.kind() == OperationKind.STEP
                        && each.outcome() == Outcome.OK
                        && !each.is(UserOperation.ABSENT)
                        && each.invoked() > demand.returned());
    }

    private void report(Tally tally) {
        Demand shown = demands.stream()
                .min(Comparator.comparing(Demand::severity)
                        .reversed()
                        .thenComparingLong(each -> each.step().invoked()))
                .orElseThrow();
        UserOperation step = shown.step();
        long users =
                demands.stream().map(each -> each.step().session()).distinct().count();
        tally.violated(
                new Violation(
                        Anomaly.LOGGED_OUT,
                        shown.severity(),
                        step.session(),
                        step.attribute(),
                        shown.create() == shown.served()
                                ? List.of(shown.create(), step)
                                : List.of(shown.create(), shown.served(), step),
                        (users == 1 ? "One user was" : users + " users were") + " sent back to the login, in "
                                + demands.size() + " of " + answered + " steps" + phases() + ".",
                        "Because the user had logged in, nobody had logged out, and the session had been served "
                                + (step.invoked() - shown.served().returned()) / 1_000_000
                                + " ms before, well within its time, the application must know the user still.",
                        step.returned(),
                        step.invoked() - shown.served().returned(),
                        shown.severity() == Severity.HARD),
                demands.size());
        tally.sessionViolated(EnumSet.of(Anomaly.LOGGED_OUT));
    }

    private String phases() {
        if (trial.faults().isEmpty()) {
            return "";
        }
        long[] counts = new long[PHASES];
        for (Demand demand : demands) {
            long at = demand.step().invoked();
            counts[at < faultsFrom ? 0 : at < faultsTo ? 1 : 2]++;
        }
        return ": " + counts[0] + " before, " + counts[1] + " during and " + counts[2] + " after the faults";
    }
}
