package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.ContainerHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What befalls a node with Tomcat's own sessions, whatever operations pass. */
class NodeFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LABEL = 0xAAL;

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;
    private String port;
    private WebUser user;

    @BeforeEach
    void startController() throws IOException {
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    @EachJdk
    void theHeapIsFullToTheShareAndUsersAreServedUntilItIsFreeAgain(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        assertThat(user.get("/set?name=a&value=1", 1)).isEqualTo("ok");
        assertThat(heap(2)).isLessThan(60);
        assertThat(controller.inject(injection("pressure", "node").setShare(0.8)))
                .containsExactly("jvm.Heap");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heap(3)).isBetween(75, 85));
        assertThat(user.get("/get?name=a", 4)).isEqualTo("1");
        EventRecord fault = controller.awaitRecord(record -> record.type() == EventType.FAULT);
        assertThat(fault.outcome()).isEqualTo(FaultKind.PRESSURE.code());
        assertThat(controller.pointOf(fault)).isEqualTo("jvm.Heap");
        controller.lift(7);
        controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(heap(5)).isLessThan(60);
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.FAULT)
                .hasSize(1);
    }

    @EachJdk
    void sessionsThatReadAClockAheadEndEarlyAndForGood(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        assertThat(user.get("/set?name=a&value=1", 1)).isEqualTo("ok");
        assertThat(controller.inject(injection("clock", "session.clock").setOffsetMillis(3_600_000)))
                .containsExactly("tomcat.Session.clock");
        EventRecord fault = controller.awaitRecord(record -> record.type() == EventType.FAULT);
        assertThat(fault.outcome()).isEqualTo(FaultKind.CLOCK.code());
        assertThat(controller.pointOf(fault)).isEqualTo("tomcat.Session.clock");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(user.get("/get?name=a", 2)).isEqualTo("no session"));
        WebUser later = new WebUser(port, LABEL + 1);
        assertThat(later.get("/set?name=a&value=2", 3)).isEqualTo("ok");
        assertThat(later.get("/get?name=a", 4)).as("made by the same clock").isEqualTo("2");
        controller.lift(7);
        controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(later.get("/get?name=a", 5)).isEqualTo("2");
        assertThat(user.get("/get?name=a", 6)).as("Tomcat has ended it").isEqualTo("no session");
    }

    /** Percent. */
    private int heap(long request) throws IOException {
        return Integer.parseInt(user.get("/heap", request));
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, ContainerHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .option("-Xmx128m")
                .argument(directory)
                .argument("memory")
                .start();
        port = host.nextLine();
        user = new WebUser(port, LABEL);
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(Edge.BEFORE);
    }
}
