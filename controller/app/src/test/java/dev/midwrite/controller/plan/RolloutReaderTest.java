package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutReaderTest {
    private static final Path FILE = Path.of("d.yaml");

    private static final String ROLLOUT = """
            version: 1
            store: {kind: redis}
            nodes:
              command: "{java} -jar shop.jar"
              environment: {A: one, B: two}
              stop-timeout: 8s
              versions:
                next: {environment: {B: three}}
                other: {command: "{java} -jar other.jar"}
            users: {sessions: 1, workloads: [register], duration: 5s}
            timeline:
              - at: 1s
                rollout: {to: next, routing-delay: 1s, pre-stop: 3s}
            """;

    @Test
    void aRolloutReplacesAllNodesOneByOneUnlessItSaysOtherwise() {
        Drill drill = DrillFile.parse(FILE, ROLLOUT);
        assertThat(drill.timeline())
                .containsExactly(new Step.Rollout(
                        Moment.at(Duration.ofSeconds(1), 12),
                        new RolloutSpec(
                                List.of("node-1", "node-2"),
                                Optional.of("next"),
                                new RolloutSpec.Extent(1, 0),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(11),
                                Duration.ZERO,
                                new RolloutSpec.Reaction(false, Map.of(), RolloutSpec.IfMissed.ROLL_BACK)),
                        1));
        assertThat(drill.everyNode()).containsExactly("node-1", "node-2");
        NodesSpec next = drill.nodes().as("next");
        assertThat(next.command()).isEqualTo(drill.nodes().command());
        assertThat(next.environment()).containsOnly(Map.entry("A", "one"), Map.entry("B", "three"));
        assertThat(drill.nodes().as("other").command()).endsWith("other.jar");
        assertThat(drill.nodes().as("")).isEqualTo(drill.nodes());
    }

    @Test
    void aSurgeHasNodesOfItsOwn() {
        Drill drill = DrillFile.parse(
                FILE,
                ROLLOUT.replace("to: next", "surge: 2, bounds: {errors: 1%, failed-logins: 0}, if-missed: pause"));
        assertThat(drill.nodes().names()).containsExactly("node-1", "node-2");
        assertThat(drill.spares()).containsExactly("surge-1", "surge-2");
        assertThat(drill.everyNode()).containsExactly("node-1", "node-2", "surge-1", "surge-2");
        RolloutSpec plan = ((Step.Rollout) drill.timeline().get(0)).plan();
        assertThat(plan.extent()).isEqualTo(new RolloutSpec.Extent(0, 2));
        assertThat(plan.reaction())
                .isEqualTo(new RolloutSpec.Reaction(
                        false,
                        Map.of(RolloutSpec.Figure.ERRORS, 0.01, RolloutSpec.Figure.FAILED_LOGINS, 0.0),
                        RolloutSpec.IfMissed.PAUSE));
    }

    @Test
    void aNodeOfOnesOwnMayNotHaveTheNameOfAnAdditionalOne() {
        String text =
                ROLLOUT.replace("nodes:\n", "nodes:\n  names: [a, surge-1]\n").replace("to: next", "surge: 1");
        assertThatThrownBy(() -> DrillFile.parse(FILE, text))
                .isInstanceOfSatisfying(
                        InvalidDrill.class,
                        invalid -> assertThat(invalid.problems())
                                .containsExactly("d.yaml:14:22: the nodes that are started beside the others are called"
                                        + " surge-1 and so on, and 'surge-1' is one of your own"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        to: next              | to: nxet                    | d.yaml:13:19: unknown version 'nxet'; did you mean 'next'?
        to: next              | too: next                   | d.yaml:13:15: unknown key 'too' in rollout; did you mean 'to'?
        to: next              | strategy: canary            | d.yaml:13:25: unknown strategy 'canary'; one of all-at-once, one-by-one
        to: next              | surge: 3                    | d.yaml:13:22: 'surge' is 3, and there are 2 nodes to replace
        to: next              | unavailable: 3              | d.yaml:13:28: 'unavailable' is 3, and there are 2 nodes to replace
        to: next              | nodes: [node-1], unavailable: 2 | d.yaml:13:45: 'unavailable' is 2, and there is 1 node to replace
        to: next              | surge: 1, nodes: [node-1]   | d.yaml:13:32: with 'surge' all nodes that run are replaced, so 'nodes' must be left out
        to: next              | surge: 1, unavailable: 1    | d.yaml:13:38: either 'surge' or 'unavailable' says how many nodes are replaced at a time
        to: next              | surge: 1, strategy: all-at-once | d.yaml:13:35: either 'surge' or 'strategy' says how many nodes are replaced at a time
        to: next              | unavailable: 1, strategy: all-at-once | d.yaml:13:41: either 'unavailable' or 'strategy' says how many nodes are replaced at a time
        to: next              | if-missed: pause            | d.yaml:13:26: 'if-missed' is for 'bounds', and there are none
        to: next              | bounds: {error: 1%}         | d.yaml:13:24: unknown key 'error' in bounds; did you mean 'errors'?
        to: next              | bounds: {errors: many}      | d.yaml:13:32: 'errors' must be a share, such as 0.02 or 2%, not 'many'
        to: next              | nodes: [node-1, node-1]     | d.yaml:13:22: a rollout replaces each node once, so 'nodes' must be different names
        to: next              | grace: 3s                   | d.yaml:13:22: the grace period of 3s counts from the moment at which a node is taken out, so it must be longer than 'pre-stop' of 3s
        next: {environment: {B: three}} | next: {command: "{jav} x"} | d.yaml:8:21: unknown placeholder {jav}; did you mean 'java'?
        next: {environment: {B: three}} | next: {environment: {}}    | d.yaml:8:11: version 'next' needs 'command' or 'environment', or it is no other version
        """)
    void aWrongRolloutIsOneSentence(String line, String instead, String sentence) {
        assertThatThrownBy(() -> DrillFile.parse(FILE, ROLLOUT.replace(line, instead)))
                .isInstanceOfSatisfying(
                        InvalidDrill.class,
                        invalid -> assertThat(invalid.problems()).containsExactly(sentence));
    }
}
