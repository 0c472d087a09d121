package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogoutCheckTest {
    private static final int PAGE = 30;
    private static final int OTHER_PAGE = 31;

    private final List<List<UserOperation>> sessions = new ArrayList<>();
    private List<UserOperation> session = new ArrayList<>();
    private Trial trial = Trial.of(Profile.SESSION).ttlNanos(1_000).build();

    @Test
    void whoIsTurnedAwayAfterTheLogoutIsNoFinding() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, UserOperation.ABSENT);
        add(OperationKind.PROBE_LOGGED_OUT, 90, 2, UserOperation.ABSENT | UserOperation.FINAL);
        assertThat(judged()).isEmpty();
        assertThat(tally().of(Property.LOGOUT).checked()).isEqualTo(2);
    }

    @Test
    void whoIsLetInIsOne() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        Violation found = judged().get(0);
        assertThat(found.anomaly()).isEqualTo(Anomaly.STILL_LOGGED_IN);
        assertThat(found.severity()).isEqualTo(Severity.HARD);
        assertThat(found.witness())
                .extracting(UserOperation::kind)
                .containsExactly(OperationKind.CREATE, OperationKind.LOG_OUT, OperationKind.PROBE_LOGGED_OUT);
        assertThat(found.what())
                .isEqualTo(
                        "1 of 1 user who had logged out was let in by the cookies of before, in 1 of 1 tries. Each was at"
                                + " the first try: the logout takes the cookie from the browser, and what the cookie stands for stays"
                                + " good.");
    }

    @Test
    void newLoginThatEndsTheOldSessionLaterExcusesNoLogout() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        add(OperationKind.PROBE_LOGGED_OUT, 90, 1, UserOperation.ABSENT | UserOperation.FINAL);
        assertThat(judged().get(0).what()).contains("in 1 of 2 tries. Each was at the first try");
    }

    @Test
    void itIsToldApartFromALogoutThatEndsMostLogins() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        nextSession();
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, UserOperation.ABSENT);
        assertThat(judged().get(0).what())
                .isEqualTo("1 of 2 users who had logged out was let in by the cookies of before, in 1 of 2 tries.");
    }

    @Test
    void eachSessionOfSuchAUserShowsIt() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        nextSession();
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        assertThat(judged()).hasSize(1);
        assertThat(tally().of(Anomaly.STILL_LOGGED_IN).sessions()).isEqualTo(2);
    }

    @Test
    void anotherNodeThatKnowsTheUserForAWhileIsSoftAndHardIfItLasts() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 20, 2, 0);
        assertThat(judged()).extracting(Violation::severity).containsExactly(Severity.SOFT);
        add(OperationKind.PROBE_LOGGED_OUT, 90, 2, UserOperation.FINAL);
        assertThat(judged()).extracting(Violation::severity).containsExactly(Severity.HARD);
    }

    @Test
    void pageThatTheSessionWasNeverShownSaysNothing() {
        loggedOut(1);
        session.add(operation(OperationKind.PROBE_LOGGED_OUT, 20, 21, 1, OTHER_PAGE, 0, Outcome.OK));
        assertThat(judged()).isEmpty();
        assertThat(tally().of(Property.LOGOUT).checked()).isZero();
    }

    @Test
    void logoutThatNobodyAnsweredSaysNothing() {
        add(OperationKind.CREATE, 1, 1, 0);
        add(OperationKind.STEP, 5, 1, 0);
        session.add(operation(OperationKind.LOG_OUT, 10, UserOperation.NEVER, 1, PAGE, 0, Outcome.INFO));
        add(OperationKind.PROBE_LOGGED_OUT, 20, 1, 0);
        assertThat(judged()).isEmpty();
    }

    @Test
    void tryBesideTheLogoutSaysNothing() {
        loggedOut(1);
        session.add(operation(OperationKind.PROBE_LOGGED_OUT, 10, 20, 1, PAGE, 0, Outcome.OK));
        assertThat(judged()).isEmpty();
        assertThat(tally().of(Property.LOGOUT).checked()).isZero();
    }

    @Test
    void tryAfterTheSessionsTimeProvesNoLogout() {
        loggedOut(1);
        add(OperationKind.PROBE_LOGGED_OUT, 2_000, 1, UserOperation.ABSENT);
        assertThat(tally().of(Property.LOGOUT).checked()).isZero();
    }

    private void loggedOut(int node) {
        add(OperationKind.CREATE, 1, node, 0);
        add(OperationKind.STEP, 5, node, 0);
        add(OperationKind.LOG_OUT, 10, node, 0);
    }

    private void nextSession() {
        sessions.add(session);
        session = new ArrayList<>();
    }

    private List<Violation> judged() {
        return tally().violations();
    }

    private Tally tally() {
        List<List<UserOperation>> all = new ArrayList<>(sessions);
        all.add(session);
        Tally tally = new Tally(10);
        LogoutCheck.check(trial, all, tally);
        return tally;
    }

    private void add(OperationKind kind, long from, int node, int flags) {
        session.add(operation(kind, from, from + 1, node, PAGE, flags, Outcome.OK));
    }

    private UserOperation operation(
            OperationKind kind, long from, long to, int node, int attribute, int flags, Outcome outcome) {
        long label = sessions.size() + 7L;
        return new UserOperation(
                kind, 0, label, 99, from, to, 0, 0, from, 1, node, attribute, 0, 1, outcome, flags, new long[0]);
    }
}
