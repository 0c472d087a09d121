package dev.midwrite.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.OperationSteps.Sequence;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.UsersSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepCourseTest {
    private static final Drill DRILL = DrillFile.parse(Path.of("a.yaml"), """
            version: 1
            seed: 7
            store: {kind: redis, address: embedded}
            nodes: {names: [left, right], command: "{java} {agent} -jar a.jar"}
            users: {sessions: 3, duration: 5s, workloads: [counter], retries: 3, ttl: 90s, login: [401]}
            timeline:
              - {at: 1s, store: flush}
            expect: {verdict: fail, findings: [SESSION_LOST]}
            """);

    private static final List<Position> POSITIONS =
            Position.of(SessionOperation.SAVE, new Sequence(List.of("EXISTS", "HMSET"), 1, 1), true, List.of());

    @Test
    void theServiceStaysAndNothingElse() {
        Drill swept = SweepCourse.sweep(DRILL, SweptFault.CRASH, POSITIONS, Duration.ofMillis(2_500));

        assertThat(swept.nodes()).isEqualTo(DRILL.nodes());
        assertThat(swept.seed()).isEqualTo(7);
        assertThat(swept.users().ttl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(swept.users().login()).isEqualTo(DRILL.users().login());
        assertThat(swept.users().workloads()).containsExactly("register", "list", "rotate", "logout");
        assertThat(swept.users().retries()).isZero();
        assertThat(swept.expect().findings()).isEmpty();
        assertThat(SweepCourse.recording(DRILL).timeline()).isEmpty();
    }

    @Test
    void nodesDieInTurnOneAtEachPositionAndAreStartedAgain() {
        Drill swept = SweepCourse.sweep(DRILL, SweptFault.CRASH, POSITIONS, Duration.ofMillis(2_500));

        List<Step.Inject> injections = steps(swept, Step.Inject.class);
        assertThat(injections)
                .extracting(Step.Inject::nodes)
                .containsExactly(List.of("left"), List.of("right"), List.of("left"), List.of("right"), List.of("left"));
        assertThat(injections).extracting(inject -> inject.injection().id()).containsExactly(1, 2, 3, 4, 5);
        assertThat(injections)
                .extracting(inject -> inject.moment().at().toSeconds())
                .containsExactly(1L, 8L, 15L, 22L, 29L);
        assertThat(injections).allMatch(inject -> inject.moment().optional());
        assertThat(steps(swept, Step.Node.class))
                .extracting(Step.Node::node)
                .containsExactly("left", "right", "left", "right", "left");
    }

    @Test
    void whatIsHeldUpOrFailsEndsNoNodeAndIsOverSooner() {
        List<Position> positions =
                Position.of(SessionOperation.SAVE, new Sequence(List.of("EXISTS", "HMSET"), 1, 1), false, List.of());

        Drill swept = SweepCourse.sweep(DRILL, SweptFault.DELAY, positions, Duration.ofMinutes(2));

        assertThat(steps(swept, Step.Node.class)).isEmpty();
        assertThat(steps(swept, Step.Inject.class))
                .allMatch(inject ->
                        inject.injection().delay().compareTo(swept.users().timeout()) > 0)
                .extracting(inject -> inject.moment().at().toSeconds())
                .containsExactly(1L, 9L, 17L);
    }

    @Test
    void sessionsOfOneNodeAreReadThere() {
        Drill local = DrillFile.parse(
                Path.of("a.yaml"), "scope: node\n" + DRILL.text().written());

        assertThat(SweepCourse.recording(local).users().routing()).isEqualTo(UsersSpec.Routing.STICKY);
        assertThat(SweepCourse.recording(DRILL).users().routing()).isEqualTo(UsersSpec.Routing.ROUND_ROBIN);
    }

    private static <T extends Step> List<T> steps(Drill drill, Class<T> kind) {
        return drill.timeline().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
