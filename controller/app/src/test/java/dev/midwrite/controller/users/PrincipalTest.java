package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    private static final Call LOG_IN = Call.of(OperationKind.LOG_IN, Attribute.PRINCIPAL);
    private static final Result LOST = new Result(Answer.indeterminate(1), true);

    private final Principal principal = new Principal(7);
    private final UserSession one = session(1);
    private final UserSession two = session(2);
    private final List<UserSession> ended = new ArrayList<>();

    private UserSession session(long nonce) {
        UserSession session = new UserSession(nonce, 0, new BrowserCookies(false), principal, Map.of());
        session.createdOn(1, nonce);
        return session;
    }

    private static Result ok(long... payload) {
        return new Result(new Answer(Outcome.OK, 1, 2, false, "node-1", 1, 7, 0, payload.length, 0, payload), false);
    }

    private Call begin(UserSession session, Call wanted) {
        return principal.begin(session, wanted, call -> true);
    }

    private void end(UserSession session, Call call, Result result) {
        principal.end(session, call, result, ended::add);
    }

    @BeforeEach
    void bothLogIn() {
        for (UserSession session : List.of(one, two)) {
            begin(session, LOG_IN);
            end(session, LOG_IN, ok());
        }
    }

    @Test
    void nobodyIsEndedWhileARequestIsUnderWay() {
        begin(two, Call.PROBE);
        assertThat(begin(one, Call.END_OTHERS)).isEqualTo(Call.LIST_SESSIONS);
        end(one, Call.LIST_SESSIONS, ok());
        assertThat(begin(two, Call.PROBE)).as("another one").isNull();
        assertThat(begin(one, Call.PROBE)).isEqualTo(Call.PROBE);
        end(one, Call.PROBE, ok());
        end(two, Call.PROBE, ok());
        assertThat(principal.begin(one, Call.ROTATE, call -> false)).isEqualTo(Call.ROTATE);
        end(one, Call.ROTATE, ok());
        assertThat(begin(one, Call.PROBE)).as("in its place").isEqualTo(Call.END_OTHERS);
    }

    @Test
    void whoEndsItselfEndsNobodyElse() {
        begin(two, Call.PROBE);
        begin(one, Call.END_OTHERS);
        one.state(UserSession.State.ENDED);
        end(one, Call.LOGOUT, ok());
        assertThat(begin(two, Call.PROBE)).isEqualTo(Call.PROBE);
    }

    @Test
    void whoCanOnlyReadEndsNobody() {
        begin(two, Call.PROBE);
        begin(one, Call.END_OTHERS);
        end(two, Call.PROBE, ok());
        one.state(UserSession.State.READ_ONLY);
        assertThat(begin(one, Call.PROBE)).isEqualTo(Call.PROBE);
        assertThat(begin(two, Call.PROBE)).isEqualTo(Call.PROBE);
    }

    @Test
    void othersWaitUntilItIsKnownWhoWasEnded() {
        begin(one, Call.END_OTHERS);
        assertThat(begin(two, Call.PROBE)).isNull();
        assertThat(begin(one, Call.PROBE)).as("another tab").isEqualTo(Call.PROBE);
        end(one, Call.END_OTHERS, ok(2));
        assertThat(ended).containsExactly(two);
        assertThat(begin(two, Call.PROBE)).isEqualTo(Call.PROBE);
    }

    @Test
    void onlyWhoWasNamedIsEnded() {
        begin(one, Call.END_OTHERS);
        end(one, Call.END_OTHERS, ok(99));
        assertThat(ended).isEmpty();
    }

    @Test
    void whoeverMayHaveBeenEndedIsToldAndNobodyIsEndedAnyMore() {
        begin(one, Call.END_OTHERS);
        end(one, Call.END_OTHERS, LOST);
        assertThat(ended).containsExactly(two);
        assertThat(principal.isUnclear()).isTrue();
        assertThat(begin(two, Call.END_OTHERS)).isEqualTo(Call.LIST_SESSIONS);
    }

    @Test
    void requestThatMayStillArriveKeepsSessionsFromBeingEnded() {
        begin(two, Call.PROBE);
        end(two, Call.PROBE, LOST);
        assertThat(begin(one, Call.END_OTHERS)).isEqualTo(Call.LIST_SESSIONS);
    }

    @Test
    void fewShareANameUntilItIsUnclear() {
        Principals principals = new Principals(List.of(Workload.PRINCIPAL));
        Principal first = principals.of(1);
        assertThat(principals.of(4)).isSameAs(first);
        assertThat(principals.of(5)).isNotSameAs(first);
        first.begin(one, Call.PROBE, call -> true);
        first.end(one, Call.PROBE, LOST, ended::add);
        Principal fresh = principals.of(2);
        assertThat(fresh.number()).isNotEqualTo(first.number()).isPositive();
        assertThat(new Principals(List.of(Workload.LIST)).of(1)).isSameAs(Principal.NOBODY);
    }

    @Test
    void numberTravelsInTheName() {
        long number = new Principals(List.of(Workload.PRINCIPAL)).of(1).number();
        assertThat(Principal.number(Principal.name(number))).isEqualTo(number);
        assertThat(Principal.number("null")).isZero();
        assertThat(Principal.number("user-x")).isNegative();
    }
}
