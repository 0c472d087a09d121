package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.ContainerHost;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Two Tomcats that replicate their sessions to each other, recorded and broken by the shipped agent. */
@Tag("long")
class TomcatClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LABEL = 0xAAL;
    /** In nanoseconds; longer than the test lasts, and it is lifted. */
    private static final long A_LONG_TIME = 3_600_000_000_000L;

    @TempDir
    Path directory;

    private final List<FakeController> controllers = new ArrayList<>();
    private final List<HostJvm> hosts = new ArrayList<>();
    private WebUser here;
    private String herePort;
    private String otherPort;

    @AfterEach
    void stop() {
        hosts.forEach(HostJvm::close);
        controllers.forEach(FakeController::close);
    }

    /** Acknowledged means applied here: the cluster sends synchronously. */
    @EachJdk
    void aDeltaIsSentAndAppliedAndNobodyIsToldWhenItFails(Jdks.Jdk jdk) throws IOException {
        start(jdk, "delta");
        here.get("/set?name=a&value=1", 1);
        assertThat(here.at(otherPort).get("/get?name=a", 2)).isEqualTo("1");
        controllers.get(0).awaitRecord(record -> is(0, record, "tomcat.CoyoteAdapter.service AFTER"));
        assertThat(controllers.get(0).lines())
                .containsSubsequence(
                        "OPERATION tribes.GroupChannel.send BEFORE SESSION-MODIFIED ack=applied",
                        "OPERATION tribes.GroupChannel.send AFTER",
                        "OPERATION tomcat.Session.setAttribute BEFORE a",
                        "OPERATION tribes.GroupChannel.send BEFORE SESSION-DELTA ack=applied",
                        "OPERATION tribes.GroupChannel.send AFTER",
                        "OPERATION tomcat.CoyoteAdapter.service AFTER");
        controllers.get(1).awaitRecord(record -> is(1, record, "tribes.DeltaManager.messageReceived AFTER"));
        assertThat(controllers.get(1).lines())
                .contains(
                        "OPERATION tribes.DeltaManager.messageReceived BEFORE SESSION-MODIFIED",
                        "OPERATION tribes.DeltaManager.messageReceived BEFORE SESSION-DELTA")
                .as("what is applied is no change by the application")
                .noneMatch(line -> line.contains("tomcat.Session.setAttribute"));

        controllers.get(0).inject(injection("error", "replica.send", Edge.BEFORE));
        assertThat(here.get("/set?name=a&value=2", 3)).isEqualTo("ok");
        assertThat(here.at(otherPort).get("/get?name=a", 4)).isEqualTo("1");
        controllers
                .get(0)
                .awaitRecord(record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.ERROR.code());
    }

    @EachJdk
    void anEntryIsSentToItsBackup(Jdks.Jdk jdk) throws IOException {
        start(jdk, "backup");
        here.get("/set?name=a&value=1", 1);
        assertThat(here.at(otherPort).get("/get?name=a", 2)).isEqualTo("1");
        controllers
                .get(0)
                .awaitRecord(record -> is(0, record, "tribes.GroupChannel.send BEFORE MSG_BACKUP whole ack=applied"));
        controllers
                .get(1)
                .awaitRecord(record -> is(1, record, "tribes.AbstractReplicatedMap.messageReceived BEFORE MSG_BACKUP"));
        whileOneIsHeldTheOthersAreReplicated();
    }

    private void whileOneIsHeldTheOthersAreReplicated() throws IOException {
        controllers
                .get(0)
                .inject(injection("delay", "replica.send", Edge.BEFORE)
                        .setAmount(A_LONG_TIME)
                        .setSessions(Sessions.newBuilder().addLabels(LABEL)));
        CompletableFuture<String> held = here.begin("/set?name=a&value=2", 3);
        controllers
                .get(0)
                .awaitRecord(record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.DELAY.code());
        WebUser other = new WebUser(herePort, LABEL + 1);
        for (int value = 1; value < 5; value++) {
            assertThat(other.get("/set?name=a&value=" + value, 10L + value)).isEqualTo("ok");
            assertThat(other.at(otherPort).get("/get?name=a", 20L + value)).isEqualTo(Integer.toString(value));
        }
        assertThat(held).as("no selector waits with it").isNotDone();
        controllers.get(0).lift(7);
        assertThat(held).succeedsWithin(PATIENCE).isEqualTo("ok");
        assertThat(here.at(otherPort).get("/get?name=a", 30)).isEqualTo("2");
    }

    private boolean is(int node, dev.midwrite.event.EventRecord record, String line) {
        return controllers.get(node).line(record).equals("OPERATION " + line);
    }

    private void start(Jdks.Jdk jdk, String manager) throws IOException {
        controllers.add(new FakeController());
        controllers.add(new FakeController());
        int[] ports = freePorts(); // After the controllers, which would take one of them.
        String[] web = new String[2];
        for (int node = 0; node < 2; node++) {
            FakeController controller = controllers.get(node);
            Path own = Files.createDirectory(directory.resolve("n" + node));
            HostJvm host = HostJvm.of(jdk, ContainerHost.class)
                    .agent("node=n" + node + ",controller=" + controller.address() + ",journal="
                            + own.resolve("journal"))
                    .argument(own)
                    .argument(manager)
                    .argument(ports[node])
                    .argument(ports[1 - node])
                    .start();
            hosts.add(host);
            // One after the other: a DeltaManager that asks a member which has no sessions' manager yet waits 60 s for
            // its answer.
            web[node] = host.nextLine();
            controller.record();
        }
        for (HostJvm host : hosts) {
            Awaitility.await().atMost(PATIENCE).until(() -> host.ask("members").equals("1"));
        }
        herePort = web[0];
        here = new WebUser(herePort, LABEL);
        otherPort = web[1];
    }

    /** Members must know each other's ports before they listen. */
    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }
}
