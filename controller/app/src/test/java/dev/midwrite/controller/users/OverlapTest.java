package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static final Call APPEND = Call.of(OperationKind.APPEND, Attribute.LIST);
    private static final Call READ_LIST = Call.of(OperationKind.READ_LIST, Attribute.LIST);
    private static final Call WRITE_A = Call.of(OperationKind.WRITE, Attribute.REGISTER_A);
    private static final Call SET_GROUP = Call.of(OperationKind.WRITE_GROUP, Attribute.GROUP);
    private static final Call READ_GROUP = Call.of(OperationKind.READ_GROUP, Attribute.GROUP);

    private final Overlap overlap = new Overlap(false);

    @Test
    void changesWithoutALockDoNotMeet() {
        overlap.begin(APPEND);
        assertThat(overlap.admits(APPEND)).isFalse();
        assertThat(overlap.admits(READ_LIST)).isTrue();
        assertThat(overlap.admits(Call.of(OperationKind.INCREMENT, Attribute.COUNTER)))
                .isTrue();
        overlap.end(APPEND, false);
        assertThat(overlap.admits(APPEND)).isTrue();
    }

    @Test
    void changeThatMayStillComeIsNotMetEither() {
        overlap.begin(APPEND);
        overlap.end(APPEND, true);
        assertThat(overlap.admits(APPEND)).isFalse();
        overlap.begin(READ_LIST);
        overlap.end(READ_LIST, true);
        assertThat(overlap.admits(READ_LIST)).isTrue();
    }

    @Test
    void writesOfOneRegisterMeet() {
        overlap.begin(WRITE_A);
        assertThat(overlap.admits(WRITE_A)).isTrue();
    }

    @Test
    void halfAGroupIsSeenByNobody() {
        overlap.begin(SET_GROUP);
        assertThat(overlap.admits(READ_GROUP)).isFalse();
        overlap.end(SET_GROUP, false);
        overlap.begin(READ_GROUP);
        assertThat(overlap.admits(READ_GROUP)).isTrue();
        assertThat(overlap.admits(SET_GROUP)).isFalse();
    }

    @Test
    void oneLoginLogoutOrChangeOfIdAtATimeBesideWrites() {
        overlap.begin(Call.ROTATE);
        assertThat(overlap.admits(Call.LOGOUT)).isFalse();
        assertThat(overlap.admits(Call.ROTATE)).isFalse();
        assertThat(overlap.admits(Call.CREATE)).isFalse();
        assertThat(overlap.admits(WRITE_A)).isTrue();
        assertThat(overlap.admits(Call.PROBE)).isTrue();
        assertThat(overlap.changing()).isTrue();
        long changes = overlap.changes();
        overlap.end(Call.ROTATE, false);
        assertThat(overlap.changing()).isFalse();
        assertThat(overlap.changes()).isNotEqualTo(changes);
        assertThat(overlap.admits(Call.LOGOUT)).isTrue();
    }

    @Test
    void allThatChangesTheIdIsAloneIfTheDrillSaysSo() {
        Overlap apart = new Overlap(true);
        apart.begin(WRITE_A);
        for (Call call : new Call[] {Call.CREATE, Call.ROTATE, Call.LOGOUT, Call.RELOGIN}) {
            assertThat(apart.admits(call)).as(call.kind().name()).isFalse();
        }
        assertThat(apart.admits(READ_LIST)).isTrue();
        assertThat(apart.alone()).isFalse();
        apart.end(WRITE_A, false);
        assertThat(apart.admits(Call.ROTATE)).isTrue();
        apart.begin(Call.ROTATE);
        assertThat(apart.alone()).isTrue();
        apart.end(Call.ROTATE, true);
        assertThat(apart.alone()).isFalse();
    }

    @Test
    void loginAnewIsAloneBecauseItsAnswerBringsAnotherSession() {
        overlap.begin(Call.PROBE);
        assertThat(overlap.admits(Call.RELOGIN)).isFalse();
        overlap.end(Call.PROBE, false);
        assertThat(overlap.admits(Call.RELOGIN)).isTrue();
        overlap.begin(Call.RELOGIN);
        assertThat(overlap.alone()).isTrue();
        overlap.end(Call.RELOGIN, false);
        assertThat(overlap.alone()).isFalse();
    }
}
