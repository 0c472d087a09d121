package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {
    @TempDir
    Path directory;

    private TinyRun run;

    @BeforeEach
    void open() throws IOException {
        run = new TinyRun(Files.createDirectories(directory.resolve("a path with spaces")));
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void startsAndStopsAndKeepsItsPort() throws Exception {
        NodeProcess node = run.nodes("ok", "node-1").node("node-1");
        assertThat(node.alive()).isFalse();
        node.start();
        int port = node.port();
        assertThat(node.ready()).isTrue();
        assertThat(run.ready.poll()).isEqualTo("node-1");
        assertThat(node.log()).content().contains("greeting node-1 at 127.0.0.1:6379");

        node.restart();
        assertThat(run.exits.poll()).satisfies(exit -> {
            assertThat(exit.start()).isEqualTo(1);
            assertThat(exit.code()).isEqualTo(143);
            assertThat(exit.asked()).isTrue();
        });
        assertThat(node.port()).isEqualTo(port);
        assertThat(node.starts()).isEqualTo(2);
        assertThat(node.log()).hasFileName("node-1.2.log");

        node.kill();
        assertThat(run.exits.poll()).satisfies(exit -> {
            assertThat(exit.code()).isEqualTo(137);
            assertThat(exit.asked()).isTrue();
        });
        assertThat(node.ready()).isFalse();
        assertRefused(port);
    }

    @Test
    void isReadyWhenItsAgentRecordsAndGetsAnotherIncarnationWithEachStart() throws Exception {
        NodeProcess node = run.nodes(
                        List.of(
                                "{java}",
                                "{agent}",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TinyNode.class.getName(),
                                "{port}"),
                        "node-1")
                .node("node-1");
        node.start();
        long first = node.incarnation();
        assertThat(first).isNotZero();
        assertThat(run.fleet.node("node-1").orElseThrow().recording()).isTrue();
        node.kill();
        node.start();
        assertThat(node.incarnation()).isNotZero().isNotEqualTo(first);
        assertThat(run.fleet.node("node-1").orElseThrow().incarnations()).containsExactly(first, node.incarnation());
    }

    @Test
    void observesThatANodeEndsByItself() throws Exception {
        NodeProcess node = run.nodes("ok", "node-1").node("node-1");
        node.start();
        HttpURLConnection halt =
                (HttpURLConnection) node.uri().resolve("/halt").toURL().openConnection();
        assertThatThrownBy(halt::getResponseCode).isInstanceOf(SocketException.class);
        NodeExit exit = run.exit();
        assertThat(exit.code()).isEqualTo(7);
        assertThat(exit.asked()).isFalse();
        assertThat(node.alive()).isFalse();
    }

    @Test
    void killsWhatDoesNotStopInTime() throws Exception {
        NodeProcess node = run.stopTimeout(Duration.ofMillis(500))
                .nodes("never-stop", "node-1")
                .node("node-1");
        node.start();
        node.stop();
        assertThat(run.exits.poll().code()).isEqualTo(137);
    }

    /** It still answers, and a timeline that waits for all nodes must not take it for one that stays. */
    @Test
    void isNotReadyAnyMoreOnceItIsAskedToEnd() throws Exception {
        NodeProcess node = run.stopTimeout(Duration.ofSeconds(60))
                .nodes("never-stop", "node-1")
                .node("node-1");
        node.start();
        assertThat(node.ready()).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
            try {
                node.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> !node.ready());
        assertThat(node.alive()).isTrue();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        stop.get();
    }

    @Test
    void endsWhatAWrapperStarted() throws Exception {
        String java = "'" + TinyRun.JAVA + "' -cp '" + System.getProperty("java.class.path") + "' "
                + TinyNode.class.getName() + " {port}";
        NodeProcess node =
                run.nodes(List.of("/bin/sh", "-c", java + " & wait"), "node-1").node("node-1");
        node.start();
        node.kill();
        assertRefused(node.port());
    }

    @Test
    void takesAnotherPortIfItsOwnWasTakenMeanwhile() throws Exception {
        Path marker = directory.resolve("marker");
        NodeProcess node = run.nodes("taken-once:" + marker, "node-1").node("node-1");
        node.start();
        assertThat(node.starts()).isEqualTo(2);
        assertThat(marker).content().isNotEqualTo(Integer.toString(node.port()));
        assertThat(run.exits)
                .as("a start that never was ready is nobody's business")
                .isEmpty();
    }

    @Test
    void waitsForItsPortWhenItStartsAgain() throws Exception {
        NodeProcess node = run.nodes("ok", "node-1").node("node-1");
        node.start();
        int port = node.port();
        node.stop();
        CompletableFuture<Void> again;
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            again = CompletableFuture.runAsync(() -> {
                try {
                    node.start();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(30, TimeUnit.SECONDS).until(() -> node.starts() >= 3);
            assertThat(taken.isBound()).isTrue();
        }
        again.get(60, TimeUnit.SECONDS);
        assertThat(node.port()).isEqualTo(port);
        assertThat(node.ready()).isTrue();
    }

    @Test
    void saysWhyANodeDidNotStart() {
        NodeProcess node = run.nodes("die", "node-1").node("node-1");
        assertThatThrownBy(node::start)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("Node node-1 ended with exit code 3 before it was ready. Its log ")
                .hasMessageEndingWith("\n  no database");
        assertThat(node.alive()).isFalse();
    }

    @Test
    void saysThatACommandDoesNotExist() {
        NodeProcess node =
                run.nodes(List.of("/no/such/java", "{port}"), "node-1").node("node-1");
        assertThatThrownBy(node::start)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("/no/such/java")
                .hasMessageContaining("node-1");
    }

    @Test
    void leavesNoneRunningIfOneDoesNotStart() {
        // The second command line behaves by its node's name.
        Nodes nodes = run.nodes(
                List.of(
                        "/bin/sh",
                        "-c",
                        "test {node} != node-2 || exit 4; exec '" + TinyRun.JAVA + "' -cp '"
                                + System.getProperty("java.class.path") + "' " + TinyNode.class.getName() + " {port}"),
                "node-1",
                "node-2");
        assertThatThrownBy(nodes::start)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Node node-2 ended with exit code 4");
        assertThat(nodes.all()).noneMatch(NodeProcess::alive);
    }

    @Test
    void startsAllAndEndsAllWithTheRun() throws Exception {
        Nodes nodes = run.nodes("ok", "node-1", "node-2");
        nodes.start();
        assertThat(nodes.all()).allMatch(NodeProcess::ready);
        assertThat(nodes.node("node-1").port())
                .isNotEqualTo(nodes.node("node-2").port());
        assertThatThrownBy(() -> nodes.node("node-3")).isInstanceOf(Problem.class);
        run.reaper.close();
        assertThat(nodes.all()).noneMatch(NodeProcess::alive);
        assertThatThrownBy(() -> nodes.node("node-1").start())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The run has ended");
    }

    private static void assertRefused(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }
}
