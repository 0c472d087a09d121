package dev.midwrite.junit;

import static dev.midwrite.junit.DrillAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real drills of a small service, as tests of somebody else. */
@Tag("long")
class DrillTestIT {
    @TempDir
    private Path directory;

    @Drill(
            main = Desk.class,
            arguments = "{port}",
            jvm = {"-Xmx128m", "-XX:TieredStopAtLevel=1"},
            scope = "node",
            sessions = 10,
            warmup = "1s",
            duration = "4s",
            settle = "1s")
    static class Sessions {
        @DrillTest
        @Inject(fault = "delay", point = "request", delay = "50ms", probability = "20%")
        void stay(DrillVerdict verdict) {
            assertThat(verdict).passes().hasNothingFound();
        }

        @DrillTest
        void surviveAKill(Cluster cluster, Users users) throws Exception {
            cluster.injectAt("node-2", "fault=delay", "point=request", "delay=20ms");
            users.awaitAnswers(20, Duration.ofSeconds(20));
            cluster.lift();
            cluster.kill("node-1");
            assertThat(cluster.isUp("node-1")).isFalse();
            cluster.start("node-1");
            assertThat(cluster.isUp("node-1")).isTrue();
            users.work(Duration.ofSeconds(2));
        }
    }

    @Drill(main = Desk.class, arguments = "{port}", nodes = 1, scope = "node", warmup = "0s")
    static class Angry {
        @DrillTest
        void body(Cluster cluster) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.inject("fault=dely", "point=request"))
                    .withMessage("unknown fault 'dely'; did you mean 'delay'?");
            cluster.address("node-2");
        }
    }

    static class Nothing {
        @DrillTest
        void hasNodes() {}

        @DrillTest(trials = 2)
        void isDrivenTwice(Users users) {}

        @DrillTest
        void isJudgedTooEarly(Users users, DrillVerdict verdict) {}
    }

    @Test
    void aHealthyServicePassesAndABrokenOneFailsBesideIt() {
        Map<String, TestRun> runs = TestRun.all(directory, Sessions.class);

        TestRun healthy = runs.get("stay");
        assertThat(healthy.failure()).isEmpty();
        assertThat(healthy.entries().get("midwrite.verdict"))
                .startsWith("PASS: Nothing that the profile session rules out");
        assertThat(Path.of(healthy.entries().get("midwrite.report")))
                .startsWith(directory)
                .isRegularFile();
        List<String> lines =
                runs.get("surviveAKill").failure().orElseThrow().lines().toList();
        assertThat(lines.get(0)).startsWith("FAIL: Live session lost, ").contains("kill on node-1");
        assertThat(lines).anyMatch(line -> line.matches("A-\\d+ {2}SESSION_LOST {2}The session was gone on node-1 .*"));
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("repeat  mvn test -Dtest='dev.midwrite.junit.DrillTestIT$Sessions#surviveAKill'");
        nothingRuns();
    }

    @Test
    void aBodyThatThrowsEndsTheRunAndAllThatItStarted() {
        assertThat(TestRun.all(directory, Angry.class).get("body").failure())
                .contains("There is no node node-2; the nodes are node-1.");
        nothingRuns();
    }

    @Test
    void whatCannotBeRunFailsWithOneSentenceAndStartsNothing() throws IOException {
        Map<String, TestRun> runs = TestRun.all(directory, Nothing.class);

        assertThat(runs.get("hasNodes").failure())
                .contains("The test has no nodes: put @Drill with a main class, a jar or a command on Nothing.");
        assertThat(runs.get("isDrivenTwice").failure().orElseThrow()).contains("is one trial that is driven by hand");
        assertThat(runs.get("isJudgedTooEarly").failure().orElseThrow()).contains("it cannot take DrillVerdict, too");
        assertThat(directory).isEmptyDirectory();
    }

    private static void nothingRuns() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
}
