package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.UndertowHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Requests of users to Undertow with its sessions in memory, recorded and broken by the shipped agent. */
@Tag("long")
class UndertowIT {
    private static final int HALTED = 137;
    private static final long LABEL = 0xAAL;
    private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final String SERVICE = "OPERATION undertow.Connectors.executeRootHandler ";
    private static final String COMMIT = "OPERATION undertow.HttpServerExchange.startResponse ";
    private static final String SESSION = "OPERATION undertow.Session.";

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
    void aSessionsLifeIsRecordedWithItsRequests(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1);
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        user.get("/rename", 3);
        user.get("/logout", 4);
        user.get("/set?name=a&value=1", 5);
        user.get("/expire", 6);
        awaitEnd(6);
        assertThat(controller.lines(1))
                .containsExactly(
                        SERVICE + "BEFORE",
                        "OPERATION undertow.SessionManager.createSession BEFORE",
                        "OPERATION undertow.SessionManager.createSession AFTER",
                        SESSION + "setAttribute BEFORE a",
                        SESSION + "setAttribute AFTER",
                        COMMIT + "BEFORE",
                        COMMIT + "AFTER",
                        SERVICE + "AFTER");
        assertThat(controller.lines(2)).contains("OPERATION undertow.SessionManager.getSession AFTER");
        EventRecord set =
                controller.awaitRecord(record -> controller.line(record).equals(SESSION + "setAttribute AFTER"));
        EventRecord renamed =
                controller.awaitRecord(record -> controller.line(record).equals(SESSION + "changeSessionId AFTER"));
        EventRecord ended =
                controller.awaitRecord(record -> controller.line(record).equals(SESSION + "invalidate AFTER"));
        assertThat(set.writeId()).isEqualTo(0x77);
        assertThat(renamed.session()).isEqualTo(set.session());
        assertThat(renamed.digest()).isEqualTo(ended.session()).isNotEqualTo(set.session());
        EventRecord expired =
                controller.awaitRecord(record -> controller.line(record).equals(SESSION + "expire AFTER"));
        assertThat(expired.request()).as("its time is up, and nobody asked").isZero();
        assertThat(expired.session()).isNotZero();
    }

    /** There is one I/O thread: were it made to wait, nobody would be answered. */
    @EachJdk
    void whileOneIsHeldTheOthersAreServed(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser other = new WebUser(port, 0xBBL);
        user.get("/set?name=a&value=1", 1);
        controller.inject(injection("delay", "response.commit", Edge.BEFORE)
                .setAmount(A_MINUTE)
                .setSessions(Sessions.newBuilder().addLabels(LABEL)));
        CompletableFuture<String> held = user.begin("/get?name=a", 2);
        controller.awaitRecord(record -> record.type() == EventType.FAULT);
        for (int value = 3; value < 8; value++) {
            assertThat(other.get("/set?name=a&value=" + value, value)).isEqualTo("ok");
        }
        assertThat(held).isNotDone();
        controller.lift(7);
        assertThat(held).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("1");
    }

    @EachJdk
    void aCrashAtTheCommitComesBeforeTheFirstByte(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.get("/set?name=a&value=1", 1);
        controller.inject(injection("crash", "response.commit", Edge.BEFORE));
        assertThatThrownBy(() -> user.get("/set?name=a&value=2", 2)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
    }

    @EachJdk
    void theServersEndIsAPhase(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.get("/set?name=a&value=1", 1);
        controller.inject(injection("crash", "undertow.Undertow.stop", Edge.AFTER));
        host.tell("");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(Journals.lastRecord(directory).type()).isEqualTo(EventType.FAULT);
    }

    private void awaitEnd(long request) {
        controller.awaitLine(request, SERVICE + "AFTER");
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, UndertowHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .start();
        port = host.nextLine();
        user = new WebUser(port, LABEL);
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }
}
