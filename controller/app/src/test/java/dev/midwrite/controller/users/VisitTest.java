package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.plan.FlowSpec;
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

    private static User.Plan plan(Workload workload, int tabs, boolean logsInAnew) {
        return new User.Plan(
                1,
                1,
                new Turns(List.of(workload), List.of()),
                Journey.of(FlowSpec.NONE),
                Map.of(),
                tabs,
                false,
                logsInAnew,
                0,
                new Principals(List.of()));
    }

    private static boolean overAfterDoubt(boolean logsInAnew) {
        UserSession session = new UserSession(1, 0, new BrowserCookies(false), Principal.NOBODY, Map.of());
        session.createdOn(1, 77);
        Visit visit = new Visit(session, plan(Workload.REGISTER, 1, logsInAnew));
        for (int i = 0; i < 100 && !visit.over(); i++) {
            Call call = visit.next(0).orElseThrow();
            visit.end(0, call, visit.begin(call), new Result(Answer.indeterminate(1, 500), true));
        }
        return visit.over();
    }

    @Test
    void sessionThatAnotherEndedIsTriedOnceMoreAndLeft() {
        session.createdOn(1, 77);
        Visit visit = new Visit(session, plan(Workload.PRINCIPAL, 2, true));
        assertThat(visit.next(0)).map(Call::kind).contains(OperationKind.LOG_IN);
        session.endedElsewhere();
        assertThat(visit.next(1)).contains(Call.PROBE_OLD_ID);
        assertThat(visit.next(0)).as("the other tab").isEqualTo(Optional.empty());
        Visit.Before before = visit.begin(Call.PROBE_OLD_ID);
        visit.end(1, Call.PROBE_OLD_ID, before, new Result(Answer.absent(Call.PROBE_OLD_ID, 1, 2, "node-1"), false));
        assertThat(visit.over()).isTrue();
    }
}
