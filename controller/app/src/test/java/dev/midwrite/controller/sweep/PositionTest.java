package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final List<String> SAVE = List.of("EXISTS", "HMSET", "PEXPIREAT");

    @Test
    void onlyWhatHasNotBegunCanBeLeftOut() {
        List<Position> positions =
                Position.of(SessionOperation.SAVE, new Sequence(List.of("EXISTS", "HMSET"), 1, 1), true, List.of());
        assertThat(positions)
                .filteredOn(SweptFault.DROP::happensAt)
                .singleElement()
                .satisfies(position -> assertThat(position.injection(SweptFault.DROP))
                        .isEqualTo("fault: drop, point: session.save, dirty: true, after: 1, edge: before"));
        assertThat(positions).allMatch(SweptFault.CRASH::happensAt);
    }

    @Test
    void anOperationHasOneBeforeBetweenAndAfterItsSteps() {
        assertThat(words(SessionOperation.SAVE, SAVE, false))
                .containsExactly("before", "after step 1, EXISTS", "after step 2, HMSET", "after, before the answer");
    }

    @Test
    void cutInsideEachStepThereAreAsManyMore() {
        assertThat(words(SessionOperation.DELETE, List.of("DEL"), true))
                .containsExactly("before", "inside step 1, DEL", "after, before the answer");
    }

    @Test
    void anOperationWithoutWatchedStepsHasItsEdges() {
        assertThat(words(SessionOperation.SAVE, List.of(), true)).containsExactly("before", "after, before the answer");
    }

    @Test
    void aChangeOfIdIsWhatASaveHasNot() {
        List<String> rename = List.of("EXISTS", "RENAME", "HMSET", "PEXPIREAT");

        assertThat(Position.of(SessionOperation.RENAME, sequence(rename), false, SAVE))
                .extracting(Position::words, position -> position.injection(SweptFault.CRASH))
                .containsExactly(tuple(
                        "after step 2, RENAME",
                        "fault: crash, point: session.save, edge: after-step, command: \"RENAME\""));
        assertThat(Position.of(SessionOperation.RENAME, sequence(SAVE), false, SAVE))
                .isEmpty();
    }

    /** The text of a statement is no name of a command. */
    @Test
    void aStepIsNamedByItsCommandOnlyIfThatIsAWord() {
        Sequence statements = sequence(List.of("UPDATE SPRING_SESSION SET X = ?", "COMMIT"));

        assertThat(Position.of(SessionOperation.SAVE, statements, true, List.of()))
                .extracting(position -> position.injection(SweptFault.CRASH))
                .contains(
                        "fault: tear, share: 50%, point: session.save, dirty: true, after: 1, edge: inside, step: 1",
                        "fault: tear, share: 50%, point: session.save, dirty: true, after: 1, edge: inside, step: 2,"
                                + " command: \"COMMIT\"");
    }

    private static List<String> words(SessionOperation operation, List<String> commands, boolean inside) {
        return Position.of(operation, sequence(commands), inside, SAVE).stream()
                .map(Position::words)
                .toList();
    }

    private static Sequence sequence(List<String> commands) {
        return new Sequence(commands, 1, 1);
    }
}
