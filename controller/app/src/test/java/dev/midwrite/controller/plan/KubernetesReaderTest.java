package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midwrite.controller.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that are pods of a Deployment. */
class KubernetesReaderTest {
    private static final String DRILL = """
            version: 1
            store: {kind: redis, address: "10.0.0.9:6379"}
            nodes:
              kind: kubernetes
              deployment: orders
              namespace: shop
              context: staging
              controller: 127.0.0.1:7411
              port: 8080
            users: {sessions: 5, workloads: [register], duration: 15s}
            timeline:
              - {at: 1s, rollout: {roll-back: true}}
              - {at: 2s, node: all, action: restart}
              - {at: 3s, when: all-up, node: oldest, action: kill}
              - {at: 4s, inject: {fault: delay, point: session.save, delay: 10ms}}
              - {at: 5s, inject: {fault: delay, point: session.save, delay: 10ms, nodes: [newest]}}
            """;

    @Test
    void everyKeyReachesTheDrill() {
        Drill drill = parse(DRILL);
        NodesSpec nodes = drill.nodes();

        assertThat(nodes.kubernetes())
                .contains(new KubernetesSpec(
                        Optional.of("orders"),
                        Optional.empty(),
                        Optional.of("shop"),
                        Optional.of("staging"),
                        Optional.of(8080)));
        assertThat(nodes.external().orElseThrow().controller()).contains(new LinkAddress("127.0.0.1", 7411));
        assertThat(nodes.external().orElseThrow().actionTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(nodes.names()).isEmpty();
        assertThat(nodes.words()).isEqualTo("the pods of the deployment orders");
        assertThat(drill.timeline().subList(0, 2)).allMatch(Step.ClusterRollout.class::isInstance);
        assertThat(drill.timeline().get(0)).hasFieldOrPropertyWithValue("rollBack", true);
        assertThat(drill.timeline().get(1)).hasFieldOrPropertyWithValue("rollBack", false);
        assertThat(drill.timeline().get(2).moment().when()).contains(new Condition.AllUp());
        assertThat(((Step.Inject) drill.timeline().get(3)).nodes()).containsExactly("all");
        assertThat(((Step.Inject) drill.timeline().get(4)).nodes()).containsExactly("newest");
    }

    @Test
    void labelsAndABalancerDo() {
        NodesSpec nodes = parse(DRILL.replace("deployment: orders", "selector: app=orders,tier!=test")
                        .replace("port: 8080", "balancer: http://orders.example"))
                .nodes();
        assertThat(nodes.kubernetes().orElseThrow().selector()).contains("app=orders,tier!=test");
        assertThat(nodes.kubernetes().orElseThrow().port()).isEmpty();
        assertThat(nodes.balancer()).contains(URI.create("http://orders.example"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deployment: orders         | ttl: 1s                                | unknown key 'ttl' in nodes
            deployment: orders         | ready-timeout: 9s                      | kind: kubernetes needs either 'deployment' or 'selector'
            namespace: shop            | selector: app=orders                   | kind: kubernetes needs either 'deployment' or 'selector'
            namespace: shop            | namespace: ""                          | 'namespace' must not be empty
            namespace: shop            | count: 3                               | 'count' cannot be said of kind: kubernetes: the Deployment decides it (spec.replicas)
            namespace: shop            | ready: /health                         | 'ready' cannot be said of kind: kubernetes: the Deployment decides it (its pods' readiness probe)
            namespace: shop            | balancer: http://orders                | kind: kubernetes needs either 'port', where users reach the pods themselves, or 'balancer', where they reach the service
            controller: 127.0.0.1:7411 | ready-timeout: 9s                      | faults need 'controller', where the nodes' agents dial: without it nothing is injected
            port: 8080                 | port: 0                                | 'port' must be a whole number from 1 to 65535, not '0'
            kind: kubernetes           | kind: nomad                            | unknown kind 'nomad'; one of kubernetes, own
            kind: kubernetes           | command: java -jar a.jar               | 'deployment' is for kind: kubernetes
            roll-back: true            | grace: 30s                             | 'grace' cannot be said of kind: kubernetes: the Deployment decides it (its strategy, probes, preStop hook and grace period)
            node: oldest, action: kill | node: oldest, action: start            | with kind: kubernetes there are 'restart' of all, and 'kill' and 'stop' of oldest and newest; the Deployment starts others in their place
            node: oldest, action: kill | node: all, action: kill                | with kind: kubernetes there are 'restart' of all, and 'kill' and 'stop' of oldest and newest; the Deployment starts others in their place
            node: oldest, action: kill | node: orders-1, action: kill           | unknown node 'orders-1'; one of all, newest, oldest
            when: all-up               | when: {oldest: down}                   | unknown key 'oldest' in when; one of all
            address: "10.0.0.9:6379"   | address: embedded                      | nodes that run elsewhere do not use a store of the drill's own: name the 'address' of theirs, or 'kind: none' if nobody is to look there
            """)
    void whatCannotBeIsOneSentence(String line, String instead, String sentence) {
        assertThat(DRILL).contains(line);
        assertThat(problems(DRILL.replace(line, instead))).anyMatch(problem -> problem.contains(": " + sentence));
    }

    @Test
    void coursesThatNameNodesAreNotForPods() {
        Drill drill = parse(DRILL);
        assertThatThrownBy(() -> WideCourse.over(drill))
                .isInstanceOf(Problem.class)
                .hasMessage("This needs nodes that have names before they run; pods of a Deployment have none.");
    }

    private static Drill parse(String text) {
        return DrillFile.parse(Path.of("d.yaml"), text);
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(InvalidDrill.class, () -> parse(text)).problems();
    }
}
