package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes to a JVM that has been running for a while. */
class AttachIT {
    private static TestRedis redis;

    @TempDir
    Path directory;

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @BeforeAll
    static void startRedis() throws IOException {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.close();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classesThatWereInUseAreWoven(Jdks.Jdk jdk) throws Exception {
        try (FakeController controller = new FakeController();
                HostJvm host = HostJvm.of(jdk, SessionHost.class)
                        .argument(redis.port())
                        .start()) {
            assertThat(host.nextLine()).isEqualTo("ready");
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");

            attach(host, "node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"));
            controller.record();
            controller.awaitWoven("spring.SessionRepository.save");
            controller.inject(Injection.newBuilder()
                    .setId(7)
                    .setFault("error")
                    .setPoint("session.save")
                    .setEdge(Edge.BEFORE)
                    .setTrigger(Trigger.newBuilder().setAtMost(1)));
            assertThat(host.ask("save a")).startsWith("error");
            assertThat(controller.awaitLifted(7)).isEqualTo(Lifted.Cause.EXHAUSTED);
            assertThat(host.ask("save a")).startsWith("ok");

            // A second one finds the first at work and leaves the host alone.
            attach(host, "node=n2,controller=" + controller.address());
            assertThat(host.ask("save a")).startsWith("ok");
            assertThat(host.errors()).contains("midwrite: already in this JVM; this copy does nothing");
        }
    }

    private static void attach(HostJvm host, String arguments) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(host.process().pid()));
        try {
            jvm.loadAgent(HostJvm.agentJar().toString(), arguments);
        } finally {
            jvm.detach();
        }
    }
}
