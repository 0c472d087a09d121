package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.ExternalNode;
import dev.midwrite.controller.plan.ExternalSpec;
import dev.midwrite.controller.plan.LinkAddress;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.plan.ProbePlace;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.serve.FakeAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a node that somebody else starts and ends: here the test does, with an agent that it plays. */
class ExternalNodesTest {
    @TempDir
    Path directory;

    private final Map<Step.Action, List<String>> commands = new EnumMap<>(Step.Action.class);
    private TinyRun run;
    private int port;
    private HttpServer server;
    private FakeAgent agent;
    private ExternalNodes nodes;
    private Duration readyTimeout = Duration.ofSeconds(30);

    @BeforeEach
    void open() throws IOException {
        run = new TinyRun(directory);
        port = FreePorts.take();
    }

    @AfterEach
    void close() {
        if (nodes != null) {
            nodes.close();
        }
        if (server != null) {
            comesDown();
        }
        run.close();
    }

    @Test
    void isReadyWhenItsAgentRecordsAndItAnswers() throws Exception {
        comesUp(1);
        Node node = watched(true);

        assertThat(node.ready()).isTrue();
        assertThat(node.ours()).isFalse();
        assertThat(run.ready).containsExactly("orders-1");
        assertThat(run.unseen)
                .containsExactly("The nodes run elsewhere: exit status, output and memory of their processes are not"
                        + " known here.");
    }

    @Test
    void itsEndIsSeenAndNotHow() throws Exception {
        comesUp(1);
        Node node = watched(true);
        comesDown();

        NodeExit exit = run.exit();
        assertThat(exit.code()).isEqualTo(NodeExit.UNKNOWN);
        assertThat(exit.asked()).isFalse();
        assertThat(exit.incarnation()).isEqualTo(1);
        await().until(() -> !node.alive());
    }

    @Test
    void aBrokenConnectionIsNoEnd() throws Exception {
        comesUp(1);
        Node node = watched(true);
        agent.close();
        await().until(() -> !node.ready());
        dials(1);
        await().until(node::ready);

        assertThat(run.exits).isEmpty();
        assertThat(node.starts()).isEqualTo(1);
    }

    @Test
    void anotherProcessInItsPlaceIsTheEndOfTheFirst() throws Exception {
        comesUp(1);
        Node node = watched(true);
        agent.close();
        dials(2);

        assertThat(run.exit().incarnation()).isEqualTo(1);
        await().until(() -> node.starts() == 2 && node.ready());
    }

    @Test
    void aRestartIsTheCommandAndAnotherProcess() throws Exception {
        commands.put(Step.Action.RESTART, sh("echo restarted {node} > restarted"));
        comesUp(1);
        Node node = watched(true);
        CompletableFuture<Void> restart = doing(node::restart);
        await().until(() -> directory.resolve("restarted").toFile().exists());
        assertThat(restart).isNotDone();
        comesDown();
        comesUp(2);

        restart.get(30, TimeUnit.SECONDS);
        assertThat(directory.resolve("restarted")).hasContent("restarted orders-1");
        assertThat(run.exit().asked()).isTrue();
        assertThat(node.starts()).isEqualTo(2);
    }

    @Test
    void aRestartThatChangesNothingIsNone() throws Exception {
        commands.put(Step.Action.RESTART, List.of("true"));
        comesUp(1);
        readyTimeout = Duration.ofSeconds(1);
        Node node = watched(true);

        assertThatThrownBy(node::restart)
                .isInstanceOf(Problem.class)
                .hasMessage("The command for the restart of orders-1 has ended, and 1 s later its process is the one"
                        + " that was there before.");
    }

    @Test
    void aCommandThatFailsSaysWhatItPrinted() throws Exception {
        commands.put(Step.Action.KILL, sh("echo Unit orders@1 not found.; exit 4"));
        comesUp(1);
        Node node = watched(true);

        assertThatThrownBy(node::kill)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The command for the kill of orders-1, 'sh -c ")
                .hasMessageEndingWith("ended with exit code 4. Its log ends: Unit orders@1 not found.");
        assertThat(node.ready()).isTrue();
    }

