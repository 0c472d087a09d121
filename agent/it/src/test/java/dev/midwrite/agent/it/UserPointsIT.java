package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.OwnSessionsHost;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.SessionHash;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of sessions that the agent does not know, described in a file, recorded and broken by the shipped agent. */
class UserPointsIT {
    private static final String SAVE = "baskets.SessionRepository.save";
    private static final String READ = "baskets.SessionRepository.read";

    private static final String DESCRIBED = """
            baskets.session.save.type = dev.midwrite.agent.it.host.OwnSessions
            baskets.session.save.method = keep
            baskets.session.save.id = 0.owner
            baskets.session.read.type = dev.midwrite.agent.it.host.OwnSessions
            baskets.session.read.method = fetch
            baskets.session.read.id = 0
            baskets.session.delete.type = dev.midwrite.agent.it.host.OwnSessions
            baskets.session.delete.method = forget
            baskets.session.delete.id = 0
            """;

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;

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
    void whatIsDescribedIsRecordedAndBroken(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        assertThat(host.ask("keep ann apple")).isEqualTo("ok");
        controller.awaitWoven(SAVE, READ);
        assertThat(controller
                        .awaitRecord(record -> controller.line(record).equals("OPERATION " + SAVE + " AFTER"))
                        .session())
                .isEqualTo(new SessionHash(FakeController.SESSION_KEY).of("ann"));

        controller.inject(injection(1, "drop", "session.save").setTrigger(once()));
        assertThat(host.ask("keep ann pear")).isEqualTo("ok");
        assertThat(host.ask("fetch ann")).as("acknowledged and not done").isEqualTo("apple");
        controller.inject(injection(2, "error", READ).setTrigger(once()));
        assertThat(host.ask("fetch ann")).isEqualTo("error java.lang.IllegalStateException");
        assertThat(host.ask("fetch ann")).isEqualTo("apple");

        assertThat(controller.arm(injection(3, "drop", READ)).getRefusal())
                .isEqualTo("drop at " + READ + " is impossible: its method returns a value, which nobody can make up");
        controller.inject(injection(4, "crash", "session.save").setEdge(Edge.AFTER));
        host.tell("keep ann cherry");
        assertThat(host.exitCode()).isEqualTo(FaultKind.HALT_STATUS);
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
    }

    @EachJdk
    void whatFitsNothingIsRefusedWithTheReason(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        assertThat(host.ask("keep ann apple")).isEqualTo("ok");
        controller.awaitWoven(SAVE);
        String reason = "dev.midwrite.agent.it.host.OwnSessions declares no method forget; name the class that does";
        Map<String, Point> points = controller.points();
        assertThat(points.get("baskets.SessionRepository.delete").getState()).isEqualTo(Point.State.FAILED);
        assertThat(points.get("baskets.SessionRepository.delete").getReason()).isEqualTo(reason);
        assertThat(controller
                        .arm(injection(1, "delay", "baskets.SessionRepository.delete"))
                        .getRefusal())
                .isEqualTo("delay at baskets.SessionRepository.delete is impossible: " + reason);
    }

    @EachJdk
    void aFileThatIsWrongLeavesTheHostAlone(Jdks.Jdk jdk) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.points"), "baskets.session.save.typ = a.b.C\n");
        host = HostJvm.of(jdk, OwnSessionsHost.class).agent("points=" + file).start();
        assertThat(host.nextLine()).isEqualTo("ready");
        assertThat(host.ask("keep ann apple")).isEqualTo("ok");
        assertThat(host.errors()).contains("dormant: points, " + file + ": 'baskets.session.save.typ' is no key");
    }

    private void start(Jdks.Jdk jdk) throws IOException {
        Path file = Files.writeString(directory.resolve("baskets.points"), DESCRIBED);
        host = HostJvm.of(jdk, OwnSessionsHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal")
                        + ",points=" + file)
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
    }

    private static dev.midwrite.link.v1.Trigger.Builder once() {
        return dev.midwrite.link.v1.Trigger.newBuilder().setAtMost(1);
    }

    private static Injection.Builder injection(int id, String fault, String point) {
        return Injection.newBuilder().setId(id).setFault(fault).setPoint(point).setEdge(Edge.BEFORE);
    }
}
