package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.plan.RolloutSpec;
import dev.midwrite.controller.plan.RolloutSpec.Strategy;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.Router;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever waits moves the clock, and everything is done where it is due. */
class RolloutsTest {
    private static final long SECOND = 1_000_000_000L;

    private final SteppedClock clock = new SteppedClock();
    private final Told told = new Told();
    private final Map<String, PlayedNode> nodes = new LinkedHashMap<>();
    private final Router router = new Router(UsersSpec.Routing.ROUND_ROBIN, List.of("node-1", "node-2"));
    private final AtomicLong damaged = new AtomicLong(5);
    private final Rollouts rollouts = new Rollouts(nodes::get, router, clock, told, Runnable::run, damaged::get);

    @BeforeEach
    void start() throws InterruptedException {
        NodeListener routing = new NodeListener() {
            @Override
            public void ready(Node node) {
                router.up(node.name(), node.uri());
            }

            @Override
            public void exited(NodeExit exit) {
                router.down(exit.node());
            }

            @Override
            public void unseen(String sentence) {}
        };
        for (String name : List.of("node-1", "node-2")) {
            PlayedNode node = new PlayedNode(name, routing, clock);
            node.start();
            node.calls.clear();
            node.startTakes = 5 * SECOND;
            node.endTakes = SECOND;
            nodes.put(name, node);
        }
    }

    private static RolloutSpec plan(int routingDelay, int preStop, int grace, String to, Strategy strategy) {
        return new RolloutSpec(
                List.of("node-1", "node-2"),
                to.isEmpty() ? Optional.empty() : Optional.of(to),
                strategy,
                Duration.ofSeconds(routingDelay),
                Duration.ofSeconds(preStop),
                Duration.ofSeconds(grace),
                Duration.ofSeconds(2),
                true);
    }

    private static RolloutSpec patient(String to) {
        return plan(1, 3, 13, to, Strategy.ONE_BY_ONE);
    }

    @Test
    void oneAfterTheOther() throws Exception {
        rollouts.roll(patient("next"));

        assertThat(nodes.get("node-1").calls).containsExactly(3 * SECOND + " terminate", 4 * SECOND + " start next");
        assertThat(nodes.get("node-2").calls).containsExactly(14 * SECOND + " terminate", 15 * SECOND + " start next");
        assertThat(rollouts.replacements())
                .containsExactly(
                        replacement("node-1", 0, 1, 3, 4, false, 9), replacement("node-2", 11, 12, 14, 15, false, 20));
        assertThat(told.notes.get(0))
                .isEqualTo("node-1: replaced by version next. It ended 1.0 s after SIGTERM, and its successor was ready"
                        + " after another 5.0 s.");
        assertThat(router.isUp("node-1")).isTrue();
    }

    private static Replacement replacement(
            String node, int removed, int routed, int terminated, int ended, boolean killed, int ready) {
        return new Replacement(
                node, removed * SECOND, routed * SECOND, terminated * SECOND, ended * SECOND, killed, ready * SECOND);
    }

    @Test
    void aNodeThatDoesNotEndIsKilledWhenItsGraceIsOver() throws Exception {
        nodes.get("node-1").endTakes = 60 * SECOND;
        rollouts.roll(patient(""));

        assertThat(rollouts.replacements().get(0)).isEqualTo(replacement("node-1", 0, 1, 3, 13, true, 18));
        assertThat(told.notes.get(0)).contains("had not ended when its grace period of 13 s was over and was killed");
    }

    @Test
    void aVersionThatDoesNotStartIsRolledBackOnAllNodes() throws Exception {
        PlayedNode second = nodes.get("node-2");
        second.failure = "Node node-2 ended before it was ready. Its log node-2.log ends:\n  Bad option";
        second.badVersion = "next";
        rollouts.roll(patient("next"));

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-1").calls).hasSize(4);
        assertThat(second.version()).isEmpty();
        assertThat(second.alive()).isTrue();
        assertThat(told.notes).contains("Rolled back: Node node-2 ended before it was ready. Its log is node-2.log.");
        assertThat(rollouts.replacements()).hasSize(4);
        assertThat(told.notes).contains("node-2: replaced. It was down already; its successor was ready after 5.0 s.");
        assertThat(rollouts.replacements().get(1)).isEqualTo(replacement("node-2", 11, 12, 14, 15, false, 15));
    }

    @Test
    void aVersionUnderWhichSessionsAreLostIsRolledBackBeforeTheNextNode() throws Exception {
        nodes.get("node-1").whenReady = () -> damaged.set(7);
        rollouts.roll(patient("next"));

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").calls).as("it was never touched").isEmpty();
        assertThat(told.notes)
                .contains("Rolled back: 2 findings of damaged or missing sessions since the rollout began.");
        assertThat(rollouts.replacements()).extracting(Replacement::node).containsExactly("node-1", "node-1");
    }

    @Test
    void theLastNodeIsWatchedAsLongAsTheOthers() throws Exception {
        nodes.get("node-2").whenReady = () -> damaged.set(6);
        rollouts.roll(patient("next"));

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").version()).isEmpty();
        assertThat(told.notes)
                .contains("Rolled back: 1 finding of damaged or missing sessions since the rollout began.");
    }

    @Test
    void withoutRollBackTheFirstFailureEndsTheRollout() {
        nodes.get("node-1").failure = "Node node-1 ended before it was ready.";
        RolloutSpec plan = patient("next");
        RolloutSpec forward = new RolloutSpec(
                plan.nodes(),
                plan.to(),
                plan.strategy(),
                plan.routingDelay(),
                plan.preStop(),
                plan.grace(),
                plan.pause(),
                false);

        assertThatThrownBy(() -> rollouts.roll(forward))
                .isInstanceOf(Problem.class)
                .hasMessage("Node node-1 ended before it was ready.");
        assertThat(nodes.get("node-2").calls).isEmpty();
    }
}
