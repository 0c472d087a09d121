package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who asked a balancer do not know who answered; journals do. */
class AnsweringNodesTest {
    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start first =
            run.start("node-1", 1000).ping(0, 20).recording(10);
    private final RecordedRun.Start second =
            run.start("node-2", 1000).ping(0, 20).recording(10);

    @Test
    void theNodeThatJournaledARequestAnsweredIt() throws IOException {
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 0);
        first.serves(103, 1, 0);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 0);
        second.serves(203, 2, 0);
        assertThat(nodes()).containsExactly(1, 2);
    }

    @Test
    void whatSeveralOrNoneJournaledIsNotKnown() throws IOException {
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 0);
        first.serves(103, 1, 0);
        second.serves(104, 1, 0);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 0);
        assertThat(nodes()).containsExactly(0, 0);
    }

    @Test
    void whereAnAttemptWithoutAnAnswerWentIsKnownOfTheOnlyOne() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 0);
        first.serves(103, 1, 0);
        run.unanswered(OperationKind.WRITE, 200, 2, 0x1002, 0);
        run.unanswered(OperationKind.WRITE, 220, 2, 0x1003, 0);
        second.serves(223, 2, 0);
        assertThat(nodes()).containsExactly(1, 0, 0);
    }

    @Test
    void whatWasSaidStands() throws IOException {
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 2);
        first.serves(103, 1, 0);
        assertThat(nodes()).containsExactly(2);
    }

    /** An earlier run of the same process knew other requests by the same numbers. */
    @Test
    void whatIsOlderThanTheRunIsNotOfIt() throws IOException {
        first.serves(-500, 1, 0);
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 0);
        second.serves(103, 1, 0);
        assertThat(nodes()).containsExactly(2);
    }

    private List<Integer> nodes() throws IOException {
        return run.history(directory).operations().stream()
                .map(UserOperation::node)
                .toList();
    }
}
