package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.JdbcHost;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over JDBC and a real PostgreSQL: what is there after a crash on either side of a commit. */
@Tag("long")
class PostgresIT {
    private static final int HALTED = 137;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.postgres();

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;

    @BeforeEach
    void startController() throws IOException, SQLException {
        database.clear();
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    @EachJdk
    void aCrashBetweenTwoStatementsLeavesNothing(Jdks.Jdk jdk) throws IOException, SQLException {
        String id = crash(jdk, injection("crash", "session.save", Edge.STEP).setStep(1));
        assertThat(database.holds(id)).isFalse();
    }

    @EachJdk
    void aCrashAfterTheCommitLeavesAllThatNobodyWasTold(Jdks.Jdk jdk) throws IOException, SQLException {
        String id = crash(jdk, injection("crash", "store.commit", Edge.AFTER));
        assertThat(database.attributes(id)).containsExactly("x");
    }

    @EachJdk
    void anErrorAfterTheCommitIsToldAndAllIsThere(Jdks.Jdk jdk) throws SQLException {
        start(jdk);
        controller.inject(injection("error", "store.commit", Edge.AFTER));
        String id = first(host.ask("new a"));
        host.ask("set a x y");
        assertThat(host.ask("save a")).startsWith("error org.springframework");
        assertThat(database.attributes(id)).containsExactly("x");
    }

    /** Of a session whose first save ends the host. */
    private String crash(Jdks.Jdk jdk, Injection.Builder injection) throws IOException {
        start(jdk);
        controller.inject(injection);
        String id = first(host.ask("new a"));
        host.ask("set a x y");
        host.tell("save a");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
        return id;
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, JdbcHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(database.url())
                .argument(database.user())
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }

    private static String first(String answer) {
        return answer.split(" ")[0];
    }
}
