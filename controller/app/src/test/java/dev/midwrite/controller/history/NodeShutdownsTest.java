package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Replacement;
import dev.midwrite.check.Trial.NodeEnd;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeShutdown.Flight;
import dev.midwrite.controller.history.NodeShutdown.Stretch;
import dev.midwrite.controller.history.RecordedRun.Start;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeShutdownsTest {
    private static final long MILLI = 1_000_000;
    private static final long REMOVED = 1_000 * MILLI;
    private static final long TERMINATED = 1_300 * MILLI;
    private static final long ENDED = 2_000 * MILLI;
    private static final long READY = 4_000 * MILLI;
    private static final int SIGTERM = 143;
    private static final int SIGKILL = 137;

    @TempDir
    private Path directory;

    private final RecordedRun run = new RecordedRun();
    /** It has ended before. */
    private final Start earlier = start("node-1");

    private final Start ending = start("node-1");

    private Start start(String node) {
        return run.start(node, 0).recording(1).ping(1, 20).ping(READY, 20);
    }

    private List<NodeShutdown> shutdowns(List<Replacement> replaced, List<ExitFacts> exits, FaultFacts... actions)
            throws IOException {
        return run.ends(new NodeRuns(3, exits, List.of(), replaced), actions)
                .history(directory)
                .shutdowns();
    }

    private static Replacement rollout(boolean killed) {
        return new Replacement("node-1", REMOVED, REMOVED, TERMINATED, ENDED, killed, READY);
    }

    private static FaultFacts action(String name) {
        return new FaultFacts(0, name, "", "node-1", TERMINATED, READY, 1, 1, true);
    }

    private static ExitFacts exit(Start start, int code, long at) {
        return new ExitFacts("node-1", start.incarnation, code, true, at, "");
    }

    private List<ExitFacts> exits(int code) {
        return List.of(exit(earlier, SIGTERM, 500 * MILLI), exit(ending, code, ENDED - MILLI));
    }

    @Test
    void aReplacedNodeEndsAsItsOwnJournalSays() throws IOException {
        earlier.savesWhole(TERMINATED + 10 * MILLI, 0, 0, "HMSET");
        ending.savesWhole(TERMINATED - 10 * MILLI, 0, 0, "HMSET").shutdown(TERMINATED + MILLI);
        ending.saveBegins(TERMINATED + 20 * MILLI, 0, 900, RecordedRun.SESSION, "")
                .saveEnds(TERMINATED + 30 * MILLI, 0, 900, RecordedRun.SESSION, Outcome.FAIL)
                .saveBegins(TERMINATED + 40 * MILLI, 0, 901, RecordedRun.SESSION, "");
        run.user(OperationKind.READ, REMOVED - 20 * MILLI, REMOVED - 10 * MILLI, 1, 0, 1)
                .user(OperationKind.READ, REMOVED - 20 * MILLI, REMOVED + 10 * MILLI, 2, 0, 1)
                .user(OperationKind.READ, REMOVED, REMOVED + 10 * MILLI, 3, 0, 2)
                .unanswered(OperationKind.READ, TERMINATED, 4, 0, 1);

        NodeShutdown shutdown =
                shutdowns(List.of(rollout(false)), exits(SIGTERM)).get(0);

        assertThat(shutdown.order()).isEqualTo(rollout(false));
        assertThat(shutdown.phases())
                .containsExactly(new Stretch("jvm.Shutdown.shutdown", TERMINATED + MILLI, NodeShutdown.NEVER, ""));
        assertThat(shutdown.saves())
                .as("those that began after the signal, in this start")
                .containsExactly(
                        new Stretch(
                                "spring.SessionRepository.save",
                                TERMINATED + 20 * MILLI,
                                TERMINATED + 30 * MILLI,
                                "an exception"),
                        new Stretch("spring.SessionRepository.save", TERMINATED + 40 * MILLI, NodeShutdown.NEVER, ""));
        assertThat(shutdown.flights())
                .containsExactly(
                        new Flight(REMOVED - 20 * MILLI, REMOVED + 10 * MILLI),
                        new Flight(TERMINATED, NodeShutdown.NEVER));
    }

    @Test
    void hooksAndPhasesHaveTheirNames() throws IOException {
        ending.ends(true, "Cleaner", REMOVED, 0, "") // Registered, or of another end.
                .ends(true, "SpringHook", TERMINATED + MILLI, TERMINATED + 90 * MILLI, "")
                .ends(false, "client", TERMINATED + 2 * MILLI, TERMINATED + 5 * MILLI, "java.io.IOException")
                .ends(true, "Thread-3", TERMINATED + 3 * MILLI, 0, "");

        NodeShutdown shutdown =
                shutdowns(List.of(rollout(false)), exits(SIGTERM)).get(0);

        assertThat(shutdown.hooks())
                .containsExactly(
                        new Stretch("SpringHook", TERMINATED + MILLI, TERMINATED + 90 * MILLI, ""),
                        new Stretch("Thread-3", TERMINATED + 3 * MILLI, NodeShutdown.NEVER, ""));
        assertThat(shutdown.phases())
                .containsExactly(new Stretch(
                        "springcontext.Lifecycle.stop client",
                        TERMINATED + 2 * MILLI,
                        TERMINATED + 5 * MILLI,
                        "java.io.IOException"));
    }

    /** Its answer came, from whoever stood between, and nobody knows when. */
    @Test
    void whatWasAnsweredWithAnErrorIsNotInFlightUntilTheEnd() throws IOException {
        run.answered(OperationKind.READ, TERMINATED, 5, 502, 1);

        assertThat(shutdowns(List.of(rollout(false)), exits(SIGTERM)).get(0).flights())
                .isEmpty();
    }

    @Test
    void aJournalThatIsNotWholeTellsOfNoPhases() throws IOException {
        ending.shutdown(TERMINATED + MILLI).losesItsEnd();

        NodeShutdown shutdown =
                shutdowns(List.of(rollout(true)), exits(SIGKILL)).get(0);

        assertThat(shutdown.phases()).isEmpty();
        assertThat(shutdown.saves()).isEmpty();
        assertThat(shutdown.order().killed()).isTrue();
    }

    @Test
    void whatAnActionStopsWasAskedWhenItBegan() throws IOException {
        assertThat(shutdowns(List.of(), exits(SIGKILL), action("restart"), action("kill")))
                .extracting(NodeShutdown::order)
                .as("nobody asks a node that is killed")
                .containsExactly(
                        new Replacement("node-1", TERMINATED, TERMINATED, TERMINATED, ENDED - MILLI, true, READY));
    }

    /** Somebody else's command sends the signal, or none, at a moment of its own. */
    @Test
    void whenANodeThatRunsElsewhereWasAskedNobodyKnows() throws IOException {
        assertThat(shutdowns(List.of(), exits(NodeEnd.UNKNOWN_CODE), action("stop")))
                .isEmpty();
    }

    @Test
    void whatWasDownAlreadyDidNotEnd() throws IOException {
        Replacement nothing = new Replacement("node-1", REMOVED, REMOVED, REMOVED, REMOVED, false, READY);
        assertThat(shutdowns(List.of(nothing), List.of())).isEmpty();
    }
}
