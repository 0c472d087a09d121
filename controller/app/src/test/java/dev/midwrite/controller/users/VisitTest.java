package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.users.Requester.Result;
import dev.midwrite.event.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitTest {
    private final UserSession session = new UserSession(1, 0, new BrowserCookies(false), Principal.NOBODY, Map.of());

    /** Where a name has one session at a time, a login anew would end the one that is in doubt. */
    @Test
    void whoMayNotLogInAnewStaysInASessionThatIsInDoubt() {
        assertThat(overAfterDoubt(true)).isTrue();
        assertThat(overAfterDoubt(false)).isFalse();
    }

    private static boolean overAfterDoubt(boolean logsInAnew) {
        UserSession session = new UserSession(1, 0, new BrowserCookies(false), Principal.NOBODY, Map.of());
        session.createdOn(1, 77);
        Visit visit = new Visit(
                session, new Turns(List.of(Workload.REGISTER), List.of()), 1, 1, false, logsInAnew, Optional.empty());
        for (int i = 0; i < 100 && !visit.over(); i++) {
            Call call = visit.next(0).orElseThrow();
            visit.end(0, call, visit.begin(call), new Result(Answer.indeterminate(1, 500), true));
        }
        return visit.over();
    }

    @Test
    void sessionThatAnotherEndedIsTriedOnceMoreAndLeft() {
        session.createdOn(1, 77);
        Visit visit = new Visit(
                session, new Turns(List.of(Workload.PRINCIPAL), List.of()), 1, 2, false, true, Optional.empty());
        assertThat(visit.next(0)).map(Call::kind).contains(OperationKind.LOG_IN);
        session.endedElsewhere();
        assertThat(visit.next(1)).contains(Call.PROBE_OLD_ID);
        assertThat(visit.next(0)).as("the other tab").isEqualTo(Optional.empty());
        Visit.Before before = visit.begin(Call.PROBE_OLD_ID);
        visit.end(1, Call.PROBE_OLD_ID, before, new Result(Answer.absent(Call.PROBE_OLD_ID, 1, 2, "node-1"), false));
        assertThat(visit.over()).isTrue();
    }
}
