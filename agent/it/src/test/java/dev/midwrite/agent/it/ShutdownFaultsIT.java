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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults while a JVM ends: what is delayed still ends as it was asked to, what crashes does not. */
class ShutdownFaultsIT {
    private static final Duration DELAY = Duration.ofMillis(700);
    private static final String HOOKS = "jvm.ApplicationShutdownHooks.runHooks";

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;

    @BeforeEach
    void open() throws IOException {
        controller = new FakeController();
    }

    @AfterEach
    void close() {
        host.close();
        controller.close();
    }

    @EachJdk
    void aDelayedShutdownTakesLongerAndKeepsItsExitCode(Jdks.Jdk jdk) {
        start(jdk);
        assertThat(controller.inject(injection("delay").setAmount(DELAY.toNanos())))
                .containsExactly(HOOKS);
        host.tell("exit 9");
        assertThat(host.exitCode()).isEqualTo(9);
        EventRecord done = controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(done.digest()).isGreaterThanOrEqualTo(DELAY.toNanos());
        assertThat(controller.lines())
                .containsSubsequence("LIFECYCLE jvm.Shutdown.exit BEFORE", "FAULT_DONE " + HOOKS + " BEFORE");
    }

    @EachJdk
    void aCrashInAShutdownIsAnnouncedInTheJournalAndRunsNoHook(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        assertThat(controller.inject(injection("crash"))).containsExactly(HOOKS);
        host.tell("exit 9");
        assertThat(host.exitCode()).isEqualTo(137);
        // Nobody sent it any more: what is known is what lies in the journal.
        assertThat(Journals.records(directory.resolve("journal")))
                .filteredOn(record -> record.type() == EventType.FAULT)
                .singleElement()
                .extracting(EventRecord::outcome)
                .isEqualTo(FaultKind.CRASH.code());
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, SessionHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(redis.port())
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
        controller.awaitWoven(HOOKS);
    }

    private static Injection.Builder injection(String fault) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(HOOKS).setEdge(Edge.BEFORE);
    }
}