    @Test
    void aCommandHasALimit() throws Exception {
        commands.put(Step.Action.STOP, List.of("sleep", "600"));
        comesUp(1);
        Node node = watched(true);

        assertThatThrownBy(node::stop)
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "The command for the stop of orders-1, 'sleep 600', had not ended after 1 s, and was killed.");
        // The watchdog stays until the run is over.
        assertThat(ProcessHandle.current().descendants())
                .filteredOn(process -> !process.info().commandLine().orElse("").contains(Watchdog.class.getName()))
                .noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void whatDoesNotDialInIsTold() {
        readyTimeout = Duration.ofMillis(300);
        assertThatThrownBy(() -> watched(true))
                .isInstanceOf(Problem.class)
                .hasMessage("Node orders-1 was not ready within 0 s: no agent has dialled in; the node is to be started"
                        + " with -javaagent:midwrite-agent.jar=node=orders-1,controller=127.0.0.1:7411.");
    }

    @Test
    void withoutAnAgentThereAreAnswersAndRefusals() throws Exception {
        commands.put(Step.Action.STOP, List.of("true"));
        serves();
        Node node = watched(false);
        assertThat(run.unseen).last().asString().endsWith("They have no agent, so there are no journals either.");
        CompletableFuture<Void> stop = doing(node::stop);
        server.stop(0);
        stop.get(30, TimeUnit.SECONDS);

        assertThat(run.exit().asked()).isTrue();
        assertThat(node.alive()).isFalse();
        serves();
        await().until(node::ready);
    }

    @Test
    void withoutAnAgentARestartMayNotBeSeen() throws Exception {
        commands.put(Step.Action.RESTART, List.of("true"));
        serves();
        watched(false).restart();

        assertThat(run.unseen)
                .last()
                .isEqualTo("Whether the restart of orders-1 replaced its process is not known: it has no agent, and"
                        + " answered all the time.");
    }

    @Test
    void nothingIsStoppedInTheEnd() throws Exception {
        commands.put(Step.Action.STOP, sh("touch stopped"));
        comesUp(1);
        Node node = watched(true);
        nodes.close();
        nodes.close();

        assertThat(run.exits).isEmpty();
        assertThat(node.ready()).isTrue();
        assertThat(directory.resolve("stopped")).doesNotExist();
    }

    @Test
    void aProgramThatIsNotThereIsToldBefore() {
        ExternalNode node = new ExternalNode("a", Optional.empty(), Map.of(Step.Action.KILL, List.of("no-such-ctl")));
        ExternalSpec external =
                new ExternalSpec(List.of(node), Optional.empty(), Optional.empty(), Duration.ZERO, Optional.empty());
        assertThatThrownBy(() -> ExternalSetting.requirePrograms(external, TinyRun.JAVA, directory))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no program 'no-such-ctl' for the kill of a.");
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

    private static List<String> sh(String script) {
        return List.of("sh", "-c", script);
    }

    private void comesUp(long incarnation) throws IOException {
        serves();
        dials(incarnation);
    }

    private void serves() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private void dials(long incarnation) {
        FakeAgent dialling = new FakeAgent(run.port());
        agent = dialling;
        dialling.hello(FakeAgent.hello("orders-1", incarnation));
        dialling.agreesToRecord();
    }

    private void comesDown() {
        server.stop(0);
        if (agent != null) {
            agent.close();
        }
    }

    private Node watched(boolean withAgent) throws InterruptedException {
        ExternalNode node = new ExternalNode("orders-1", Optional.of(URI.create("http://127.0.0.1:" + port)), commands);
        NodesSpec spec = new NodesSpec(
                List.of("orders-1"),
                List.of(),
                Map.of(),
                "/health",
                readyTimeout,
                ProbePlace.NONE,
                Duration.ofSeconds(30),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ExternalSpec(
                        List.of(node),
                        withAgent ? Optional.of(new LinkAddress("127.0.0.1", 7411)) : Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Optional.empty())));
        nodes = new ExternalNodes(
                new ExternalSetting(spec, directory, directory, TinyRun.JAVA, run.fleet, run.reaper), run);
        nodes.start();
        return nodes.node("orders-1");
    }
}
