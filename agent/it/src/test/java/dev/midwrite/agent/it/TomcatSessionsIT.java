package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.ContainerHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Requests of users to sessions that Tomcat keeps, in memory and in files. */
@Tag("long")
class TomcatSessionsIT {
    private static final int HALTED = 137;
    private static final long LABEL = 0xAAL;

    @TempDir
    Path directory;

    private Path sessions;
    private FakeController controller;
    private HostJvm host;
    private String port;
    private WebUser user;

    @BeforeEach
    void startController() throws IOException {
        sessions = Files.createDirectory(directory.resolve("sessions"));
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    @EachJdk
    void inMemoryAChangeIsSeenAtOnce(Jdks.Jdk jdk) throws IOException {
        start(jdk, "memory");
        user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1);
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        user.get("/rename", 3);
        user.get("/logout", 4);
        awaitEnd(4);
        assertThat(controller.lines(1))
                .containsExactly(
                        "OPERATION tomcat.CoyoteAdapter.service BEFORE",
                        "OPERATION tomcat.Manager.createSession BEFORE",
                        "OPERATION tomcat.Manager.createSession AFTER",
                        "OPERATION tomcat.Session.setAttribute BEFORE a",
                        "OPERATION tomcat.Session.setAttribute AFTER",
                        "OPERATION tomcat.Processor.prepareResponse BEFORE",
                        "OPERATION tomcat.Processor.prepareResponse AFTER",
                        "OPERATION tomcat.CoyoteAdapter.service AFTER");
        assertThat(controller.lines(2)).contains("OPERATION tomcat.Manager.findSession AFTER");
        assertThat(controller.lines(3)).contains("OPERATION tomcat.Manager.changeSessionId AFTER");
        assertThat(controller.lines(4)).contains("OPERATION tomcat.Session.invalidate AFTER");
        EventRecord set = controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION tomcat.Session.setAttribute AFTER"));
        EventRecord renamed = controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION tomcat.Manager.changeSessionId AFTER"));
        assertThat(set.writeId()).isEqualTo(0x77);
        assertThat(renamed.session()).isEqualTo(set.session());
        assertThat(renamed.digest()).isNotZero().isNotEqualTo(set.session());
    }

    @EachJdk
    void aStopWritesAllSessionsIntoOneFile(Jdks.Jdk jdk) throws IOException {
        start(jdk, "memory");
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        controller.inject(injection("tear", "file.write", Edge.INSIDE).setAmount(10));
        host.tell("");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(sessions.resolve("SESSIONS.ser")).hasSize(10);
    }

    @EachJdk
    void aSaveToAFileIsRecordedWithItsSteps(Jdks.Jdk jdk) throws IOException {
        start(jdk, "files");
        user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1);
        awaitEnd(1);
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        assertThat(controller.lines(1))
                .containsSubsequence(
                        "OPERATION tomcat.Store.save BEFORE",
                        "OPERATION file.FileOutputStream.open BEFORE 1 open",
                        "OPERATION tomcat.Store.save STEP 1 open",
                        "OPERATION file.FileOutputStream.write BEFORE 2 write",
                        "OPERATION tomcat.Store.save STEP 2 write",
                        "OPERATION tomcat.Store.save AFTER",
                        "OPERATION tomcat.CoyoteAdapter.service AFTER");
        assertThat(controller.records())
                .filteredOn(record -> controller.line(record).equals("OPERATION tomcat.Store.save BEFORE"))
                .first()
                .satisfies(save -> assertThat(save.writeId()).isEqualTo(0x77));
    }

    @EachJdk
    void inWhichDirectorySessionsAreIsSaidOnceTwoAreThere(Jdks.Jdk jdk) throws IOException {
        start(jdk, "files");
        user.get("/set?name=a&value=1", 1);
        new WebUser(port, 0xBBL).get("/set?name=a&value=1", 2);
        EventRecord location = controller.awaitRecord(record -> record.type() == EventType.LOCATION);
        assertThat(controller.line(location)).endsWith("key=" + sessions.toRealPath() + "/{id}\naddress=");
    }

    /** The file is emptied before it is written anew: a crash in between loses what was acknowledged long before. */
    @EachJdk
    void aCrashAfterTheFileWasOpenedLosesTheSession(Jdks.Jdk jdk) throws IOException {
        start(jdk, "files");
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        assertThat(file()).isNotEmptyFile();
        controller.inject(injection("crash", "session.save", Edge.STEP).setStep(1));
        assertThatThrownBy(() -> user.get("/set?name=a&value=2", 2)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(file()).isEmptyFile();
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
        startAgain(jdk);
        assertThat(user.get("/get?name=a", 3)).isEqualTo("no session");
    }

    @EachJdk
    void aTornFileCannotBeLoaded(Jdks.Jdk jdk) throws IOException {
        start(jdk, "files");
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        controller.inject(injection("tear", "session.save", Edge.INSIDE)
                .setCommand("write")
                .setAmount(100));
        assertThatThrownBy(() -> user.get("/set?name=a&value=2", 2)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(file()).hasSize(100);
        startAgain(jdk);
        assertThat(user.get("/get?name=a", 3)).isEqualTo("no session");
    }

    private Path file() throws IOException {
        try (Stream<Path> all = Files.list(sessions)) {
            return all.filter(file -> file.toString().endsWith(".session"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void awaitEnd(long request) {
        controller.awaitLine(request, "OPERATION tomcat.CoyoteAdapter.service AFTER");
    }

    private void start(Jdks.Jdk jdk, String where) {
        host = HostJvm.of(jdk, ContainerHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(sessions)
                .argument(where)
                .start();
        port = host.nextLine();
        user = new WebUser(port, LABEL);
        controller.record();
    }

    /** Without the agent: what is there is in the files. */
    private void startAgain(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, ContainerHost.class)
                .argument(sessions)
                .argument("files")
                .start();
        user = user.at(host.nextLine());
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }
}
