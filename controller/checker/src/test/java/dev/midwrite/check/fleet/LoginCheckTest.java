package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Scope;
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

class LoginCheckTest {
    private static final long SESSION = 7;
    private static final long NONCE = 99;

    private final List<UserOperation> session = new ArrayList<>();
    private Trial trial = Trial.of(Profile.SESSION).ttlNanos(1_000).build();

    @Test
    void userWhoIsKnownAllTheTimeIsNoFinding() {
        add(OperationKind.STEP, 1, 2, 1, 0);
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.STEP, 5, 6, 1, 0);
        assertThat(judged()).isEmpty();
        assertThat(tally().of(Property.LOGIN).checked()).isEqualTo(1);
    }

    @Test
    void demandToLogInAfterTheLoginIsOne() {
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.READ_LIST, 5, 6, 1, 0);
        add(OperationKind.STEP, 10, 11, 1, UserOperation.ABSENT);
        Violation found = judged().get(0);
        assertThat(found.anomaly()).isEqualTo(Anomaly.LOGGED_OUT);
        assertThat(found.severity()).isEqualTo(Severity.HARD);
        assertThat(found.witness()).hasSize(3);
        assertThat(found.what()).isEqualTo("One user was sent back to the login, in 1 of 1 steps.");
    }

    @Test
    void demandBeforeTheSessionIsThereIsNone() {
        add(OperationKind.STEP, 1, 2, 1, UserOperation.ABSENT);
        add(OperationKind.CREATE, 3, 4, 1, 0);
        assertThat(judged()).isEmpty();
    }

    @Test
    void whoMayHaveLoggedOutMayBeAsked() {
        add(OperationKind.CREATE, 3, 4, 1, 0);
        session.add(operation(OperationKind.INVALIDATE, 5, UserOperation.NEVER, 1, 0, Outcome.INFO));
        add(OperationKind.STEP, 10, 11, 1, UserOperation.ABSENT);
        assertThat(judged()).isEmpty();
    }

    @Test
    void changeOfTheIdThatIsUnderWayExcusesIt() {
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.ROTATE_ID, 9, 12, 1, 0);
        add(OperationKind.STEP, 10, 11, 1, UserOperation.ABSENT);
        assertThat(judged()).isEmpty();
    }

    @Test
    void sessionWhoseTimeMayBeUpExcusesItAndPagesDoNotHoldItAlive() {
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.STEP, 900, 901, 1, 0);
        add(OperationKind.STEP, 1_002, 1_004, 1, UserOperation.ABSENT);
        assertThat(judged()).isEmpty();
    }

    @Test
    void anotherNodeIsNoOffenceWhereSessionsLiveOnOne() {
        trial = Trial.of(Profile.SESSION).ttlNanos(1_000).scope(Scope.NODE).build();
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.STEP, 10, 11, 2, UserOperation.ABSENT);
        assertThat(judged()).isEmpty();
    }

    @Test
    void anotherNodeThatKnowsTheUserLaterIsSoft() {
        add(OperationKind.CREATE, 3, 4, 1, 0);
        add(OperationKind.STEP, 10, 11, 2, UserOperation.ABSENT);
        add(OperationKind.STEP, 12, 13, 2, 0);
        assertThat(judged()).extracting(Violation::severity).containsExactly(Severity.SOFT);
    }

    private List<Violation> judged() {
        return tally().violations();
    }

    private Tally tally() {
        Tally tally = new Tally(10);
        LoginCheck.check(trial, List.of(session), tally);
        return tally;
    }

    private void add(OperationKind kind, long from, long to, int node, int flags) {
        session.add(operation(kind, from, to, node, flags, Outcome.OK));
    }

    private static UserOperation operation(
            OperationKind kind, long from, long to, int node, int flags, Outcome outcome) {
        return new UserOperation(
                kind, 0, SESSION, NONCE, from, to, 0, 0, from, 1, node, 0, 0, 1, outcome, flags, new long[0]);
    }
}
