package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Trigger;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The agent comes to a JVM that has been running for a while. */
class AttachIT {
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    @EachJdk
    void classesThatWereInUseAreWoven(Jdks.Jdk jdk) throws Exception {
        try (FakeController controller = new FakeController();
                HostJvm host = HostJvm.of(jdk, SessionHost.class)
                        .argument(redis.port())
                        .start()) {
            assertThat(host.nextLine()).isEqualTo("ready");
            host.ask("new a");
            assertThat(host.ask("save a")).startsWith("ok");

            host.attach("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"));
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
            host.attach("node=n2,controller=" + controller.address());
            assertThat(host.ask("save a")).startsWith("ok");
            await().untilAsserted(() ->
                    assertThat(host.errors()).contains("midwrite: already in this JVM; this copy does nothing"));
        }
    }
}
