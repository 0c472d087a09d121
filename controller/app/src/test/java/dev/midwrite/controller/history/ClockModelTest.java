package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's clock that was set or stood still is found out by the requests that it served. */
class ClockModelTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start node = run.start("node-1", 1000).recording(0);

    /** One request each ten milliseconds, of which the node has the middle. */
    private void requests(int from, int to) {
        for (int i = from; i < to; i++) {
            long at = 10L * i * MILLI;
            node.serves(at + MILLI, 100 + i, 0);
            run.user(OperationKind.PROBE, at, at + 2 * MILLI, 100 + i, 0, 1);
        }
    }

    @Test
    void whatFitsIsNotDoubted() throws IOException {
        node.ping(0, MILLI).ping(500 * MILLI, MILLI);
        requests(0, 100);
        History history = run.history(directory);
        assertThat(history.clockDoubts()).isEmpty();
        assertThat(history.trial().clockDoubt()).isEmpty();
    }

    @Test
    void aClockThatIsSetContradictsItsPings() throws IOException {
        node.ping(0, MILLI);
        requests(0, 50);
        node.clockJumps(20 * MILLI);
        requests(50, 100);
        History history = run.history(directory);
        assertThat(history.clockDoubts())
                .singleElement()
                .asString()
                .contains("The clock of node-1", "requests contradict the pings");
        assertThat(history.trial().clockDoubt()).isEqualTo(history.clockDoubts().get(0));
    }

    @Test
    void aClockThatStoodStillDoesToo() throws IOException {
        node.ping(0, MILLI);
        requests(0, 50);
        node.clockJumps(-30 * MILLI);
        requests(50, 100);
        assertThat(run.history(directory).clockDoubts()).hasSize(1);
    }

    @Test
    void pingsThemselvesMayShowIt() throws IOException {
        node.ping(0, MILLI).clockJumps(20 * MILLI).ping(100 * MILLI, MILLI);
        assertThat(run.history(directory).clockDoubts())
                .singleElement()
                .asString()
                .contains("pings contradict each other");
    }

    @Test
    void aClockMayDriftALittle() throws IOException {
        node.ping(0, MILLI);
        for (int i = 0; i < 10; i++) {
            requests(10 * i, 10 * i + 10);
            node.clockJumps(MILLI / 20);
        }
        node.ping(1000 * MILLI, MILLI);
        assertThat(run.history(directory).clockDoubts()).isEmpty();
    }

    @Test
    void anotherStartOfTheNodeHasAnotherClock() throws IOException {
        node.ping(0, MILLI);
        requests(0, 10);
        RecordedRun.Start next =
                run.start("node-1", 500 * MILLI).ping(200 * MILLI, MILLI).recording(201 * MILLI);
        next.serves(301 * MILLI, 77, 0);
        run.user(OperationKind.PROBE, 300 * MILLI, 302 * MILLI, 77, 0, 1);
        assertThat(run.history(directory).clockDoubts()).isEmpty();
    }

    @Test
    void attemptsOfOneRequestSayNothing() throws IOException {
        node.ping(0, MILLI).serves(500 * MILLI, 5, 0);
        run.unanswered(OperationKind.PROBE, 0, 5, 0, 1);
        run.user(OperationKind.PROBE, 100 * MILLI, 101 * MILLI, 5, 0, 1);
        assertThat(run.history(directory).clockDoubts()).isEmpty();
    }
}
