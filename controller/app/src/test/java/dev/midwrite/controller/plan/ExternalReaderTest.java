package dev.midwrite.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that somebody else starts. */
class ExternalReaderTest {
    private static final String DRILL = """
            version: 1
            store: {kind: redis, address: "10.0.0.9:6379"}
            nodes:
              controller: 127.0.0.1:7411
              action-timeout: 20s
              external:
                - name: orders-1
                  url: http://127.0.0.1:8081/
                  restart: systemctl restart orders@1
                  kill: [sh, -c, "kill -9 $(cat {node}.pid)"]
                - name: orders-2
                  url: http://127.0.0.1:8082
                  stop: ./ctl stop {node}
                  start: ./ctl start {node}
            users: {sessions: 5, workloads: [register], duration: 5s}
            timeline:
              - {at: 1s, node: orders-1, action: restart}
              - {at: 2s, node: orders-2, action: restart}
              - {at: 3s, node: orders-1, action: kill}
              - {at: 4s, inject: {fault: delay, point: session.save, delay: 10ms}}
            """;

    @Test
    void everyKeyReachesTheDrill() {
        NodesSpec nodes = parse(DRILL).nodes();
        ExternalSpec external = nodes.external().orElseThrow();

        assertThat(nodes.names()).containsExactly("orders-1", "orders-2");
        assertThat(nodes.command()).isEmpty();
        assertThat(external.controller()).contains(new LinkAddress("127.0.0.1", 7411));
        assertThat(external.balancer()).isEmpty();
        assertThat(external.actionTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(external.nodes().get(0))
                .isEqualTo(new ExternalNode(
                        "orders-1",
                        Optional.of(URI.create("http://127.0.0.1:8081")),
                        Map.of(
                                Step.Action.RESTART, List.of("systemctl", "restart", "orders@1"),
                                Step.Action.KILL, List.of("sh", "-c", "kill -9 $(cat {node}.pid)"))));
        assertThat(external.can("orders-2", Step.Action.RESTART)).isTrue();
        assertThat(external.can("orders-2", Step.Action.KILL)).isFalse();
    }

    @Test
    void behindABalancerNodesNeedNoAddress() {
        Drill drill = parse(DRILL.replace("action-timeout: 20s", "balancer: http://10.0.0.2:80")
                .replace("      url: http://127.0.0.1:8081/\n", "")
                .replace("      url: http://127.0.0.1:8082\n", ""));

        assertThat(drill.nodes().balancer()).contains(URI.create("http://10.0.0.2:80"));
        assertThat(drill.nodes().external().orElseThrow().nodes())
                .allMatch(node -> node.url().isEmpty());
    }

    @Test
    void theirStoreNeedNotBeKnown() {
        Drill drill = parse(DRILL.replace("{kind: redis, address: \"10.0.0.9:6379\"}", "{kind: none}"));
        assertThat(drill.store().none()).isTrue();
        assertThat(drill.store().embedded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            orders-1, action: kill           | orders-2, action: kill             | 'kill' of orders-2 needs a command: say in 'external' what does it, such as 'kill: systemctl kill orders-2'
            restart: systemctl restart orders@1 | stop: ./stop                    | 'restart' of orders-1 needs a command: say in 'external' what does it, such as 'restart: systemctl restart orders-1', or name 'stop' and 'start'
            controller: 127.0.0.1:7411       | ready: /health                     | faults need 'controller', where the nodes' agents dial: without it nothing is injected
            controller: 127.0.0.1:7411       | controller: 7411                   | 'controller' must be the host:port that the agents dial, such as 127.0.0.1:7411, not '7411'
            action-timeout: 20s              | command: java -jar a.jar           | 'command' is for nodes that the runner starts; those in 'external' run already
            url: http://127.0.0.1:8082       | url: http://127.0.0.1:8082/orders  | 'url' must be http://host:port, without a path (pages have one of their own), not 'http://127.0.0.1:8082/orders'
            url: http://127.0.0.1:8082       | url: 127.0.0.1:8082                | 'url' must be http://host:port, without a path (pages have one of their own), not '127.0.0.1:8082'
            url: http://127.0.0.1:8082       | kill: ./kill                       | a node in 'external' needs 'url'
            name: orders-2                   | name: orders-1                     | 'external' must be different names, at least one and at most 64
            ./ctl stop {node}                | ./ctl stop {port}                  | unknown placeholder {port}; one of java, node
            address: "10.0.0.9:6379"         | address: embedded                  | nodes that run elsewhere do not use a store of the drill's own: name the 'address' of theirs, or 'kind: none' if nobody is to look there
            redis, address: "10.0.0.9:6379"  | none, address: embedded            | with 'kind: none' there is nothing else to say of the store
            action-timeout: 20s              | balancer: http://10.0.0.2:80       | 'routing' is the balancer's, as 'nodes.balancer' names one
            {at: 3s, node: orders-1, action: kill} | {at: 3s, rollout: {pause: 1s}} | a rollout replaces nodes that the runner has started; for nodes in 'external' name the action 'restart'
            """)
    void whatCannotBeIsOneSentence(String line, String instead, String sentence) {
        assertThat(DRILL).contains(line);
        String drill = DRILL.replace(line, instead).replace("{sessions: 5,", "{sessions: 5, routing: sticky,");
        assertThat(problems(drill)).anyMatch(problem -> problem.endsWith(": " + sentence));
    }

    @Test
    void keysOfNodesElsewhereMeanNothingToNodesOfOurs() {
        String drill = """
                version: 1
                store: {kind: none}
                nodes: {command: "java -jar a.jar", controller: "127.0.0.1:7411"}
                users: {sessions: 5, workloads: [register], duration: 5s}
                """;
        assertThat(problems(drill))
                .anyMatch(problem ->
                        problem.endsWith("'controller' is for nodes that run elsewhere: name them in 'external', too"))
                .anyMatch(problem ->
                        problem.endsWith("'kind: none' is for nodes that run elsewhere, in 'nodes.external'"));
    }

    private static Drill parse(String text) {
        return DrillFile.parse(Path.of("d.yaml"), text);
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(InvalidDrill.class, () -> parse(text)).problems();
    }
}
