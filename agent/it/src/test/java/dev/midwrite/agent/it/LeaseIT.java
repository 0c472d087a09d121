package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.EventType;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose words do not arrive any more, while the connection to it seems to be fine. */
class LeaseIT {
    private static final long LEASE_MILLIS = 1_900;
    private static final Duration DELAY = Duration.ofMinutes(10);
    /** Not the lease: this machine may have other things to do. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    @EachJdk
    void aDelayUnderWayEndsWhenTheWayToTheControllerSwallowsAll(Jdks.Jdk jdk) throws Exception {
        try (FakeController controller = new FakeController();
                Tap way = new Tap(controller.port());
                HostJvm host = HostJvm.of(jdk, SessionHost.class)
                        .agent("node=n1,controller=127.0.0.1:" + way.port() + ",journal="
                                + directory.resolve("journal"))
                        .argument(redis.port())
                        .start()) {
            assertThat(host.nextLine()).isEqualTo("ready");
            controller.record();
            controller.renewLeases(LEASE_MILLIS);
            controller.inject(Injection.newBuilder()
                    .setId(7)
                    .setFault("delay")
                    .setPoint("session.save")
                    .setEdge(Edge.BEFORE)
                    .setAmount(DELAY.toNanos()));
            host.ask("new a");
            host.tell("save a");
            controller.awaitRecord(record -> record.type() == EventType.FAULT);
            way.swallow();
            long swallowed = System.nanoTime();
            assertThat(host.nextLine()).startsWith("ok");
            assertThat(Duration.ofNanos(System.nanoTime() - swallowed)).isLessThan(SOON);
            long saved = System.nanoTime();
            assertThat(host.ask("save a")).startsWith("ok");
            assertThat(Duration.ofNanos(System.nanoTime() - saved)).isLessThan(SOON);
        }
    }
}
