package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.JdbcHost;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over JDBC, a pool and a served H2, recorded and broken by the shipped agent. */
class JdbcIT {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.h2();

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
    void aSaveIsRecordedWithItsStatementsAndItsCommit(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("other one");
        host.ask("new a");
        host.ask("set a attribute secret");
        host.ask("save a");
        awaitSave();
        assertThat(controller.lines())
                .filteredOn(line -> line.contains("jdbc.") || line.contains("save"))
                .startsWith(
                        "OPERATION spring.SessionRepository.save BEFORE main",
                        "OPERATION jdbc.Statement.executeUpdate BEFORE 1 INSERT SPRING_SESSION",
                        "OPERATION spring.SessionRepository.save STEP 1 INSERT SPRING_SESSION",
                        "OPERATION jdbc.Statement.executeUpdate BEFORE 2 INSERT SPRING_SESSION_ATTRIBUTES",
                        "OPERATION spring.SessionRepository.save STEP 2 INSERT SPRING_SESSION_ATTRIBUTES",
                        "OPERATION jdbc.Connection.commit BEFORE 3 COMMIT",
                        "OPERATION spring.SessionRepository.save STEP 3 COMMIT")
                .endsWith("OPERATION spring.SessionRepository.save AFTER")
                .allSatisfy(line -> assertThat(line).doesNotContain("VALUES").doesNotContain("secret"));
    }

    @EachJdk
    void aFailedStatementRollsTheSaveBack(Jdks.Jdk jdk) throws SQLException {
        start(jdk);
        controller.inject(
                injection("error", "store.command", Edge.BEFORE).setCommand("INSERT SPRING_SESSION_ATTRIBUTES"));
        String id = first(host.ask("new a"));
        host.ask("set a x y");
        assertThat(host.ask("save a")).startsWith("error org.springframework.dao.DataAccessResourceFailureException");
        controller.awaitRecord(record -> controller.line(record).endsWith("STEP 3 ROLLBACK"));
        assertThat(database.holds(id)).isFalse();
    }

    @EachJdk
    void aDroppedStatementIsAcknowledgedAndTheRestIsThere(Jdks.Jdk jdk) throws SQLException {
        start(jdk);
        controller.inject(
                injection("drop", "store.command", Edge.BEFORE).setCommand("INSERT SPRING_SESSION_ATTRIBUTES"));
        String id = first(host.ask("new a"));
        host.ask("set a x y");
        assertThat(host.ask("save a")).startsWith("ok");
        assertThat(database.holds(id)).isTrue();
        assertThat(database.attributes(id)).isEmpty();
    }

    private void awaitSave() {
        controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION spring.SessionRepository.save AFTER"));
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
