package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.agent.it.host.TrivialHost;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Lifted;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a host owes to its controller, and what it does not. */
class ControllerIT {
    private static final int UNSAFE_WARNS_FROM = 24;

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    @EachJdk
    void aControllerThatIsNotThereChangesNothing(Jdks.Jdk jdk) throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (HostJvm host = HostJvm.of(jdk, TrivialHost.class)
                .agent("node=n1,controller=127.0.0.1:" + closed + ",journal=" + directory.resolve("journal"))
                .argument(3)
                .start()) {
            assertThat(host.exitCode()).isEqualTo(3);
            assertThat(host.output()).containsExactly("hello");
            assertThat(host.errors())
                    .matches("midwrite: \\S+, node n1, dormant until 127.0.0.1:" + closed + " speaks\n");
        }
    }

    @EachJdk
    void recordingShowsOnlyTheJvmsOwnWarning(Jdks.Jdk jdk) throws IOException {
        try (FakeController controller = new FakeController();
                HostJvm host = start(jdk, controller, "")) {
            controller.record();
            assertThat(host.ask("new a")).isNotEmpty();
            assertThat(host.ask("save a")).startsWith("ok");
            host.tell("exit 5");
            assertThat(host.exitCode()).isEqualTo(5);
            assertThat(host.errors().lines().filter(line -> line.startsWith("midwrite: ")))
                    .hasSize(1);
            assertThat(host.errors().lines().filter(line -> !line.startsWith("midwrite: ")))
                    .allMatch(line -> line.startsWith("WARNING: ") && warnsOfUnsafe(jdk));
        }
    }

    @EachJdk
    void theKillSwitchEndsFaultsWithoutTheController(Jdks.Jdk jdk) throws IOException {
        Path killSwitch = directory.resolve("stop");
        try (FakeController controller = new FakeController();
                HostJvm host = start(jdk, controller, ",kill-switch=" + killSwitch)) {
            controller.record();
            controller.inject(error());
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("error");
            Files.createFile(killSwitch);
            assertThat(controller.awaitLifted(7)).isEqualTo(Lifted.Cause.KILL_SWITCH);
            assertThat(host.ask("save a")).startsWith("ok");
        }
    }

    @EachJdk
    void whatTheHostDoesNotAllowIsRefused(Jdks.Jdk jdk) throws IOException {
        try (FakeController controller = new FakeController();
                HostJvm host = start(jdk, controller, ",faults=delay")) {
            Hello hello = controller.record();
            assertThat(hello.getAllowedFaultsList()).containsExactly("delay");
            assertThat(controller.arm(error()).getRefusal()).isEqualTo("this host does not allow error");
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");
        }
    }

    @EachJdk
    void aPolicyThatCannotBeReadPermitsNothingAndSaysSoAtStart(Jdks.Jdk jdk) throws IOException {
        Path absent = directory.resolve("policy.properties");
        try (FakeController controller = new FakeController();
                HostJvm host = start(jdk, controller, ",policy=" + absent)) {
            assertThat(controller.record().getAllowedFaultsList()).isEmpty();
            assertThat(controller.arm(error()).getRefusal())
                    .startsWith("nothing is permitted on this host: the policy " + absent + " cannot be read");
            assertThat(host.errors())
                    .contains("the policy " + absent + " cannot be read")
                    .contains("no fault");
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");
        }
    }

    @EachJdk
    void aDisabledPointIsNotWoven(Jdks.Jdk jdk) throws IOException {
        try (FakeController controller = new FakeController();
                HostJvm host = start(jdk, controller, ",disable=session.set+lettuce.DefaultEndpoint.write")) {
            controller.record();
            host.ask("new a");
            host.ask("set a x y");
            host.ask("save a");
            controller.awaitRecord(record -> controller.line(record).endsWith("SessionRepository.save AFTER"));
            assertThat(controller.lines())
                    .noneMatch(line -> line.contains("spring.Session.set"))
                    .noneMatch(line -> line.contains("lettuce."));
            assertThat(controller.points().get("spring.Session.set").getReason())
                    .isEqualTo("disabled by configuration");
        }
    }

    @EachJdk
    void theNextIncarnationSendsWhatTheOneThatDiedCouldNot(Jdks.Jdk jdk) throws IOException {
        long died;
        try (FakeController first = new FakeController();
                HostJvm host = start(jdk, first, "")) {
            // On a loaded machine it may have the last record before the node has died.
            first.acknowledgeNothing();
            died = first.record().getIncarnation();
            first.inject(Injection.newBuilder()
                    .setId(7)
                    .setFault("crash")
                    .setPoint("session.save")
                    .setEdge(Edge.AFTER));
            host.ask("new a");
            host.tell("save a");
            assertThat(host.exitCode()).isEqualTo(137);
        }
        try (FakeController second = new FakeController();
                HostJvm host = start(jdk, second, "")) {
            Hello hello = second.record();
            assertThat(host.process().isAlive()).isTrue();
            assertThat(hello.getIncarnation()).isNotEqualTo(died);
            assertThat(hello.getJournalsList())
                    .extracting(JournalPosition::getIncarnation)
                    .contains(died);
            assertThat(second.awaitRecord(record -> record.type() == EventType.FAULT)
                            .outcome())
                    .isEqualTo(FaultKind.CRASH.code());
            second.awaitRecord(record -> second.line(record).equals("LIFECYCLE midwrite.recording BEFORE"));
        }
    }

    private HostJvm start(Jdks.Jdk jdk, FakeController controller, String more) {
        HostJvm host = HostJvm.of(jdk, SessionHost.class)
                .option("-Dio.netty.transport.noNative=true") // Else the JVM warns of the host's own Netty.
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal") + more)
                .argument(redis.port())
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        return host;
    }

    private static Injection.Builder error() {
        return Injection.newBuilder()
                .setId(7)
                .setFault("error")
                .setPoint("session.save")
                .setEdge(Edge.BEFORE);
    }

    private static boolean warnsOfUnsafe(Jdks.Jdk jdk) {
        return Integer.parseInt(jdk.version().split("[.]")[0]) >= UNSAFE_WARNS_FROM;
    }
}
