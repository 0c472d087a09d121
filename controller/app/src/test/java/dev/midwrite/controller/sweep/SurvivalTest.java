package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    private static final long SESSION = 0x5E55;
    private static final long CUT = 50;

    private final List<UserOperation> operations = new ArrayList<>();

    @Test
    void aWriteThatWasCutOffIsThereOrNot() {
        add(OperationKind.WRITE, 10, CUT, 7, Outcome.INFO, 0);
        add(OperationKind.READ, 20, 51, 7, Outcome.OK, 0);
        assertThat(words()).isEqualTo("the session, with the change");

        operations.remove(1);
        add(OperationKind.READ, 20, 51, 6, Outcome.OK, 0);
        assertThat(words()).isEqualTo("the session, without the change");
    }

    @Test
    void anAppendIsLookedForByItsRequest() {
        add(OperationKind.APPEND, 10, CUT, 0, Outcome.INFO, 0);
        add(OperationKind.READ_LIST, 20, 51, 0, Outcome.OK, 0, 3, CUT);

        assertThat(words()).isEqualTo("the session, with the change");
    }

    @Test
    void aSessionThatIsNeverThereAgainIsNoneOrWasEnded() {
        add(OperationKind.WRITE, 10, CUT, 7, Outcome.INFO, 0);
        add(OperationKind.READ, 20, 51, 0, Outcome.OK, UserOperation.ABSENT);
        assertThat(words()).isEqualTo("no session");

        operations.remove(0);
        add(OperationKind.INVALIDATE, 10, CUT, 0, Outcome.INFO, 0);
        assertThat(words()).isEqualTo("its end");
    }

    /** A node that is down answers nothing about a session. */
    @Test
    void aRequestThatWasRejectedSaysNothing() {
        add(OperationKind.INVALIDATE, 10, CUT, 0, Outcome.INFO, 0);
        add(OperationKind.READ, 20, 51, 0, Outcome.FAIL, 0);
        add(OperationKind.PROBE_OLD_ID, 30, 52, 0, Outcome.OK, UserOperation.ABSENT);

        assertThat(words()).isEqualTo("its end");
    }

    @Test
    void whatNobodyLookedAtIsSaidToBeSo() {
        add(OperationKind.WRITE, 10, CUT, 7, Outcome.INFO, 0);
        add(OperationKind.READ, 20, 51, 7, Outcome.INFO, 0);
        assertThat(words()).isEqualTo("nobody looked");

        operations.clear();
        add(OperationKind.CREATE, 10, CUT, 0, Outcome.INFO, 0);
        assertThat(words()).isEqualTo("no user has it");
    }

    @Test
    void aCrashOfNobodysRequestIsOne() {
        assertThat(words()).isEqualTo("no user's request");
        assertThat(Survival.of(operations, Optional.empty()).words()).isEmpty();
    }

    private String words() {
        EventRecord fault =
                new EventRecord(EventType.FAULT, 1, 1, 0xA, 1, CUT, 0, 0, 1, Edge.BEFORE, 0, 0, 1, new byte[0]);
        return Survival.of(
                        operations, Optional.of(new Entry("node-1", 1, fault, "", PointKind.SESSION_SAVE, "", 15, 0)))
                .words();
    }

    private void add(
            OperationKind kind, long at, long request, long value, Outcome outcome, int flags, long... payload) {
        operations.add(new UserOperation(
                kind,
                operations.size(),
                SESSION,
                1,
                at,
                at + 5,
                value,
                0,
                request,
                1,
                1,
                1,
                payload.length,
                1,
                outcome,
                flags,
                payload));
    }
}
