package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.midwrite.check.GateResult;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times are milliseconds. */
class NodeStartTest {
    private static final List<String> NODES = List.of("unknown", "node-1", "node-2");
    private static final long PROBE = 99;

    private final List<UserOperation> operations = new ArrayList<>();

    private void sent(long session, int node, long at, long took, Outcome outcome) {
        operations.add(UserOperation.of(OperationKind.READ, session)
                .request(operations.size() + 1L, 1)
                .node(node)
                .between(nanos(at), took < 0 ? UserOperation.NEVER : nanos(at + took))
                .outcome(outcome)
                .build());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private List<NodeStart> starts(long... ends) {
        List<ExitFacts> exits = new ArrayList<>();
        for (long end : ends) {
            exits.add(new ExitFacts("node-1", 1, 143, true, nanos(end), ""));
        }
        return NodeStart.of(operations, NODES, NodeRuns.NONE.with(exits), Set.of(PROBE));
    }

    @Test
    void eachSessionComesOnceForTheFirstTime() {
        sent(1, 1, 100, 5, Outcome.OK);
        sent(1, 1, 2_000, 500, Outcome.OK);
        sent(2, 1, 2_100, 400, Outcome.OK);
        sent(1, 1, 2_600, 5, Outcome.OK);
        sent(1, 2, 2_700, 5, Outcome.OK);
        sent(3, 1, 12_001, 5, Outcome.OK);

        assertThat(starts(1_000)).singleElement().satisfies(start -> {
            assertThat(start.node()).isEqualTo("node-1");
            assertThat(start.at()).isEqualTo(nanos(2_000));
            assertThat(start.firsts()).extracting(UserOperation::session).containsExactly(1L, 2L);
            assertThat(start.others()).extracting(UserOperation::invoked).containsExactly(nanos(2_600));
        });
    }

    /** A node that is not there yet has not started, and a failover probe is no user. */
    @Test
    void whatItDidNotTakeIsNoFirstRequest() {
        sent(1, 1, 1_200, 1, Outcome.FAIL);
        sent(1, 1, 1_500, -1, Outcome.INFO);
        sent(PROBE, 1, 1_900, 5, Outcome.OK);
        sent(1, 1, 2_000, 300, Outcome.OK);

        assertThat(starts(1_000)).singleElement().extracting(NodeStart::at).isEqualTo(nanos(2_000));
    }

    @Test
    void eachEndIsFollowedByAStartIfItServesAgain() {
        sent(1, 1, 2_000, 5, Outcome.OK);
        sent(1, 1, 4_000, 5, Outcome.OK);

        assertThat(starts(3_000, 1_000)).extracting(NodeStart::at).containsExactly(nanos(2_000), nanos(4_000));
        assertThat(starts(1_000, 5_000)).extracting(NodeStart::at).containsExactly(nanos(2_000));
        assertThat(starts()).isEmpty();
    }

    /** With a surge the new node comes beside the old one. */
    @Test
    void aNodeThatARolloutAddsStartsToo() {
        List<String> nodes = List.of("unknown", "node-1", "surge-1");
        NodeRuns runs = NodeRuns.NONE.with(List.of(new ExitFacts("node-1", 1, 143, true, nanos(6_000), "")));
        sent(1, 1, 1_000, 5, Outcome.OK);
        sent(1, 2, 3_000, 400, Outcome.OK);
        sent(2, 2, 3_100, 300, Outcome.OK);

        assertThat(NodeStart.of(operations, nodes, runs, Set.of()))
                .extracting(NodeStart::node, NodeStart::at)
                .containsExactly(tuple("surge-1", nanos(3_000)));

        sent(3, 2, 1_500, 5, Outcome.OK);
        assertThat(NodeStart.of(operations, nodes, runs, Set.of()))
                .as("it was there from the beginning, and only has such a name")
                .isEmpty();
    }

    @Test
    void anObjectiveIsMetByEnoughFirstRequestsAndMissedBySlowOnes() {
        for (int session = 1; session <= 60; session++) {
            sent(session, 1, 2_000 + session, 50, Outcome.OK);
        }
        assertThat(FirstRequestTime.of(starts(1_000), Duration.ofMillis(100)).state())
                .isEqualTo(GateResult.State.MET);
        assertThat(FirstRequestTime.of(starts(1_000), Duration.ofMillis(20)).state())
                .isEqualTo(GateResult.State.MISSED);
        assertThat(FirstRequestTime.of(List.of(), Duration.ofMillis(100)).state())
                .as("nothing started")
                .isEqualTo(GateResult.State.INCONCLUSIVE);

        for (int session = 61; session <= 70; session++) {
            sent(session, 1, 2_000 + session, -1, Outcome.INFO);
        }
        assertThat(FirstRequestTime.of(starts(1_000), Duration.ofMillis(100)).state())
                .as("one in seven was never answered")
                .isNotEqualTo(GateResult.State.MET);
    }
}
