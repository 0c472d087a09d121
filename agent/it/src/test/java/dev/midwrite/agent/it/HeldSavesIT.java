package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Saves that are acknowledged and reach a real Redis later, or never. */
class HeldSavesIT {
    private static final int HALTED = 137;
    private static final long AN_HOUR = 3_600_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;

    @BeforeEach
    void startController() throws IOException {
        redis.clear();
        controller = new FakeController();
    }

    @AfterEach
    void stop() {
        host.close();
        controller.close();
    }

    @EachJdk
    void whatLagsReachesTheStoreAsItWasSaved(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(injection(7, "lag", "session.save").setAmount(AN_HOUR));
        String id = first(host.ask("new a"));
        host.ask("set a x saved");
        assertThat(host.ask("save a")).startsWith("ok");
        assertThat(redis.holds(id)).isFalse();
        host.ask("set a y later");
        assertThat(redis.fields(id))
                .as("what changes is saved before")
                .contains("sessionAttr:x")
                .doesNotContain("sessionAttr:y");
        host.ask("save a");
        assertThat(redis.fields(id)).doesNotContain("sessionAttr:y");
        controller.lift(7);
        Awaitility.await().atMost(PATIENCE).until(() -> redis.fields(id).contains("sessionAttr:y"));
        EventRecord done = controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(done.outcome()).isEqualTo(FaultKind.LAG.code());
        assertThat(controller.lines())
                .containsSubsequence(
                        "FAULT spring.SessionRepository.save BEFORE",
                        "OPERATION spring.SessionRepository.save AFTER",
                        "OPERATION spring.SessionRepository.save BEFORE main",
                        "OPERATION spring.SessionRepository.save STEP 1 HMSET",
                        "FAULT_DONE spring.SessionRepository.save BEFORE");
    }

    @EachJdk
    void whatIsHeldIsLostWithItsProcess(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        controller.inject(injection(7, "lag", "session.save").setAmount(AN_HOUR));
        controller.inject(injection(8, "crash", "session.read"));
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a")).startsWith("ok");
        host.tell("read " + id + " x");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(redis.holds(id)).isFalse();
        assertThat(Journals.records(directory))
                .extracting(EventRecord::type)
                .contains(EventType.FAULT)
                .doesNotContain(EventType.FAULT_DONE);
    }

    @EachJdk
    void aDeleteIsDoneTwice(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(injection(7, "duplicate", "session.delete"));
        String id = first(host.ask("new a"));
        host.ask("save a");
        assertThat(host.ask("delete " + id)).startsWith("ok");
        assertThat(redis.holds(id)).isFalse();
        controller.awaitRecord(
                record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.DUPLICATE.code());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(controller.lines())
                        .filteredOn("OPERATION spring.SessionRepository.delete AFTER"::equals)
                        .hasSize(2));
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, SessionHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(redis.port())
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
    }

    private static Injection.Builder injection(int id, String fault, String point) {
        return Injection.newBuilder().setId(id).setFault(fault).setPoint(point).setEdge(Edge.BEFORE);
    }

    private static String first(String answer) {
        return answer.split(" ")[0];
    }
}
