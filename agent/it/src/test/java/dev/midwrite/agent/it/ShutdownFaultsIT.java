package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.HookHost;
import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults while a JVM ends: what is delayed still ends as it was asked to, what crashes does not. */
class ShutdownFaultsIT {
    private static final Duration DELAY = Duration.ofMillis(700);
    private static final String RUN = "jvm.ShutdownHook.run";
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

    @EachJdk
    void eachHookIsRecordedAndRunsAsItAlwaysDid(Jdks.Jdk jdk) {
        startWithHooks(jdk);
        host.tell("9");
        assertThat(host.exitCode()).isEqualTo(9);
        assertThat(List.of(host.nextLine(), host.nextLine()))
                .containsExactlyInAnyOrder("flush ran on flush", "close ran on close");
        assertThat(host.errors()).contains("Exception in thread \"broken\"", "a hook's own mistake");
        controller.awaitRecord(record -> controller.line(record).equals("LIFECYCLE " + HOOKS + " AFTER"));
        assertThat(hooks(dev.midwrite.event.Edge.BEFORE))
                .as("and none of the agent's own")
                .containsExactlyInAnyOrder("flush", "close", "broken");
        assertThat(hooks(dev.midwrite.event.Edge.AFTER)).contains("", IllegalStateException.class.getName());
    }

    @EachJdk
    void oneHookCanBeLeftOut(Jdks.Jdk jdk) {
        startWithHooks(jdk);
        controller.inject(ofHook("drop", "FLUSH"));
        host.tell("9");
        assertThat(host.exitCode()).isEqualTo(9);
        assertThat(host.nextLine()).isEqualTo("close ran on close");
        controller.awaitRecord(record -> controller.line(record).equals("LIFECYCLE " + HOOKS + " AFTER"));
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.FAULT)
                .singleElement()
                .extracting(controller::pointOf)
                .isEqualTo(RUN);
    }

    @EachJdk
    void anErrorInTheHooksPlaceIsItsThreads(Jdks.Jdk jdk) {
        startWithHooks(jdk);
        controller.inject(ofHook("error", "CLOSE"));
        host.tell("9");
        assertThat(host.exitCode()).isEqualTo(9);
        assertThat(host.nextLine()).isEqualTo("flush ran on flush");
        assertThat(host.errors()).contains("Exception in thread \"close\"", "injected by Midwrite at " + RUN);
    }

    private List<String> hooks(dev.midwrite.event.Edge edge) {
        return controller.records().stream()
                .filter(record ->
                        record.edge() == edge && controller.pointOf(record).equals(RUN))
                .map(record -> new String(record.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    private void startWithHooks(Jdks.Jdk jdk) {
        start(HostJvm.of(jdk, HookHost.class));
    }

    private void start(Jdks.Jdk jdk) {
        start(HostJvm.of(jdk, SessionHost.class).argument(redis.port()));
    }

    private void start(HostJvm.Builder builder) {
        host = builder.agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
        controller.awaitWoven(HOOKS);
    }

    /** @param name in any case, as drills pass it on */
    private static Injection.Builder ofHook(String fault, String name) {
        return injection(fault).setPoint(RUN).setCommand(name);
    }

    private static Injection.Builder injection(String fault) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(HOOKS).setEdge(Edge.BEFORE);
    }
}
