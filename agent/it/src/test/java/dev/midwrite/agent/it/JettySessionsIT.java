package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.JettyHost;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Requests of users to Jetty with its sessions in files, recorded and broken by the shipped agent. */
@Tag("long")
class JettySessionsIT {
    private static final int HALTED = 137;

    @TempDir
    Path directory;

    private Path sessions;
    private FakeController controller;
    private HostJvm host;
    private WebUser user;

    @BeforeEach
    void start() throws IOException {
        sessions = Files.createDirectory(directory.resolve("sessions"));
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    /** The old file goes before the new one is made. */
    @EachJdk
    void aCrashBetweenDeleteAndWriteLosesTheSession(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.get("/set?name=a&value=1", 1);
        controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION jetty.SessionDataStore.doStore AFTER"));
        assertThat(sessions).isDirectoryContaining("glob:**");
        assertThat(controller.lines())
                .as("Jetty saves when the answer has begun")
                .containsSubsequence(
                        "OPERATION jetty.Server.handle BEFORE",
                        "OPERATION jetty.HttpStream.send BEFORE",
                        "OPERATION jetty.HttpStream.send AFTER",
                        "OPERATION file.FileOutputStream.open BEFORE 1 open",
                        "OPERATION jetty.SessionDataStore.doStore STEP 1 open",
                        "OPERATION file.FileOutputStream.write BEFORE 2 write",
                        "OPERATION jetty.SessionDataStore.doStore AFTER");
        controller.inject(Injection.newBuilder()
                .setId(7)
                .setFault("crash")
                .setPoint("file.FileOutputStream.open")
                .setEdge(Edge.BEFORE));
        try {
            user.get("/set?name=a&value=2", 2);
        } catch (IOException e) {
            // Jetty saves when the answer has gone; the user may have it, or not.
        }
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(sessions).isEmptyDirectory();
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
    }

    @EachJdk
    void aCrashAtTheCommitComesBeforeTheFirstByteAndTheSave(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        controller.inject(Injection.newBuilder()
                .setId(7)
                .setFault("crash")
                .setPoint("response.commit")
                .setEdge(Edge.BEFORE));
        assertThatThrownBy(() -> user.get("/set?name=a&value=1", 1)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(sessions).isEmptyDirectory();
        assertThat(Journals.lastRecord(directory).request()).isEqualTo(1);
    }

    @EachJdk
    void aLogoutDeletes(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        user.get("/set?name=a&value=1", 1);
        controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION jetty.SessionDataStore.doStore AFTER"));
        user.get("/logout", 2);
        controller.awaitRecord(record -> controller.line(record).equals("OPERATION jetty.SessionDataMap.delete AFTER"));
        assertThat(sessions).isEmptyDirectory();
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, JettyHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(sessions)
                .start();
        user = new WebUser(host.nextLine(), 0xAAL);
        controller.record();
    }
}
