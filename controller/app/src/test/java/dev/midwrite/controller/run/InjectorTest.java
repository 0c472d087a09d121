package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.plan.InjectionSpec;
import dev.midwrite.controller.plan.Moment;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.event.Edge;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Applied;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectorTest {
    private static final long SECOND = 1_000_000_000L;

    private final SteppedClock clock = new SteppedClock();
    private final PlayedFleet fleet = new PlayedFleet(clock);
    private final Told told = new Told();
    private final Injector injector = new Injector(fleet, clock, 7, told);

    @Test
    void askingFirstArmsNothing() {
        injector.dryRun(step(FaultKind.DROP));

        assertThat(fleet.calls).containsExactly("0 ask 1 on node-1", "0 ask 1 on node-2");
        assertThat(injector.all()).isEmpty();
        assertThat(told.notes).isEmpty();
    }

    @Test
    void whatWouldMatchNothingIsSaid() {
        fleet.points = List.of();
        injector.dryRun(step(FaultKind.DROP));

        assertThat(told.notes).containsExactly("Line 9: drop at session.save matches no point of node-1, node-2.");
    }

    @Test
    void countsComeFromTheLastAnswer() {
        fleet.counts.put(
                "node-1", Applied.newBuilder().setMatched(8).setApplied(3).build());
        injector.arm(step(FaultKind.DROP));
        clock.sleep(SECOND);
        injector.lift(step(FaultKind.DROP));

        assertThat(injector.all())
                .extracting(injection -> injection.facts(0))
                .containsExactly(
                        new FaultFacts(1, "drop", "session.save", "node-1", 0, SECOND, 8, 3, true),
                        new FaultFacts(1, "drop", "session.save", "node-2", 0, SECOND, 0, 0, true));
    }

    @Test
    void isLiftedOnce() {
        injector.arm(step(FaultKind.DROP));
        injector.lift(step(FaultKind.DROP));
        injector.liftAll();

        assertThat(fleet.calls).filteredOn(call -> call.contains("lift")).hasSize(2);
    }

    @Test
    void aRefusalIsAnAssumptionThatBreaks() {
        fleet.refusals.put("node-2", "drop is not allowed here.");
        injector.arm(step(FaultKind.DROP));

        assertThat(injector.refusals())
                .containsExactly("Line 9: node-2 refused drop at session.save: drop is not allowed here.");
        assertThat(told.notes).isEqualTo(injector.refusals());
    }

    @Test
    void aNodeThatDoesNotAnswerIsSaidAndEndsNothing() {
        fleet.silent.add("node-1");
        injector.arm(step(FaultKind.DROP));
        injector.liftAll();

        assertThat(told.notes).containsExactly("Node node-1 does not answer.");
        assertThat(injector.all()).allMatch(ArmedInjection::isLifted);
    }

    @Test
    void onlyACrashWithItsOwnStatusEndsItsNode() {
        assertThat(injector.mayEnd(exit("node-1", 137))).as("nothing armed").isFalse();
        injector.arm(step(FaultKind.CRASH));

        assertThat(injector.mayEnd(exit("node-1", 137))).isTrue();
        assertThat(injector.mayEnd(exit("node-1", 3))).as("another status").isFalse();
        assertThat(injector.mayEnd(exit("node-3", 137))).as("another node").isFalse();

        injector.liftAll();
        clock.sleep(SECOND);
        assertThat(injector.mayEnd(exit("node-1", 137)))
                .as("seen a moment later")
                .isTrue();
        clock.sleep(2 * SECOND);
        assertThat(injector.mayEnd(exit("node-1", 137))).as("long after").isFalse();
    }

    @Test
    void aDropEndsNoNode() {
        injector.arm(step(FaultKind.DROP));

        assertThat(injector.mayEnd(exit("node-1", 137))).isFalse();
    }

    @Test
    void aCrashLastsUntilTheNodeIsUpAgainAndADropDoesNot() {
        injector.arm(step(FaultKind.CRASH));
        injector.liftAll();
        injector.upAgain("node-1", 5 * SECOND);

        assertThat(injector.all()).extracting(ArmedInjection::to).containsExactly(5 * SECOND, 0L);
    }

    private static NodeExit exit(String node, int code) {
        return new NodeExit(node, 1, 1, code, false, 0, "");
    }

    private static Step.Inject step(FaultKind fault) {
        return new Step.Inject(
                Moment.at(Duration.ofSeconds(1), 9),
                List.of("node-1", "node-2"),
                new InjectionSpec(
                        1,
                        fault,
                        "session.save",
                        Edge.BEFORE,
                        0,
                        "",
                        false,
                        false,
                        1,
                        1,
                        1,
                        0,
                        0,
                        List.of(),
                        Duration.ZERO,
                        0,
                        0,
                        ""),
                Duration.ofSeconds(2));
    }
}
