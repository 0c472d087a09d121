package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.PodState.Endpoint;
import dev.midwrite.controller.plan.ExternalSpec;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.LinkAddress;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.serve.FakeAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of a cluster that the test plays, with agents that it plays, too. */
class PodsTest {
    @TempDir
    Path directory;

    private final PlayedCluster cluster = new PlayedCluster();
    private final Map<String, FakeAgent> agents = new HashMap<>();
    private TinyRun run;
    private Pods pods;
    private Duration patience = Duration.ofSeconds(30);

    @BeforeEach
    void open() throws IOException {
        run = new TinyRun(directory);
    }

    @AfterEach
    void close() {
        if (pods != null) {
            pods.close();
        }
        agents.values().forEach(FakeAgent::close);
        run.close();
    }

    @Test
    void aPodIsUpWhenItsAgentRecordsAndTheSliceHasIt() throws Exception {
        cluster.says(cluster.state("orders-a", 1, Endpoint.NOT_READY, true));
        CompletableFuture<Void> start = starting(true);
        dials("orders-a", 1);
        await().until(() -> run.fleet.node("orders-a").isPresent());
        assertThat(start).isNotDone();
        cluster.serves("orders-a", 1);

        start.get(30, TimeUnit.SECONDS);
        assertThat(run.ready).containsExactly("orders-a");
        assertThat(pods.node("orders-a").uri()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(pods.names()).containsExactly("orders-a");
        assertThat(run.unseen).last().asString().startsWith("The nodes are pods of the deployment orders");
    }

    @Test
    void oldestAndNewestAreOfThoseThatAreUp() throws Exception {
        two();
        assertThat(pods.node("oldest").name()).isEqualTo("orders-a");
        assertThat(pods.node("newest").name()).isEqualTo("orders-b");
        assertThat(pods.node("all").names()).containsExactlyInAnyOrder("orders-a", "orders-b");
        cluster.ends("orders-a", false);

        assertThat(pods.node("oldest").name()).isEqualTo("orders-b");
        assertThat(pods.whole()).isFalse();
        assertThatThrownBy(() -> pods.node("orders-x"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(
                        "There is no pod orders-x of the deployment orders in namespace shop that is up");
    }

    @Test
    void aKilledPodIsReplaced() throws Exception {
        two();
        CompletableFuture<Void> kill = doing(() -> pods.node("oldest").kill());
        await().until(() -> cluster.asked.contains("delete orders-a at once"));
        cluster.ends("orders-a", true);
        assertThat(run.exits).as("its process is still connected").isEmpty();
        agents.get("orders-a").close();

        NodeExit exit = run.exit();
        assertThat(exit.node()).isEqualTo("orders-a");
        assertThat(exit.asked()).isTrue();
        assertThat(exit.code()).isEqualTo(NodeExit.UNKNOWN);
        assertThat(kill).as("nobody serves in its place").isNotDone();
        comesUp("orders-c", 3);
        kill.get(30, TimeUnit.SECONDS);
        assertThat(pods.names()).containsExactly("orders-a", "orders-b", "orders-c");
        assertThat(pods.all()).extracting(Node::name).containsExactly("orders-b", "orders-c");
        assertThat(run.left).containsExactly("orders-a");
    }

    @Test
    void whatSomebodyElseDeletesIsNotOurDoing() throws Exception {
        two();
        cluster.ends("orders-a", false);
        agents.get("orders-a").close();
        cluster.ends("orders-a", true);

        NodeExit exit = run.exit();
        assertThat(exit.asked()).isFalse();
        assertThat(exit.lastWords()).isEqualTo("Its end was asked for, and not by this drill.");
    }

    @Test
    void aContainerThatEndsIsTheEndOfAStart() throws Exception {
        two();
        agents.get("orders-a").close();
        await().until(() -> !pods.node("orders-a").ready());
        assertThat(run.exits).as("a broken connection is no end").isEmpty();
        cluster.startsAgain("orders-a", "container app ended with exit code 137 (OOMKilled)");

        NodeExit exit = run.exit();
        assertThat(exit.asked()).isFalse();
        assertThat(exit.lastWords())
                .isEqualTo("It runs elsewhere. Kubernetes says: container app ended with exit code 137 (OOMKilled).");
        dials("orders-a", 2);
        await().until(() -> pods.node("orders-a").starts() == 2);
    }

    @Test
    void usersAreSentWhereTheSliceSays() throws Exception {
        two();
        cluster.says(cluster.state("orders-a", 1, Endpoint.NOT_READY, false));
        await().until(() -> run.routed.contains("orders-a out"));
        cluster.serves("orders-a", 1);
        await().until(() -> run.routed.contains("orders-a in"));
        assertThat(run.exits).isEmpty();
    }

    @Test
    void aRolloutNamesThoseThatWereReplaced() throws Exception {
        two();
        cluster.whenRolledOut = () -> {
            comesUp("orders-c", 3);
            comesUp("orders-d", 4);
            for (String old : List.of("orders-a", "orders-b")) {
                cluster.ends(old, false);
                agents.get(old).close();
                cluster.ends(old, true);
            }
        };

        RolledOut done = pods.node("all").rollOut();
        assertThat(done.takenBack()).isEmpty();
        assertThat(done.ends()).extracting(RolledOut.End::node).containsExactly("orders-a", "orders-b");
        assertThat(done.ends()).allMatch(end -> end.ended() - end.asked() > 0);
        // A rollout is over when the new ones serve; that the old ones have ended is noticed a moment later.
        await().untilAsserted(
                        () -> assertThat(run.exits).extracting(NodeExit::asked).containsExactly(true, true));
        assertThat(run.told)
                .containsSubsequence(
                        "orders-c created",
                        "orders-c ready",
                        "orders-c in the endpoint slice",
                        "orders-a asked to end",
                        "orders-a out of the endpoint slice",
                        "orders-a gone");
        assertThat(run.told).as("was there before").doesNotContain("orders-a created");
    }

    @Test
    void aPodWhoseContainerEndedBeforeHasItsEndStillToCome() throws Exception {
        two();
        agents.get("orders-a").close();
        cluster.startsAgain("orders-a", "container app ended with exit code 1 (Error)");
        run.exit();
        dials("orders-a", 2);
        await().until(() -> pods.node("orders-a").starts() == 2);
        cluster.whenRolledOut = () -> cluster.ends("orders-a", false);
        cluster.wanted = 1;

        assertThat(pods.node("all").rollOut().ends())
                .singleElement()
                .satisfies(end -> assertThat(end.ended() - end.asked()).isPositive());
    }

    @Test
    void aRestartThatWasTakenBackIsNone() throws Exception {
        two();
        cluster.takenBack = Optional.of("Rolled back: no image.");
        assertThat(pods.node("all").rollOut().takenBack()).contains("Rolled back: no image.");
        assertThatThrownBy(() -> pods.node("all").restart())
                .isInstanceOf(Problem.class)
                .hasMessage("Rolled back: no image.");
    }

    @Test
    void whatDoesNotComeUpIsTold() {
        patience = Duration.ofMillis(500);
        cluster.serves("orders-a", 1);
        assertThatThrownBy(() -> open(true).start())
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "As many pods as the deployment orders in namespace shop is to have (1) did not serve within"
                                + " 0 s: orders-a: its agent has not dialled in.");
        pods.close();
        assertThat(cluster.closed).isTrue();
    }

    @Test
    void withoutAgentsAPodIsWhatKubernetesSays() throws Exception {
        cluster.serves("orders-a", 1);
        open(false).start();
        assertThat(run.unseen).last().asString().endsWith("They have no agent, so there are no journals either.");
        cluster.startsAgain("orders-a", "container app ended with exit code 1 (Error)");
        assertThat(run.exit().lastWords()).endsWith("exit code 1 (Error).");
    }

    private void two() throws Exception {
        cluster.wanted = 2;
        comesUp("orders-a", 1);
        comesUp("orders-b", 2);
        open(true).start();
    }

    private void comesUp(String pod, int born) {
        dials(pod, born);
        cluster.serves(pod, born);
    }

    private void dials(String pod, long incarnation) {
        FakeAgent dialling = new FakeAgent(run.port());
        agents.put(pod, dialling);
        dialling.hello(FakeAgent.hello(pod, incarnation));
        dialling.agreesToRecord();
    }

    private interface Doing {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> doing(Doing what) {
        return CompletableFuture.runAsync(() -> {
            try {
                what.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private CompletableFuture<Void> starting(boolean withAgents) {
        Pods opened = open(withAgents);
        return doing(opened::start);
    }

    private Pods open(boolean withAgents) {
        NodesSpec spec = new NodesSpec(
                List.of(),
                List.of(),
                Map.of(),
                "/",
                patience,
                ProbePlace.NONE,
                patience,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ExternalSpec(
                        List.of(),
                        withAgents ? Optional.of(new LinkAddress("127.0.0.1", 7411)) : Optional.empty(),
                        Optional.empty(),
                        patience,
                        Optional.of(new KubernetesSpec(
                                Optional.of("orders"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(8080))))));
        pods = new Pods(spec, cluster, run.fleet, run);
        return pods;
    }
}
