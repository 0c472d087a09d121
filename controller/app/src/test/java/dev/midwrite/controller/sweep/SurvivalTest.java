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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    private static final long HIT = 70;
    private static final long STORED = 0xBEEF;

    /** The fault's record, in the request that was hit. */
    private static Optional<Entry> hit() {
        EventRecord record =
                new EventRecord(EventType.FAULT, 0, 0, STORED, 1, HIT, 0, 0, 1, Edge.BEFORE, 1, 0, 1, 0, new byte[0]);
        return Optional.of(
                new Entry("node-1", 1, record, "spring.SessionRepository.save", PointKind.SESSION_SAVE, "", 0, 0));
    }

    private static UserOperation operation(OperationKind kind, long request, Outcome outcome, int flags) {
        return UserOperation.of(kind, 9)
                .request(request, 1)
                .between(request, request + 1)
                .outcome(outcome)
                .flags(flags)
                .build();
    }

    private static UserOperation absent(long request) {
        return operation(OperationKind.READ, request, Outcome.OK, UserOperation.ABSENT);
    }

    private static UserOperation seen(long request) {
        return operation(OperationKind.READ, request, Outcome.OK, 0);
    }

    private static String words(UserOperation... operations) {
        return Survival.of(Arrays.asList(operations), hit()).words();
    }

    @Test
    void aSessionThatNobodyWasGivenIsMissedByNobody() {
        assertThat(words(operation(OperationKind.CREATE, HIT, Outcome.INFO, 0))).isEqualTo("no user has it");
    }

    @Test
    void aSessionThatWasGivenAndIsNeverThereHasNotSurvived() {
        assertThat(words(operation(OperationKind.CREATE, HIT, Outcome.OK, 0), absent(71), absent(72)))
                .isEqualTo("no session");
        assertThat(words(operation(OperationKind.CREATE, HIT, Outcome.OK, 0), seen(71), absent(72)))
                .isEqualTo("the session");
    }

    @Test
    void theEndOfASessionSurvivesIfNobodySeesItAgain() {
        assertThat(words(operation(OperationKind.INVALIDATE, HIT, Outcome.INFO, 0), absent(71)))
                .isEqualTo("its end");
        assertThat(words(operation(OperationKind.INVALIDATE, HIT, Outcome.INFO, 0), seen(71)))
                .isEqualTo("the session");
        assertThat(words(operation(OperationKind.INVALIDATE, HIT, Outcome.INFO, 0)))
                .isEqualTo("nobody looked");
    }

    @Test
    void whatWasSetAnewSaysNothingOfAnEarlierChange() {
        UserOperation cut = register(OperationKind.WRITE, HIT, 5);

        assertThat(words(cut, register(OperationKind.READ, 72, 5))).isEqualTo("the session, with the change");
        assertThat(words(cut, register(OperationKind.READ, 72, 4))).isEqualTo("the session, without the change");
        assertThat(words(cut, register(OperationKind.WRITE, 71, 6), register(OperationKind.READ, 72, 6)))
                .isEqualTo("the session");
        assertThat(words(cut, register(OperationKind.READ, 71, 5), register(OperationKind.WRITE, 72, 6)))
                .isEqualTo("the session, with the change");
    }

    /** Of two that met, what users saw before both were over says nothing. */
    @Test
    void onlyWhatCameLaterThanBothIsLookedAt() {
        List<UserOperation> operations =
                List.of(operation(OperationKind.INVALIDATE, HIT, Outcome.OK, 0), seen(71), absent(80));

        assertThat(Survival.of(operations, hit()).words()).isEqualTo("the session");
        assertThat(Survival.of(operations, hit(), 75).words()).isEqualTo("its end");
    }

    private static UserOperation register(OperationKind kind, long request, long value) {
        return UserOperation.of(kind, 9)
                .request(request, 1)
                .between(request, request + 1)
                .outcome(Outcome.OK)
                .attribute(1)
                .value(value)
                .build();
    }
}
