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
                                RolloutSpec.Strategy.ONE_BY_ONE,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(11),
                                Duration.ZERO,
                                false)));
        NodesSpec next = drill.nodes().as("next");
        assertThat(next.command()).isEqualTo(drill.nodes().command());
        assertThat(next.environment()).containsOnly(Map.entry("A", "one"), Map.entry("B", "three"));
        assertThat(drill.nodes().as("other").command()).endsWith("other.jar");
        assertThat(drill.nodes().as("")).isEqualTo(drill.nodes());
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        to: next              | to: nxet                    | d.yaml:13:19: unknown version 'nxet'; did you mean 'next'?
        to: next              | too: next                   | d.yaml:13:15: unknown key 'too' in rollout; did you mean 'to'?
        to: next              | strategy: surge             | d.yaml:13:25: unknown strategy 'surge'; one of all-at-once, one-by-one
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
