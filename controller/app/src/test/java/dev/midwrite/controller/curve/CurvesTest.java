package dev.midwrite.controller.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.curve.Ending.Sort;
import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.controller.history.NodeStart;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import dev.midwrite.event.UserOperationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Times are milliseconds. */
class CurvesTest {
    private static final List<String> NODES = List.of("unknown", "node-1", "node-2");

    private final List<UserOperation> operations = new ArrayList<>();
    private long requests = 1;

    private UserOperationBuilder operation(OperationKind kind, long session, long at, long until) {
        return UserOperation.of(kind, session)
                .incarnation(7)
                .between(nanos(at), until < 0 ? UserOperation.NEVER : nanos(until))
                .request(requests++, 1)
                .node(1);
    }

    private void ok(OperationKind kind, long session, long at) {
        operations.add(operation(kind, session, at, at + 10).build());
    }

    private void absent(long session, long at) {
        operations.add(operation(OperationKind.READ, session, at, at + 10)
                .flags(UserOperation.ABSENT)
                .build());
    }

    private void unanswered(long session, long at, int status) {
        operations.add(operation(OperationKind.READ, session, at, -1)
                .outcome(Outcome.INFO)
                .length(status)
                .node(2)
                .build());
    }

    private void unsent(long session, long at) {
        operations.add(operation(OperationKind.READ, session, at, at)
                .outcome(Outcome.FAIL)
                .node(0)
                .build());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private RunCurves curves() {
        return RunCurves.of(operations, NODES, Set.of(), Optional.empty(), List.of(), List.of());
    }

    @Test
    void bucketsCoverWhateverLengthWithAFewDozen() {
        for (long seconds : new long[] {0, 1, 31, 32, 33, 3_600, 1_000_000}) {
            Buckets buckets = Buckets.covering(nanos(-1_700), nanos(seconds * 1000), 0);
            assertThat(buckets.count()).isBetween(1, Buckets.MOST);
            assertThat(buckets.start(0)).isLessThanOrEqualTo(nanos(-1_700));
            assertThat(buckets.end(buckets.count() - 1)).isGreaterThan(nanos(seconds * 1000));
            assertThat(buckets.index(nanos(seconds * 1000))).isEqualTo(buckets.count() - 1);
        }
    }

    @Test
    void everyAttemptIsCountedOnce() {
        ok(OperationKind.CREATE, 1, 0);
        ok(OperationKind.READ, 1, 600);
        absent(1, 700);
        unanswered(1, 1_100, 0);
        unanswered(1, 1_200, 503);
        unsent(1, 1_300);
        operations.add(operation(OperationKind.READ, 1, 1_900, 1_910)
                .flags(UserOperation.FINAL)
                .build());
        operations.add(operation(OperationKind.READ, 1, 1_950, 1_960)
                .flags(UserOperation.JOURNALED)
                .build());
        TrafficCurve traffic = curves().traffic();
        assertThat(traffic.ok()).containsExactly(1, 1, 0, 0);
        assertThat(traffic.failed()).containsExactly(0, 1, 1, 0);
        assertThat(traffic.unknown()).containsExactly(0, 0, 2, 0);
        assertThat(traffic.finals()).containsExactly(0, 0, 0, 1);
        assertThat(traffic.errors().keySet())
                .extracting(Ending::toString)
                .containsExactly("no session", "status 503", "no answer", "not sent");
    }

    @Test
    void answersStandBesideTheNodeThatGaveThem() {
        ok(OperationKind.CREATE, 1, 0);
        ok(OperationKind.READ, 1, 100);
        unanswered(1, 200, 503);
        unsent(1, 300);
        assertThat(curves().answers()).extracting(NodeAnswers::node).containsExactly("node-1", "node-2", "");
        assertThat(curves().answers().get(0).counts()).containsExactly(Map.entry(new Ending(Sort.ANSWERED, 0), 2L));
        assertThat(curves().answers().get(1).counts()).containsOnlyKeys(new Ending(Sort.REJECTED, 503));
    }

    @Test
    void anAbsentSessionIsLostUntilAnAnswerKnowsItAgain() {
        ok(OperationKind.CREATE, 1, 0);
        ok(OperationKind.CREATE, 2, 0);
        absent(1, 600);
        ok(OperationKind.READ, 1, 1_200);
        ok(OperationKind.READ, 2, 1_900);
        SessionCurve sessions = curves().sessions();
        assertThat(sessions.alive()).containsExactly(2, 1, 1, 2);
        assertThat(sessions.lost()).containsExactly(0, 1, 1, 0);
        assertThat(sessions.lostEver()).isEqualTo(1);
    }

    @Test
    void aSessionInThePlaceOfAnotherIsALoss() {
        ok(OperationKind.CREATE, 1, 0);
        operations.add(operation(OperationKind.READ, 1, 600, 610).incarnation(8).build());
        assertThat(curves().sessions().lost()).containsExactly(0, 1);
    }

    @Test
    void whatUsersEndedIsNotLost() {
        ok(OperationKind.CREATE, 1, 0);
        ok(OperationKind.INVALIDATE, 1, 600);
        absent(1, 1_200);
        ok(OperationKind.CREATE, 2, 0);
        operations.add(operation(OperationKind.INVALIDATE, 2, 700, -1)
                .outcome(Outcome.INFO)
                .build());
        absent(2, 1_200);
        assertThat(curves().sessions().alive()).containsExactly(2, 0, 0);
        assertThat(curves().sessions().lostEver()).isZero();
    }

    @Test
    void aRequestThatNeverEndedIsLongerThanAllThatDid() {
        for (int i = 0; i < 90; i++) {
            ok(OperationKind.READ, 1, i);
        }
        for (int i = 0; i < 10; i++) {
            unanswered(1, 200 + i, 0);
        }
        LatencyCurve.Span span = curves().latency().whole().orElseThrow();
        assertThat(span.p50()).isBetween(nanos(9), nanos(11));
        assertThat(span.p95()).isEqualTo(UserOperation.NEVER);
        assertThat(span.requests()).isEqualTo(100);
        assertThat(span.neverEnded()).isEqualTo(10);
    }

    @Test
    void withoutPlannedTimesLatencyCountsFromTheFirstAttempt() {
        operations.add(operation(OperationKind.READ, 1, 0, -1)
                .request(5, 1)
                .outcome(Outcome.INFO)
                .build());
        operations.add(operation(OperationKind.READ, 1, 300, 400).request(5, 2).build());
        LatencyCurve latency = curves().latency();
        assertThat(latency.planned()).isFalse();
        assertThat(latency.whole().orElseThrow().p50()).isBetween(nanos(399), nanos(404));
    }

    @Test
    void windowsOfPlannedTimesFallIntoBuckets() {
        LongStream.of(0, 9_900).forEach(at -> ok(OperationKind.READ, 1, at));
        Histogram slow = new Histogram(2);
        slow.recordValue(nanos(800));
        LatencyFacts facts = new LatencyFacts(
                LatencyFacts.FORMAT,
                nanos(1_000),
                List.of(LatencyFacts.Window.of(0, slow, 0), LatencyFacts.Window.of(nanos(5_000), new Histogram(2), 3)));
        LatencyCurve latency = RunCurves.of(operations, NODES, Set.of(), Optional.of(facts), List.of(), List.of())
                .latency();
        assertThat(latency.planned()).isTrue();
        assertThat(latency.spans()).hasSize(10);
        assertThat(latency.spans().get(0).orElseThrow().p99()).isBetween(nanos(798), nanos(808));
        assertThat(latency.spans().get(5).orElseThrow().p50()).isEqualTo(UserOperation.NEVER);
        assertThat(latency.spans().get(6)).isEmpty();
    }

    @Test
    void aRunWithoutOperationsHasNoCurves() {
        assertThat(curves().empty()).isTrue();
    }

    @Test
    void figuresOfAReplacementAreOfWhatBeganMeanwhile() {
        ok(OperationKind.READ, 1, 90);
        ok(OperationKind.READ, 1, 100);
        absent(1, 150);
        unsent(1, 190);
        unanswered(1, 195, 503);
        ok(OperationKind.READ, 1, 200);
        Replacement later = new Replacement("node-2", nanos(200), 0, nanos(210), nanos(230), true, nanos(300));
        Replacement first = new Replacement("node-1", nanos(100), 0, nanos(120), nanos(170), false, nanos(200));

        List<ReplacementFigures> figures = ReplacementFigures.of(List.of(later, first), operations);

        assertThat(figures).extracting(each -> each.replacement().node()).containsExactly("node-1", "node-2");
        assertThat(figures.get(0).attempts()).isEqualTo(4);
        assertThat(figures.get(0).bad())
                .as("that there is no session is an answer")
                .isEqualTo(2);
        assertThat(figures.get(0).p99()).as("one of four never ended").isEqualTo(UserOperation.NEVER);
        assertThat(figures.get(0).ending()).isEqualTo(nanos(50));
        assertThat(figures.get(0).whole()).isEqualTo(nanos(100));
        assertThat(figures.get(1).attempts()).isEqualTo(1);
        assertThat(figures.get(1).bad()).isZero();
        assertThat(figures.get(1).p99()).isBetween(nanos(10), nanos(11));
    }

    @Test
    void aStartIsSeenInFirstAttemptsAndInWhatTheStoreIsAsked() {
        for (int session = 1; session <= 20; session++) {
            operations.add(operation(OperationKind.READ, session, session * 100L, session * 100L + 400)
                    .build());
            operations.add(operation(OperationKind.READ, session, 3_000, 3_010).build());
        }
        NodeStart start = new NodeStart(
                "node-1",
                nanos(100),
                operations.stream()
                        .filter(each -> each.invoked() < nanos(3_000))
                        .toList(),
                operations.stream()
                        .filter(each -> each.invoked() >= nanos(3_000))
                        .toList());
        // Ten in the first second, then two a second.
        long[] commands = LongStream.concat(
                        LongStream.range(0, 10).map(i -> nanos(100 + 100 * i)),
                        LongStream.range(0, 20).map(i -> nanos(1_100 + 500 * i)))
                .toArray();

        assertThat(StartFigures.of(List.of(start), Map.of("node-1", commands)))
                .singleElement()
                .satisfies(figures -> {
                    assertThat(figures.sessions()).isEqualTo(20);
                    assertThat(figures.half()).isEqualTo(nanos(900));
                    assertThat(figures.first()).isCloseTo(nanos(400), within(nanos(1)));
                    assertThat(figures.further()).isCloseTo(nanos(10), within(nanos(1)));
                    assertThat(figures.herd()).isEqualTo(10);
                    assertThat(figures.usual()).isEqualTo(2);
                });
        assertThat(StartFigures.of(List.of(start), Map.of()))
                .singleElement()
                .extracting(StartFigures::herd)
                .isEqualTo(0L);
    }
}
