package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.midwrite.check.Trial.StoreEvent;
import dev.midwrite.controller.history.RunFacts.FaultFacts;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.users.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walked in no time: whoever waits moves the clock. Node actions take place where they are due. */
class TimelineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ORIGIN = 10 * SECOND;

    @TempDir
    private Path directory;

    private final SteppedClock clock = new SteppedClock();
    private final PlayedFleet fleet = new PlayedFleet(clock);
    private final Told told = new Told();
    private final Injector injector = new Injector(fleet, clock, 1, told);
    private final Map<String, PlayedNode> nodes = new LinkedHashMap<>();
    private final PlayedStore played = new PlayedStore(clock);
    private final StoreActions store = new StoreActions(Optional.of(played), () -> {}, clock, told);
    private final Router router = new Router(UsersSpec.Routing.ROUND_ROBIN, List.of("node-1", "node-2"));
    private final Rollouts rollouts = new Rollouts(
            new NodeSwap(nodes::get, router, clock, told, (node, from) -> {}, Runnable::run),
            new RolloutControl(),
            () -> UserFigures.since(new RequestTally(), () -> 0),
            clock,
            new RolloutNews((label, sentence) -> told.note(sentence)));
    private Timeline timeline;

    private final NodeListener nobody = new NodeListener() {
        @Override
        public void ready(dev.midwrite.controller.nodes.Node node) {}

        @Override
        public void exited(NodeExit exit) {}

        @Override
        public void unseen(String sentence) {}
    };

    @BeforeEach
    void start() throws InterruptedException {
        for (String name : List.of("node-1", "node-2")) {
            PlayedNode node = new PlayedNode(name, nobody, clock);
            node.start();
            node.calls.clear();
            nodes.put(name, node);
        }
        clock.sleep(ORIGIN);
    }

    @Test
    void stepsComeOnTimeAndFaultsAreLifted() throws Exception {
        walk("""
                - {at: 4s, node: node-1, action: kill}
                - {at: 1s, inject: {fault: drop, point: session.save, for: 2s}}
                - {at: 6s, node: node-1, action: start}
                """);

        assertThat(fleet.calls)
                .containsExactly(
                        at(1) + " arm 1 on node-1",
                        at(1) + " arm 1 on node-2",
                        at(3) + " lift 1 on node-1",
                        at(3) + " lift 1 on node-2");
        assertThat(calls("node-1")).containsExactly(at(4) + " kill", at(6) + " start");
        assertThat(clock.now()).isEqualTo(at(20));
        assertThat(timeline.broken()).isEmpty();
        assertThat(timeline.actions())
                .containsExactly(new FaultFacts(0, "kill", "", "node-1", at(4), at(4), 1, 1, true));
        assertThat(told.notes).containsExactly("node-1: killed.", "node-1: started again.");
    }

    @Test
    void whatIsStillArmedAtTheEndIsLiftedThen() throws Exception {
        walk("- {at: 19s, inject: {fault: drop, point: session.save, nodes: [node-2]}}");

        assertThat(fleet.calls).containsExactly(at(19) + " arm 1 on node-2", at(20) + " lift 1 on node-2");
    }

    /** Checks rely on it: what is judged as healed must be behind the last of all faults, not the first. */
    @Test
    void theLastOfSeveralFaultsEndsThem() throws Exception {
        nodes.get("node-2").startTakes = 3 * SECOND;
        walk("""
                - {at: 1s, inject: {fault: drop, point: session.save, for: 1s}}
                - {at: 3s, inject: {fault: error, point: session.save, for: 9s}}
                - {at: 4s, node: node-2, action: restart}
                """);

        assertThat(timeline.actions()).extracting(FaultFacts::to).containsExactly(at(7));
        assertThat(timeline.lastEnd()).isEqualTo(at(12));
    }

    @Test
    void nothingEndedWhereNothingBegan() throws Exception {
        walk("[]");

        assertThat(timeline.lastEnd()).isZero();
    }

    @Test
    void aRolloutReplacesNodesAndCountsAsAnActionOnEach() throws Exception {
        nodes.get("node-1").endTakes = SECOND;
        nodes.get("node-1").startTakes = 2 * SECOND;
        walk("- {at: 4s, rollout: {nodes: [node-1], routing-delay: 1s, pre-stop: 3s}}");

        assertThat(calls("node-1")).containsExactly(at(7) + " terminate", at(8) + " start");
        assertThat(timeline.actions())
                .containsExactly(new FaultFacts(0, "rollout", "", "node-1", at(4), at(10), 1, 1, true));
        assertThat(timeline.lastEnd()).isEqualTo(at(10));
    }

    @Test
    void aStepWaitsForItsCondition() throws Exception {
        nodes.get("node-2").kill();
        walkWhile("""
                - {at: 2s, when: all-up, node: node-1, action: kill}
                - {when: {node-1: down}, node: node-1, action: start}
                """, second -> {
            if (second == 7) {
                start("node-2");
            }
        });

        assertThat(calls("node-1")).hasSize(2);
        assertThat(moment(calls("node-1").get(0))).isBetween(at(7), at(8));
        assertThat(moment(calls("node-1").get(1))).isBetween(at(7), at(8));
        assertThat(timeline.broken()).isEmpty();
    }

    /** A node that is being stopped still answers for a while; a second one that is killed then leaves none. */
    @Test
    void notAllAreUpWhileOneIsBeingRestarted() throws Exception {
        Queue<Runnable> underWay = new ArrayDeque<>();
        walkWhile(
                """
                - {at: 4s, node: node-1, action: restart}
                - {at: 5s, when: all-up, node: node-2, action: kill}
                - {at: 5s, when: {node-1: up}, inject: {fault: drop, point: session.save, nodes: [node-1]}}
                """,
                second -> {
                    if (second == 9) {
                        underWay.remove().run();
                    }
                    if (second == 12) {
                        underWay.remove().run();
                    }
                },
                underWay::add);

        assertThat(moment(fleet.calls.get(0))).isBetween(at(9), at(10));
        assertThat(calls("node-2")).hasSize(1);
        assertThat(moment(calls("node-2").get(0))).isBetween(at(12), at(13));
    }

    @Test
    void aConditionThatDoesNotComeInTimeIsSaid() throws Exception {
        nodes.get("node-2").kill();
        walk("""
                - {at: 2s, within: 3s, when: {node-2: up, node-1: up}, node: node-1, action: kill}
                - {at: 1s, when: all-up, inject: {fault: drop, point: session.save}}
                """);

        assertThat(calls("node-1")).isEmpty();
        assertThat(fleet.calls).isEmpty();
        assertThat(timeline.broken())
                .containsExactly(
                        "Line 6: kill of node-1 was to wait until node-1 is up and node-2 is up, which took longer than"
                                + " 3.0 s, so it was not done.",
                        "Line 7: drop at session.save was to wait until all nodes are up, which took longer than"
                                + " 19.0 s, so it was not done.");
    }

    @Test
    void whatIsOptionalIsLeftOutAndNothingIsBroken() throws Exception {
        walk("- {at: 2s, within: 3s, when: {node-2: down}, optional: true, node: node-2, action: start}");

        assertThat(calls("node-2")).isEmpty();
        assertThat(told.notes).hasSize(1).first(STRING).endsWith("which took longer than 3.0 s, so it was not done.");
        assertThat(timeline.broken()).isEmpty();
    }

    @Test
    void aNodeThatIsStillUpIsNotStarted() throws Exception {
        walk("- {at: 1s, node: node-1, action: start}");

        assertThat(calls("node-1")).isEmpty();
        assertThat(told.notes).containsExactly("Line 6: node-1 was still up, so it was not started.");
        assertThat(timeline.actions()).isEmpty();
    }

    /** A crash may fire after the step that was to start the node again. */
    @Test
    void aNodeThatCrashedLateIsStartedInTheEnd() throws Exception {
        walkWhile("- {at: 1s, node: node-1, action: start}", second -> {
            if (second == 9) {
                nodes.get("node-1").dies(137, "");
            }
        });

        assertThat(calls("node-1")).containsExactly(at(20) + " start");
    }

    @Test
    void anActionThatFailsIsSaid() throws Exception {
        nodes.get("node-1").failure = "Node node-1 was not ready within 60 s.";
        walk("- {at: 1s, node: node-1, action: restart}");

        assertThat(timeline.broken()).containsExactly("Node node-1 was not ready within 60 s.");
        assertThat(timeline.actions()).isEmpty();
    }

    @Test
    void aCrashLastsUntilItsNodeIsUpAgain() throws Exception {
        nodes.get("node-1").startTakes = 2 * SECOND;
        walkWhile("""
                - {at: 1s, inject: {fault: crash, edge: before, point: session.save, nodes: [node-1], for: 1s}}
                - {at: 5s, node: node-1, action: start}
                """, second -> {
            if (second == 2) {
                nodes.get("node-1").dies(137, "");
            }
        });

        assertThat(timeline.lastEnd()).isEqualTo(at(7));
    }

    @Test
    void theStoreIsBrokenAndMended() throws Exception {
        walk("""
                - {at: 1s, store: lag, for: 3s}
                - {at: 2s, store: pause, for: 1s}
                - {at: 5s, store: kill}
                - {at: 9s, store: start}
                - {at: 15s, store: evict}
                """);

        assertThat(played.calls)
                .containsExactly(
                        at(1) + " LAG",
                        at(2) + " PAUSE",
                        at(4) + " lift LAG",
                        at(5) + " KILL",
                        at(9) + " START",
                        at(15) + " EVICT",
                        at(20) + " lift EVICT");
        assertThat(timeline.actions())
                .extracting(FaultFacts::name, FaultFacts::node, FaultFacts::from, FaultFacts::to)
                .containsExactly(
                        tuple("pause", "the store", at(2), at(2)),
                        tuple("lag", "the store", at(1), at(4)),
                        tuple("kill", "the store", at(5), at(9)),
                        tuple("evict", "the store", at(15), at(20)));
        assertThat(timeline.lastEnd()).isEqualTo(at(20));
        assertThat(store.deeds())
                .extracting(StoreEvent::what)
                .containsExactly(
                        "The store had been told LAG (lag from 11.0 s to 14.0 s).",
                        "The store was told KILL at 15.0 s.");
        assertThat(told.notes)
                .as("a deed is among a report's notes already")
                .noneMatch(note -> note.contains("had been told"));
    }

    @Test
    void aStoreThatIsStillDownIsStartedIfThatWasMeant() throws Exception {
        walk("""
                - {at: 1s, store: start}
                - {at: 2s, store: kill}
                """);

        assertThat(played.calls).containsExactly(at(1) + " START", at(2) + " KILL", at(20) + " START");
        assertThat(store.up()).isTrue();
    }

    @Test
    void aStoreThatIsKilledForGoodStaysAFault() throws Exception {
        walk("- {at: 2s, store: kill}");

        assertThat(store.up()).isFalse();
        assertThat(timeline.lastEnd()).isEqualTo(at(20));
    }

    @Test
    void whatTheStoreDoesNotDoIsSaid() throws Exception {
        played.failure = "There is no replica left to fail over to.";
        walk("- {at: 2s, store: flush}");

        assertThat(timeline.broken()).containsExactly("There is no replica left to fail over to.");
        assertThat(timeline.actions()).isEmpty();
    }

    /** One of the drill's own nodes may be down, and another run in its place. */
    @Test
    void afterASurgeAllAreUpWhateverTheyAreCalled() throws Exception {
        spare("surge-1");
        walk("""
                - {at: 1s, rollout: {surge: 1}}
                - {at: 2s, when: all-up, node: node-1, action: restart}
                """);

        assertThat(nodes.get("node-2").alive()).isFalse();
        assertThat(calls("node-1")).last().asString().isEqualTo(at(2) + " start");
        assertThat(timeline.broken()).isEmpty();
    }

    /** Another one serves in its place; a crash afterwards is something else. */
    @Test
    void whatARolloutTookOutIsNotStartedInTheEnd() throws Exception {
        spare("surge-1");
        walk("""
                - {at: 1s, node: node-2, action: start}
                - {at: 2s, rollout: {surge: 1}}
                """);
        assertThat(nodes.get("node-2").alive()).isFalse();
        assertThat(nodes.values().stream().filter(PlayedNode::alive)).hasSize(2);
    }

    @Test
    void whatWasStartedAfterARolloutIsStartedInTheEnd() throws Exception {
        spare("surge-1");
        walkWhile("""
                - {at: 2s, rollout: {surge: 1}}
                - {at: 4s, node: node-2, action: start}
                """, second -> {
            if (second == 9) {
                nodes.get("node-2").dies(137, "");
            }
        });
        assertThat(calls("node-2")).last().asString().isEqualTo(at(20) + " start");
    }

    private void spare(String name) {
        PlayedNode node = new PlayedNode(name, nobody, clock);
        router.join(name);
        nodes.put(name, node);
    }

    /** Words for nodes may mean the same one. */
    @Test
    void aNodeThatIsNamedTwiceIsAskedOnce() throws Exception {
        nodes.get("node-1").stands = List.of("node-2", "node-1");
        walk("- {at: 19s, inject: {fault: drop, point: session.save, nodes: [node-1, node-2]}}");

        assertThat(fleet.calls)
                .containsExactly(
                        at(19) + " arm 1 on node-2",
                        at(19) + " arm 1 on node-1",
                        at(20) + " lift 1 on node-2",
                        at(20) + " lift 1 on node-1");
    }

    /** It may be there when the step is due. */
    @Test
    void aNodeThatIsNotThereYetIsNoEndOfARun() throws Exception {
        walk("- {at: 1s, inject: {fault: drop, point: session.save, nodes: [node-1]}}");
        nodes.clear();
        Step.Inject step =
                (Step.Inject) drill("- {at: 1s, inject: {fault: drop, point: session.save, nodes: [node-1]}}")
                        .timeline()
                        .get(0);
        timeline.dryRun(step);

        assertThat(told.notes).last().isEqualTo("There is no node node-1.");
        assertThat(timeline.broken()).isEmpty();
    }

    private interface EachSecond {
        void passes(int second);
    }

    private void walk(String steps) throws Exception {
        walkWhile(steps, second -> {});
    }

    private void walkWhile(String steps, EachSecond each) throws Exception {
        walkWhile(steps, each, Runnable::run);
    }

    private void walkWhile(String steps, EachSecond each, Executor threads) throws Exception {
        timeline =
                new Timeline(drill(steps), injector, new PlayedGroup(nodes, 2), clock, store, rollouts, told, threads);
        boolean[] passed = new boolean[100];
        timeline.walk(ORIGIN, () -> {
            int second = (int) ((clock.now() - ORIGIN) / SECOND);
            if (!passed[second]) {
                passed[second] = true;
                each.passes(second);
            }
            return "";
        });
    }

    private Drill drill(String steps) throws IOException {
        Path file = directory.resolve("drill.yaml");
        Files.writeString(file, """
                version: 1
                store: {kind: redis, replicas: 1}
                nodes: {command: "{java} {agent}"}
                users: {sessions: 1, workloads: [list], duration: 20s}
                timeline:
                """ + steps.indent(steps.startsWith("[") ? 2 : 0));
        return DrillFile.read(file);
    }

    private void start(String node) {
        try {
            nodes.get(node).start();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> calls(String node) {
        return nodes.get(node).calls;
    }

    private static long moment(String call) {
        return Long.parseLong(call.substring(0, call.indexOf(' ')));
    }

    private static long at(long seconds) {
        return ORIGIN + seconds * SECOND;
    }
}
