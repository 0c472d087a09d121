package dev.midwrite.controller.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Property;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.storm.StormFailure.State;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormDrillFileTest {
    private static final Schedule SCHEDULE = new Schedule(
            List.of(
                    new FaultStep(
                            Duration.ofSeconds(1),
                            FaultKind.CRASH,
                            Map.of(
                                    "point",
                                    "session.save",
                                    "edge",
                                    "after-step",
                                    "step",
                                    "1",
                                    "new",
                                    "true",
                                    "at-most",
                                    "1"),
                            List.of("left"),
                            Duration.ofMillis(2_500),
                            true),
                    new StoreStep(Duration.ofSeconds(3), StoreAction.KILL, Duration.ofMillis(1_500)),
                    new NodeStep(Duration.ofSeconds(4), "right", Step.Action.STOP, false),
                    new RolloutStep(Duration.ofSeconds(20), List.of("left"))),
            Duration.ofSeconds(6));

    @TempDir
    private Path directory;

    private Drill drill;

    @BeforeEach
    void writeDrill() throws IOException {
        Path file = directory.resolve("shop.yaml");
        Files.writeString(file, """
                version: 1
                name: the shop's
                store: {kind: redis, address: embedded, password: "${PATH}"}
                nodes: {names: [left, right], command: "{java} {agent} -jar ../a.jar"}
                users: {sessions: 3, duration: 5s, workloads: [list], ttl: 90s, login: [401], parallel: 2}
                timeline: [{at: 1s, store: flush}]
                expect: {verdict: fail, findings: [SESSION_LOST]}
                objectives: {score: 99%}
                """);
        drill = DrillFile.read(file);
    }

    @Test
    void whatIsWrittenIsADrillThatDoesTheSame() throws IOException {
        StormCourse course = new StormCourse(drill, StormProfile.MIXED);
        StormDrillFile file = StormDrillFile.beside(drill, null, 12);

        file.write(
                failure(file.path()),
                "./midwrite storm shop.yaml --seed 12",
                course.text("left", "It's drawn.", 12, SCHEDULE));

        assertThat(file.path()).isEqualTo(directory.resolve("shop-storm-12.yaml"));
        Drill written = DrillFile.read(file.path());
        assertThat(written.timeline())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("moment.line")
                .isEqualTo(course.of("left", "It's drawn.", 12, SCHEDULE).timeline());
        assertThat(written.nodes()).isEqualTo(drill.nodes());
        assertThat(written.seed()).isEqualTo(12);
        assertThat(written.description()).isEqualTo("It's drawn.");
        assertThat(written.users().parallel()).isEqualTo(2);
        assertThat(written.users().ttl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(written.expect().verdict()).isEmpty();
        assertThat(written.timeline()).hasSize(7);
        assertThat(Files.readString(file.path())).startsWith("""
                        # What is left of a storm that was drawn with seed 12, 4 of 9 steps: no step of it can be left out, as far as so many runs tell.
                        # Again: ./midwrite storm shop.yaml --seed 12
                        # Fails: Stored session that never expires (store-audit).
                        # How often: 3 of 5 runs (0.19 … 0.92, each bound 95 % sure).
                        """).contains("password: ${PATH}");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Files.writeString(directory.resolve("shop-storm-12.yaml"), "mine");

        assertThat(StormDrillFile.beside(drill, null, 12).path()).isEqualTo(directory.resolve("shop-storm-12-2.yaml"));
        assertThatThrownBy(() -> StormDrillFile.beside(drill, directory.resolve("shop-storm-12.yaml"), 12))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is there already; remove it, or name another file.");
    }

    @Test
    void itsPathsHoldOnlyBesideTheOther() {
        assertThatThrownBy(() -> StormDrillFile.beside(drill, directory.resolveSibling("other.yaml"), 12))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("must lie beside " + drill.file());
    }

    private static StormFailure failure(Path file) {
        return new StormFailure(
                12,
                Property.STORE_AUDIT,
                "Stored session that never expires",
                9,
                SCHEDULE.words(),
                List.of(),
                State.DONE,
                3,
                5,
                file,
                Path.of("report.html"));
    }
}
