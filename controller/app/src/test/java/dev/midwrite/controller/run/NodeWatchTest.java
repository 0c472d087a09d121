package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeRuns.MemoryFacts;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.report.NodeInstant;
import dev.midwrite.controller.users.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeWatchTest {
    private final Router router = new Router(UsersSpec.Routing.STICKY, List.of("node-1", "node-2"));
    private final SteppedClock clock = new SteppedClock();
    private final List<NodeExit> unexpected = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final NodeWatch watch =
            new NodeWatch(router, clock, exit -> exit.code() == 137, unexpected::add, notes::add);
    private final PlayedNode node = new PlayedNode("node-1", watch, clock);

    @Test
    void usersReachANodeFromReadyToExit() throws InterruptedException {
        clock.sleep(5);
        node.start();
        assertThat(router.isUp("node-1")).isTrue();
        assertThat(watch.lastReady()).isEqualTo(5);
        assertThat(watch.runs(List.of()).starts()).isEqualTo(1);

        clock.sleep(10);
        node.stop();
        assertThat(router.isUp("node-1")).isFalse();
        assertThat(watch.runs(List.of()).exits()).containsExactly(new ExitFacts("node-1", 1, 143, true, 15, ""));
        assertThat(watch.instants())
                .extracting(NodeInstant::at, NodeInstant::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(5L, NodeInstant.Kind.UP),
                        org.assertj.core.groups.Tuple.tuple(15L, NodeInstant.Kind.DOWN));
        assertThat(unexpected).isEmpty();
    }

    @Test
    void anExitThatNothingAskedForIsSaidAtOnceAndKept() throws InterruptedException {
        node.start();
        node.dies(3, "Its log ends: no.");

        assertThat(unexpected)
                .singleElement()
                .satisfies(exit -> assertThat(exit.code()).isEqualTo(3));
        assertThat(watch.runs(List.of()).exits())
                .containsExactly(new ExitFacts("node-1", 1, 3, false, 0, "Its log ends: no."));
    }

    @Test
    void whatNeverServedDidNotEndWhileItShouldRun() throws InterruptedException {
        clock.sleep(5);
        node.start();
        node.dies(3, "");
        clock.sleep(5);
        node.dies(1, "Its log ends: no such option.");
        watch.neverServed("node-1", 6);

        assertThat(watch.runs(List.of()).exits()).extracting(ExitFacts::code).containsExactly(3);
    }

    @Test
    void aCrashThatWasInjectedIsNoSurprise() throws InterruptedException {
        node.start();
        node.dies(137, "");

        assertThat(unexpected).isEmpty();
        assertThat(watch.runs(List.of()).exits()).extracting(ExitFacts::asked).containsExactly(false);
    }

    @Test
    void ourOwnTidyingUpIsNotKept() throws InterruptedException {
        node.start();
        watch.close();
        node.stop();

        assertThat(watch.runs(List.of()).exits()).isEmpty();
        assertThat(router.isUp("node-1")).isFalse();
    }

    @Test
    void whoseLogSaysThatMemoryRanOutIsKeptThoughItWentOn(@TempDir Path directory)
            throws InterruptedException, IOException {
        node.log = directory.resolve("node-1.log");
        node.start();
        Files.writeString(node.log, "Handler dispatch failed: java.lang.OutOfMemoryError: Java heap space\n");
        clock.sleep(20);

        assertThat(watch.runs(List.of()).outOfMemory())
                .containsExactly(new MemoryFacts("node-1", 20, "java.lang.OutOfMemoryError: Java heap space"));
        node.dies(3, "Its log says: java.lang.OutOfMemoryError: Java heap space.");
        assertThat(watch.runs(List.of()).outOfMemory())
                .as("of its own end the last words tell")
                .isEmpty();
    }

    @Test
    void ofAProcessThatIsNotOursNeitherStartNorMemoryIsKnown() throws InterruptedException {
        node.ours = false;
        node.log = null;
        node.start();
        node.dies(NodeExit.UNKNOWN, "It runs elsewhere, so nobody here knows why.");
        watch.unseen("The nodes run elsewhere.");

        assertThat(watch.runs(List.of()).starts()).isZero();
        assertThat(watch.runs(List.of()).outOfMemory()).isEmpty();
        assertThat(watch.runs(List.of()).exits())
                .singleElement()
                .satisfies(exit -> assertThat(exit.code()).isEqualTo(NodeExit.UNKNOWN));
        assertThat(watch.instants())
                .last()
                .satisfies(instant -> assertThat(instant.detail()).isEqualTo("exit status not known"));
        assertThat(notes).containsExactly("The nodes run elsewhere.");
    }
}
