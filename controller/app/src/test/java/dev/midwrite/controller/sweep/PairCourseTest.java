package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.event.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairCourseTest {
    private static final String SERVICE = """
            version: 1
            seed: 7
            store: {kind: redis, address: embedded}
            nodes: {names: [left, right], command: "{java} {agent} -jar a.jar"}
            users: {sessions: 3, duration: 5s, workloads: [counter], retries: 3, ttl: 90s}
            """;

    private static final Drill DRILL = DrillFile.parse(Path.of("a.yaml"), SERVICE);

    private static final List<Position> SAVE =
            Position.of(SessionOperation.SAVE, new Sequence(List.of("EXISTS", "HMSET"), 1, 1), false, List.of());
    private static final List<Position> DELETE =
            Position.of(SessionOperation.DELETE, new Sequence(List.of("DEL"), 1, 1), false, List.of());

    @Test
    void eachPositionOfOneMeetsEachOfTheOtherAtWhichItHasBegun() {
        assertThat(Pair.of(SAVE, SAVE))
                .extracting(pair -> pair.first().words(), pair -> pair.second().words())
                .containsExactly(
                        tuple("before", "after step 1, EXISTS"),
                        tuple("before", "after, before the answer"),
                        tuple("after step 1, EXISTS", "after step 1, EXISTS"),
                        tuple("after step 1, EXISTS", "after, before the answer"),
                        tuple("after, before the answer", "after step 1, EXISTS"),
                        tuple("after, before the answer", "after, before the answer"));
    }

    @Test
    void theSecondIsHeldUpUntilTheFirstHasEnded() {
        Drill course = PairCourse.of(DRILL, Pair.of(SAVE, DELETE));

        List<Step.Inject> injections =
                course.timeline().stream().map(Step.Inject.class::cast).toList();
        assertThat(injections).hasSize(18).allMatch(inject -> inject.injection().fault() == FaultKind.DELAY);
        assertThat(injections.subList(0, 2))
                .extracting(
                        Step.Inject::nodes,
                        inject -> inject.injection().delay(),
                        inject -> inject.moment().at())
                .containsExactly(
                        tuple(List.of("left"), Duration.ofMillis(2_000), Duration.ofMillis(1_000)),
                        tuple(List.of("left", "right"), Duration.ofMillis(2_500), Duration.ofMillis(1_500)));
        assertThat(injections.subList(6, 12))
                .extracting(inject -> inject.injection().id())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(PairCourse.firstOf(1).stream(), PairCourse.secondOf(1).stream())
                                .toList());
        assertThat(injections.get(7).injection().id()).isIn(PairCourse.secondOf(1));
        assertThat(course.users().workloads()).containsExactlyInAnyOrder("register", "logout");
        assertThat(course.users().sessions()).isEqualTo(1);
        assertThat(course.users().timeout()).isGreaterThan(Duration.ofMillis(2_500));
    }

    @Test
    void nothingMeetsWhereThereIsOneNodeOrOneForEachSession() {
        assertThatThrownBy(() -> new PairSweep(
                        DrillFile.parse(Path.of("a.yaml"), SERVICE.replace("left, right", "left")),
                        SessionOperation.SAVE,
                        SessionOperation.DELETE))
                .isInstanceOf(Problem.class)
                .hasMessage("A sweep of pairs needs two nodes that serve the same sessions; a.yaml has one.");
        assertThatThrownBy(() -> new PairSweep(
                        DrillFile.parse(Path.of("a.yaml"), "scope: node\n" + SERVICE),
                        SessionOperation.SAVE,
                        SessionOperation.DELETE))
                .hasMessageEndingWith("a.yaml keeps each on one node (scope: node).");
        assertThatThrownBy(() -> new PairSweep(DRILL, SessionOperation.CREATE, SessionOperation.DELETE))
                .hasMessage("Nothing can meet a create: nobody else knows the session before it has ended.");
    }
}
