package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.plan.RolloutSpec;
import dev.midwrite.controller.plan.RolloutSpec.Extent;
import dev.midwrite.controller.plan.RolloutSpec.Figure;
import dev.midwrite.controller.plan.RolloutSpec.IfMissed;
import dev.midwrite.controller.plan.RolloutSpec.Reaction;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.controller.users.Router;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Router router = new Router(UsersSpec.Routing.ROUND_ROBIN, List.of("node-1", "node-2", "surge-1"));
    private final AtomicLong damaged = new AtomicLong(5);
    private final Map<String, Long> neverServed = new HashMap<>();
    private final RequestTally requests = new RequestTally();
    private final RolloutControl control = new RolloutControl();
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Runnable> whenTold = new HashMap<>();
    private final Rollouts rollouts = new Rollouts(
            new NodeSwap(nodes::get, router, clock, told, neverServed::put, Runnable::run),
            control,
            () -> UserFigures.since(requests, damaged::get),
            clock,
            new RolloutNews((label, sentence) -> {
                labels.add(label);
                told.note(sentence);
                whenTold.getOrDefault(label, () -> {}).run();
            }));

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
        for (String name : List.of("node-1", "node-2", "surge-1")) {
            PlayedNode node = new PlayedNode(name, routing, clock);
            if (!name.equals("surge-1")) {
                node.start();
            }
            node.calls.clear();
            node.startTakes = 5 * SECOND;
            node.endTakes = SECOND;
            nodes.put(name, node);
        }
    }

    private static RolloutSpec plan(String to, Extent extent, Reaction reaction) {
        return new RolloutSpec(
                List.of("node-1", "node-2"),
                to.isEmpty() ? Optional.empty() : Optional.of(to),
                extent,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(13),
                Duration.ofSeconds(2),
                reaction);
    }

    private static Reaction rollBack(boolean rollBack) {
        return new Reaction(rollBack, Map.of(), IfMissed.ROLL_BACK);
    }

    private static RolloutSpec patient(String to) {
        return plan(to, new Extent(1, 0), rollBack(true));
    }

    private static RolloutSpec surge(String to) {
        return plan(to, new Extent(0, 1), rollBack(true));
    }

    private static RolloutSpec bounded(IfMissed ifMissed) {
        return plan("next", new Extent(1, 0), new Reaction(false, Map.of(Figure.SERVER_ERRORS, 0.01), ifMissed));
    }

    /** It never served, so it did not end while it should run. */
    @Test
    void aNewNodeThatDoesNotStartWasNeverReady() {
        PlayedNode fresh = nodes.get("surge-1");
        fresh.failure = "Node surge-1 ended with exit code 1 before it was ready.";
        assertThatThrownBy(() -> rollouts.roll(plan("next", new Extent(0, 1), rollBack(false)), 1))
                .isInstanceOf(Problem.class)
                .hasMessage("The rollout could not start surge-1 as version next: " + fresh.failure);
        assertThat(neverServed).containsExactly(Map.entry("surge-1", 0L));
        assertThat(rollouts.replacements()).isEmpty();
    }

    @Test
    void oneAfterTheOther() throws Exception {
        rollouts.roll(patient("next"), 1);

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
        rollouts.roll(patient(""), 1);

        assertThat(rollouts.replacements().get(0)).isEqualTo(replacement("node-1", 0, 1, 3, 13, true, 18));
        assertThat(told.notes.get(0)).contains("had not ended when its grace period of 13 s was over and was killed");
    }

    @Test
    void aVersionThatDoesNotStartIsRolledBackOnAllNodes() throws Exception {
        PlayedNode second = nodes.get("node-2");
        second.failure = "Node node-2 ended before it was ready. Its log node-2.log ends:\n  Bad option";
        second.badVersion = "next";
        rollouts.roll(patient("next"), 1);

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
        rollouts.roll(patient("next"), 1);

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").calls).as("it was never touched").isEmpty();
        assertThat(told.notes)
                .contains("Rolled back: 2 findings of damaged or missing sessions since the rollout began.");
        assertThat(rollouts.replacements()).extracting(Replacement::node).containsExactly("node-1", "node-1");
    }

    @Test
    void theLastNodeIsWatchedAsLongAsTheOthers() throws Exception {
        nodes.get("node-2").whenReady = () -> damaged.set(6);
        rollouts.roll(patient("next"), 1);

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").version()).isEmpty();
        assertThat(told.notes)
                .contains("Rolled back: 1 finding of damaged or missing sessions since the rollout began.");
    }

    /** All at once, users would have nobody to go to. */
    @Test
    void noMoreAreMissingAtATimeOnTheWayBack() {
        assertThat(RolloutCourse.wayBack(List.of("a", "b", "c", "d"), name -> !name.equals("c"), 2))
                .containsExactly(List.of("c"), List.of("a", "b"), List.of("d"));
        assertThat(RolloutCourse.wayBack(List.of("a", "b"), name -> true, 1))
                .containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void withoutRollBackTheFirstFailureEndsTheRollout() {
        nodes.get("node-1").failure = "Node node-1 ended before it was ready.";
        RolloutSpec forward = plan("next", new Extent(1, 0), rollBack(false));

        assertThatThrownBy(() -> rollouts.roll(forward, 1))
                .isInstanceOf(Problem.class)
                .hasMessage("Node node-1 ended before it was ready.");
        assertThat(nodes.get("node-2").calls).isEmpty();
    }

    @Test
    void twoAtATime() throws Exception {
        rollouts.roll(plan("next", new Extent(2, 0), rollBack(false)), 1);

        assertThat(nodes.get("node-1").calls).containsExactly(3 * SECOND + " terminate", 4 * SECOND + " start next");
        assertThat(nodes.get("node-2").version()).isEqualTo("next");
        assertThat(nodes.get("surge-1").calls).isEmpty();
    }

    @Test
    void aSurgeStartsTheNewOneBeforeAnOldOneIsTakenOut() throws Exception {
        rollouts.roll(surge("next"), 1);

        assertThat(nodes.get("surge-1").calls).containsExactly("0 start next");
        assertThat(nodes.get("node-1").calls).containsExactly(10 * SECOND + " terminate", 11 * SECOND + " start next");
        assertThat(nodes.get("node-2").calls).containsExactly(21 * SECOND + " terminate");
        assertThat(nodes.get("node-2").alive()).as("its place is free now").isFalse();
        assertThat(router.isUp("surge-1")).isTrue();
        assertThat(router.isUp("node-1")).isTrue();
        assertThat(router.isUp("node-2")).isFalse();
        assertThat(rollouts.replacements())
                .as("nobody is missing while the next one starts")
                .containsExactly(
                        replacement("node-1", 7, 8, 10, 11, false, 11),
                        replacement("node-2", 18, 19, 21, 22, false, 22));
        assertThat(told.notes)
                .startsWith(
                        "surge-1: started beside the others as version next, and ready after 5.0 s.",
                        "node-1: taken out. It ended 1.0 s after SIGTERM.");
        assertThat(rollouts.rolledBack()).isEmpty();
    }

    @Test
    void theNextSurgeReplacesWhatRunsThen() throws Exception {
        rollouts.roll(surge("next"), 1);
        nodes.values().forEach(node -> node.calls.clear());
        rollouts.roll(surge("another"), 1);

        assertThat(nodes.get("node-2").version()).isEqualTo("another");
        assertThat(nodes.get("node-1").version()).isEqualTo("another");
        assertThat(nodes.get("surge-1").alive()).isFalse();
        assertThat(nodes.values().stream().filter(PlayedNode::alive)).hasSize(2);
    }

    @Test
    void aVersionThatDoesNotStartBesideTheOthersTouchesNone() throws Exception {
        nodes.get("surge-1").failure = "Node surge-1 ended before it was ready.";
        rollouts.roll(surge("next"), 1);

        assertThat(nodes.get("node-1").calls).isEmpty();
        assertThat(nodes.get("node-2").calls).isEmpty();
        assertThat(rollouts.replacements()).isEmpty();
        assertThat(rollouts.rolledBack())
                .containsExactly(
                        "Rolled back: The rollout could not start surge-1 as version next: Node surge-1 ended before it was ready.");
        assertThat(labels).containsExactly("rolled back");
    }

    @Test
    void aSurgeGoesBackTheWayItCame() throws Exception {
        nodes.get("node-1").whenReady = () -> damaged.set(6);
        rollouts.roll(surge("next"), 1);

        assertThat(nodes.get("node-2").calls).as("never touched").isEmpty();
        assertThat(nodes.get("surge-1").calls.get(0)).isEqualTo("0 start next");
        assertThat(nodes.values().stream().filter(PlayedNode::alive))
                .hasSize(2)
                .allMatch(node -> node.version().isEmpty());
    }

    @Test
    void whereNoNodeHasRoomThereIsNoSurge() {
        RolloutSpec plan = surge("next");
        nodes.get("surge-1").whenReady = () -> {};
        assertThatThrownBy(() -> {
                    nodes.get("surge-1").start();
                    rollouts.roll(plan, 1);
                })
                .hasMessage("All 3 nodes run, so none can be started beside them.");
    }

    private void users(int fine, int serverErrors) {
        for (int i = 0; i < fine; i++) {
            requests.request(OperationKind.READ, Outcome.OK, 1, RequestListener.APPLICATION, 1);
        }
        for (int i = 0; i < serverErrors; i++) {
            requests.request(OperationKind.READ, Outcome.INFO, 1, 503, 1);
        }
    }

    @Test
    void aBoundThatIsExceededBringsAllBack() throws Exception {
        users(10, 90); // Before it began.
        nodes.get("node-1").whenReady = () -> users(197, 3);
        rollouts.roll(bounded(IfMissed.ROLL_BACK), 1);

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").calls).isEmpty();
        assertThat(rollouts.rolledBack())
                .containsExactly(
                        "Rolled back: server-errors: 3 of 200 attempts since the rollout began, and at most 1 %"
                                + " are allowed.");
    }

    @Test
    void aBoundThatIsKeptOrCannotBeJudgedBringsNobodyBack() throws Exception {
        nodes.get("node-1").whenReady = () -> users(198, 2);
        rollouts.roll(bounded(IfMissed.ROLL_BACK), 1);
        assertThat(rollouts.rolledBack()).isEmpty();
        assertThat(told.notes).noneMatch(note -> note.contains("bounds"));

        nodes.get("node-1").whenReady = () -> users(0, 3);
        rollouts.roll(bounded(IfMissed.ROLL_BACK), 1);
        assertThat(rollouts.rolledBack()).isEmpty();
        assertThat(told.notes)
                .last()
                .isEqualTo(
                        "The rollout's bounds were not looked at (server-errors): there were fewer than 20 attempts.");
    }

    @Test
    void aBoundThatIsExceededMayPauseUntilSomebodyResumes() throws Exception {
        nodes.get("node-1").whenReady = () -> users(0, 100);
        whenTold.put("paused", () -> {
            clock.sleep(30 * SECOND);
            assertThat(control.resume()).isEqualTo("The rollout goes on.");
        });
        rollouts.roll(bounded(IfMissed.PAUSE), 1);

        assertThat(labels).containsExactly("", "paused", "resumed");
        assertThat(told.notes).contains("The rollout went on after 30.1 s.");
        assertThat(nodes.get("node-2").version()).isEqualTo("next");
    }

    /** Users go on until the rollout is over, and nobody could resume it any more. */
    @Test
    void aBoundThatIsExceededWhenTheUsersTimeIsOverEndsTheRollout() throws Exception {
        nodes.get("node-1").whenReady = () -> {
            rollouts.usersStop();
            users(0, 100);
        };
        rollouts.roll(bounded(IfMissed.PAUSE), 2);

        assertThat(labels).containsExactly("", "left paused");
        assertThat(told.notes)
                .contains("The rollout stays as it is, because users' time is over and nobody can resume it: 1 of 2"
                        + " nodes had been replaced.");
        assertThat(nodes.get("node-2").calls).isEmpty();
    }

    @Test
    void somebodyMayPauseAndThenRollBack() throws Exception {
        nodes.get("node-1").whenReady = () -> {
            if (nodes.get("node-1").version().equals("next")) {
                assertThat(control.pause()).isEqualTo("The rollout pauses before the next node is taken out.");
                assertThat(control.pause()).isEqualTo("The rollout is paused already.");
            }
        };
        whenTold.put("paused", control::rollBack);
        rollouts.roll(plan("next", new Extent(1, 0), rollBack(false)), 1);

        assertThat(nodes.get("node-1").version()).isEmpty();
        assertThat(nodes.get("node-2").calls).isEmpty();
        assertThat(rollouts.rolledBack()).containsExactly("Rolled back: somebody asked for it.");
    }

    @Test
    void whatIsStillPausedWhenUsersStopIsLeftAsItIs() throws Exception {
        nodes.get("node-1").whenReady = control::pause;
        whenTold.put("paused", rollouts::usersStop);
        rollouts.roll(plan("next", new Extent(1, 0), rollBack(false)), 1);

        assertThat(labels).containsExactly("paused", "left paused");
        assertThat(told.notes)
                .contains("The rollout was still paused when users stopped: 1 of 2 nodes had been replaced.");
        assertThat(nodes.get("node-2").calls).isEmpty();
    }

    @Test
    void withoutARolloutThereIsNothingToAskFor() throws Exception {
        assertThatThrownBy(control::pause).hasMessage("No rollout is under way.");
        rollouts.roll(patient(""), 1);
        assertThatThrownBy(control::rollBack).hasMessage("No rollout is under way.");
        assertThatThrownBy(control::resume).hasMessage("No rollout is under way.");
    }

    @Test
    void manyInARowEndWithTheFirstThatGoesBack() throws Exception {
        rollouts.roll(plan("", new Extent(2, 0), rollBack(false)), 3);
        assertThat(nodes.get("node-1").calls).hasSize(6);

        nodes.get("node-2").whenReady = () -> damaged.addAndGet(1);
        rollouts.roll(plan("next", new Extent(2, 0), rollBack(true)), 3);
        assertThat(rollouts.rolledBack()).hasSize(1);
        assertThat(nodes.get("node-1").starts()).isEqualTo(6);
    }
}
