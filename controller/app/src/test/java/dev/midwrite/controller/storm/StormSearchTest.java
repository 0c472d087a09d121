package dev.midwrite.controller.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.StoreAction;
import dev.midwrite.controller.storm.StormFailure.Candidate;
import dev.midwrite.controller.storm.StormFailure.State;
import dev.midwrite.event.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class StormSearchTest {
    private static final Outcome LOST = failed(Anomaly.SESSION_LOST, Anomaly.STALE_READ);
    private static final Outcome OTHER = failed(Anomaly.IMMORTAL_SESSION);
    private static final Outcome PASS = new Outcome(Verdict.PASS, Set.of(), 1, 0, 0, "");

    private static final StormStep SLOW = new FaultStep(
            Duration.ofSeconds(9),
            FaultKind.DELAY,
            Map.of("point", "session.save", "delay", "800ms", "probability", "20%"),
            List.of("a", "b"),
            Duration.ofSeconds(4),
            false);
    private static final Schedule DRAWN = new Schedule(
            List.of(
                    new NodeStep(Duration.ofSeconds(2), "a", Step.Action.KILL, false),
                    new StoreStep(Duration.ofSeconds(5), StoreAction.PAUSE, Duration.ofSeconds(1)),
                    SLOW,
                    new RolloutStep(Duration.ofSeconds(14), List.of("a", "b"))),
            Duration.ofSeconds(3));

    private final List<Schedule> smaller = new ArrayList<>();
    private int runs;

    @Test
    void oneStepIsLeftAndItIsAsSimpleAsItStillFails() throws InterruptedException {
        StormFailure failure = search(schedule -> delay(schedule) >= 300, 3, Integer.MAX_VALUE, false)
                .run();

        assertThat(failure.smallest()).containsExactly("at 1s delay at session.save (delay 400ms) on a, for 1s");
        assertThat(failure.size()).isEqualTo("1 of 4 steps");
        assertThat(failure.property()).isEqualTo(Property.LIFECYCLE);
        assertThat(failure.state()).isEqualTo(State.DONE);
        assertThat(failure.failed()).isEqualTo(5);
        assertThat(failure.rate()).isEqualTo("5 of 5 runs (0.55 … 1.00, each bound 95 % sure)");
        assertThat(failure.report()).isEqualTo(Path.of("kept-" + runs));
        // Who breaks off has the last of them.
        assertThat(smaller.get(smaller.size() - 1).words()).isEqualTo(failure.smallest());
    }

    /** Another property that fails is another matter. */
    @Test
    void anotherFindingIsNotTheOne() throws InterruptedException {
        StormFailure failure = search(schedule -> schedule.words().equals(DRAWN.words()), 1, Integer.MAX_VALUE, true)
                .run();

        assertThat(failure.smallest()).isEqualTo(DRAWN.words());
        assertThat(failure.trials()).noneMatch(Candidate::failed);
    }

    @Test
    void whatDoesNotFailHasAllItsRunsAndWhatFailsNoMore() throws InterruptedException {
        StormFailure failure = search(schedule -> delay(schedule) > 0 && ++turn % 3 == 0, 3, Integer.MAX_VALUE, false)
                .run();

        assertThat(failure.trials())
                .filteredOn(Candidate::failed)
                .extracting(Candidate::runs)
                .contains(3);
        assertThat(failure.trials())
                .filteredOn(trial -> !trial.failed()
                        && trial.steps().size() != failure.smallest().size())
                .allMatch(trial -> trial.runs() == 3);
        assertThat(failure.smallest()).hasSize(1);
    }

    private int turn;

    @Test
    void noTimeIsNoSearchAndStillARate() throws InterruptedException {
        StormFailure failure = search(schedule -> true, 3, 0, false).run();

        assertThat(failure.smallest()).isEqualTo(DRAWN.words());
        assertThat(failure.trials()).isEmpty();
        assertThat(failure.state()).isEqualTo(State.OUT_OF_TIME);
        assertThat(failure.of()).isEqualTo(5);
    }

    /** The smallest fails without any step. */
    @Test
    void whatFailsWithoutAnyFaultHasNoStepLeft() throws InterruptedException {
        StormFailure failure =
                search(schedule -> true, 3, Integer.MAX_VALUE, false).run();

        assertThat(failure.smallest()).isEmpty();
        assertThat(failure.state()).isEqualTo(State.DONE);
    }

    private StormSearch search(Predicate<Schedule> loses, int tries, int most, boolean other) {
        StormPlan plan = new StormPlan(
                7,
                StormProfile.MIXED,
                1,
                Duration.ZERO,
                Duration.ofSeconds(20),
                false,
                tries,
                5,
                Duration.ofMinutes(1));
        StormSearch.Runner runner = new StormSearch.Runner() {
            @Override
            public Outcome run(Schedule schedule) {
                runs++;
                return loses.test(schedule) ? LOST : other ? OTHER : PASS;
            }

            @Override
            public Path keep() {
                return Path.of("kept-" + runs);
            }
        };
        return new StormSearch(
                new StormRow(1, 7, DRAWN.words(), LOST),
                DRAWN,
                Path.of("a.yaml"),
                Path.of("storm-1"),
                plan,
                runner,
                () -> runs >= most,
                (failure, schedule) -> smaller.add(schedule));
    }

    private static long delay(Schedule schedule) {
        return schedule.steps().stream()
                .filter(FaultStep.class::isInstance)
                .map(FaultStep.class::cast)
                .mapToLong(step -> Long.parseLong(step.keys().get("delay").replace("ms", "")))
                .sum();
    }

    private static Outcome failed(Anomaly... found) {
        return new Outcome(Verdict.FAIL, Set.of(found), 1, 0, 0, "");
    }
}
