package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of Tomcat 9 that memcached-session-manager keeps in two real memcached nodes; broken by the shipped agent. */
@Tag("long")
class MemcachedIT {
    private static final int HALTED = 137;
    private static final int INJECTION = 7;
    private static final String SAVE = "OPERATION memcached.BackupSessionTask.storeSessionInMemcached";
    private static final String BACKUP = "OPERATION memcached.OnAfterBackupSessionTask.saveSessionBackupFromResult";
    private static final long LABEL = 0xAAL;

    @RegisterExtension
    static final TestMemcached memcached = new TestMemcached(2);

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;
    private WebUser user;
    private String port;
    private int starts;

    @BeforeEach
    void startController() throws IOException {
        memcached.clear();
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
        controller.close();
    }

    @EachJdk
    void aSessionIsRecordedWithItsStepsAndItsBackup(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.post("/probe/create", 1);
        awaitEnd(1);
        user.post("/probe/register/a?value=" + ProbeValue.of(0x77), 2);
        awaitEnd(2);
        assertThat(user.get("/probe/register/a", 3)).contains(ProbeValue.of(0x77));
        awaitEnd(3);
        user.post("/probe/logout", 4);
        awaitEnd(4);
        assertThat(controller.lines(2))
                .containsSubsequence(
                        "OPERATION tomcat.Manager.findSession BEFORE",
                        "OPERATION tomcat.Manager.findSession STEP 1 add", // The lock.
                        "OPERATION tomcat.Manager.findSession STEP 2 get",
                        "OPERATION tomcat.Manager.findSession AFTER",
                        "OPERATION memcached.BackupSessionTask.storeSessionInMemcached BEFORE",
                        "OPERATION memcached.MemcachedConnection.enqueueOperation BEFORE 1 set",
                        "OPERATION memcached.BackupSessionTask.storeSessionInMemcached STEP 1 set",
                        "OPERATION memcached.BackupSessionTask.storeSessionInMemcached AFTER",
                        "OPERATION tomcat.CoyoteAdapter.service AFTER");
        assertThat(controller.lines()).contains(BACKUP + " BEFORE", BACKUP + " AFTER");
        assertThat(controller.lines(4))
                .containsSubsequence(
                        "OPERATION tomcat.Session.invalidate BEFORE",
                        "OPERATION tomcat.Session.invalidate STEP 1 delete",
                        "OPERATION tomcat.Session.invalidate AFTER");
        EventRecord save = controller.awaitRecord(
                record -> record.request() == 2 && controller.line(record).equals(SAVE + " BEFORE"));
        assertThat(save.writeId()).isEqualTo(0x77);
    }

    /** Its caller is answered as ever: memcached-session-manager logs the failure. */
    @EachJdk
    void aSaveThatFailsOrIsDroppedIsAnsweredAllTheSame(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.post("/probe/create", 1);
        for (String fault : List.of("error", "drop")) {
            controller.inject(injection(fault, "store.command", Edge.BEFORE).setCommand("set"));
            assertThat(user.post("/probe/counter", 2)).contains("\"value\":1");
            controller.lift(INJECTION);
            controller.awaitLifted(INJECTION);
            assertThat(user.get("/probe/counter", 3)).as("after " + fault).contains("\"value\":0");
        }
    }

    /** Nobody waits for it, so nobody learns that it is missing. */
    @EachJdk
    void aDroppedBackupIsMissingAtTheOtherNode(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.post("/probe/create", 1);
        String whole = user.sessionId();
        Awaitility.await().until(() -> memcached.holds(other(whole), "bak:" + whole));
        controller.inject(injection("drop", "replica.send", Edge.BEFORE));
        user.post("/probe/create", 2);
        String alone = user.sessionId();
        controller.awaitRecord(record -> record.type() == EventType.FAULT);
        // The times of the last access go the same way, after the session: once they are there, it would be, too.
        Awaitility.await().until(() -> memcached.holds(other(alone), "bak:validity:" + alone));
        assertThat(memcached.holds(own(alone), alone)).isTrue();
        assertThat(memcached.holds(other(alone), "bak:" + alone)).isFalse();
    }

    @EachJdk
    void aTornCommandLeavesTheSessionAsItWas(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.post("/probe/create", 1);
        user.post("/probe/counter", 2);
        controller.inject(
                injection("tear", "session.save", Edge.INSIDE).setCommand("set").setAmount(200));
        assertThatThrownBy(() -> user.post("/probe/counter", 3)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        EventRecord fault = Journals.lastRecord(directory.resolve("journal-1"));
        assertThat(fault.outcome()).isEqualTo(FaultKind.TEAR.code());
        assertThat(fault.digest()).isEqualTo(200);
        WebUser same = user;
        controller.close();
        controller = new FakeController();
        start(jdk);
        assertThat(same.at(port).get("/probe/counter", 4)).contains("\"value\":1");
    }

    /** The node of memcached whose name stands at the id's end. */
    private static String own(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    private static String other(String id) {
        return own(id).equals("n1") ? "n2" : "n1";
    }

    private void awaitEnd(long request) {
        controller.awaitLine(request, "OPERATION tomcat.CoyoteAdapter.service AFTER");
    }

    private void start(Jdks.Jdk jdk) {
        starts++;
        host = HostJvm.memcachedSessions(jdk)
                .agent("node=n1,controller=" + controller.address() + ",journal="
                        + directory.resolve("journal-" + starts))
                .argument("node-1")
                .argument(0)
                .argument(memcached.nodes())
                .argument("all")
                .start();
        port = host.nextLine();
        user = new WebUser(port, LABEL);
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder()
                .setId(INJECTION)
                .setFault(fault)
                .setPoint(point)
                .setEdge(edge);
    }
}
