package dev.midwrite.controller.history;

import static dev.midwrite.controller.history.Operations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Trial;
import dev.midwrite.check.Trial.Fault;
import dev.midwrite.check.Trial.Happening;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node ends at 10 s; one session probes every 100 ms. */
class FailoverTimeTest {
    private static final long END = 10_000;

    private final Operations s = new Operations(5);
    private final List<UserOperation> operations = new ArrayList<>();

    @BeforeEach
    void sitsOnTheNode() {
        probes(9_000, 10_000, Outcome.OK);
    }

    @Test
    void countsFromTheEndToTheFirstGoodProbeThatLasts() {
        probes(10_050, 12_000, Outcome.INFO);
        probes(12_050, 14_000, Outcome.OK);
        assertThat(time("crash")).containsExactly(2_050.0 * 1e6);
    }

    @Test
    void goodProbeAmidBadOnesIsNoRecovery() {
        probes(10_050, 11_000, Outcome.INFO);
        probes(11_050, 11_900, Outcome.OK);
        probes(11_950, 12_000, Outcome.FAIL);
        probes(12_050, 14_000, Outcome.OK);
        assertThat(time("kill")).containsExactly(2_050.0 * 1e6);
    }

    @Test
    void retryThatSucceedsIsService() {
        operations.add(s.attempt(OperationKind.PROBE, 10_050, Outcome.FAIL, 1, 1));
        operations.add(s.attempt(OperationKind.PROBE, 10_052, Outcome.OK, 1, 2));
        probes(10_150, 12_000, Outcome.OK);
        assertThat(time("crash")).containsExactly(52.0 * 1e6);
    }

    @Test
    void lostSessionIsNoService() {
        for (long at = 10_050; at < 14_000; at += 100) {
            operations.add(s.absent(at));
        }
        assertThat(time("crash")).containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void tooFewGoodProbesBeforeTheRunsEndAreNoRecovery() {
        probes(10_050, 11_000, Outcome.OK);
        assertThat(time("crash")).containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void onlyAnEndingNodeHasAFailoverTime() {
        probes(10_050, 14_000, Outcome.OK);
        assertThat(FailoverTime.of(trial("delay"), operations, List.of(5L))).isEmpty();
        assertThat(FailoverTime.of(trial("crash"), operations, List.of(6L))).isEmpty();
    }

    @Test
    void sessionElsewhereSaysNothingOfThisNode() {
        probes(10_050, 14_000, Outcome.OK);
        Operations elsewhere = new Operations(6).on(2);
        for (long at = 9_000; at < 10_000; at += 100) {
            operations.add(elsewhere.of(OperationKind.PROBE, at, Outcome.OK));
        }
        assertThat(FailoverTime.of(trial("crash"), operations, List.of(5L, 6L))
                        .orElseThrow()
                        .each())
                .containsExactly(new Failover(5, "node-1", at(END), at(END + 50)));
        assertThat(FailoverTime.of(trial("crash"), operations, List.of(6L))).isEmpty();
    }

    @Test
    void figureOfTwentyIsNotTheWorstOfThem() {
        List<Failover> each = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new Failover(i, "node-1", at(END), at(END + i)))
                .toList();
        assertThat(new FailoverTime(each).p95()).isEqualTo(19);
    }

    @Test
    void figuresAreObserved() {
        probes(10_050, 14_000, Outcome.OK);
        List<GateResult> figures = FailoverTime.of(trial("crash"), operations, List.of(5L))
                .orElseThrow()
                .figures(new Objectives(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(3)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        1));
        assertThat(figures).extracting(GateResult::name).containsExactly("failover.p95", "failover.max");
        assertThat(figures).allMatch(figure -> figure.value() == 50 && figure.state() == GateResult.State.OBSERVED);
        assertThat(figures.get(0).target()).isEqualTo("<= 3000 ms");
    }

    private List<Double> time(String fault) {
        return FailoverTime.of(trial(fault), operations, List.of(5L)).orElseThrow().each().stream()
                .map(Failover::nanos)
                .toList();
    }

    private void probes(long from, long to, Outcome outcome) {
        for (long at = from; at < to; at += 100) {
            operations.add(s.of(OperationKind.PROBE, at, outcome));
        }
    }

    private static Trial trial(String fault) {
        Happening happening = new Happening("node-1", 4, at(END), 0, 0, 0, "");
        return Trial.of(Profile.STRONG)
                .nodes(List.of("unknown", "node-1"))
                .faults(List.of(new Fault(1, fault, "", "node-1", at(1), at(END), 1, 1, List.of(happening))))
                .build();
    }
}
