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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over Jedis and a real Redis, recorded and broken by the shipped agent. */
@Tag("long")
class JedisIT {
    private static final int HALTED = 137;
    /** Bytes per second: slow enough to be told from a slow machine. */
    private static final long RATE = 500;

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private FakeController controller;
    private Tap tap;
    private HostJvm host;

    @BeforeEach
    void startController() throws IOException {
        redis.clear();
        controller = new FakeController();
        tap = new Tap(redis.port());
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        controller.close();
        tap.close();
    }

    @EachJdk
    void aSaveIsRecordedWithItsSteps(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        host.ask("save a");
        controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION spring.SessionRepository.save AFTER"));
        assertThat(controller.lines())
                .containsSubsequence(
                        "OPERATION spring.SessionRepository.save BEFORE main",
                        "OPERATION jedis.Connection.executeCommand BEFORE 1 HMSET",
                        "OPERATION spring.SessionRepository.save STEP 1 HMSET",
                        "OPERATION jedis.Connection.executeCommand BEFORE 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save STEP 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save AFTER");
    }

    @EachJdk
    void whereSessionsAreIsSaidOnceTwoAreThere(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        host.ask("save a");
        host.ask("new b");
        host.ask("save b");
        EventRecord location = controller.awaitRecord(record -> record.type() == EventType.LOCATION);
        assertThat(controller.line(location))
                .endsWith("key=spring:session:sessions:{id}\naddress=127.0.0.1:" + tap.port());
    }

    @EachJdk
    void aFailedCommandFailsItsCallerAsALostStoreDoes(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        host.ask("save a");
        controller.inject(injection("error", "store.command", Edge.BEFORE).setCommand("HMSET"));
        String id = first(host.ask("new b"));
        assertThat(host.ask("save b"))
                .startsWith("error org.springframework.data.redis.RedisConnectionFailureException");
        assertThat(redis.holds(id)).isFalse();
    }

    @EachJdk
    void aCrashAfterStepOneOfANewSaveLeavesASessionThatNeverExpires(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        controller.inject(
                injection("crash", "session.save", Edge.STEP).setStep(1).setOnlyNew(true));
        String id = first(host.ask("new a"));
        host.tell("save a");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(redis.ttl(id)).isEqualTo(-1);
        assertThat(Journals.lastRecord(directory).outcome()).isEqualTo(FaultKind.CRASH.code());
    }

    @EachJdk
    void aTornCommandLeavesAPrefixAndRedisDiscardsIt(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        String id = first(host.ask("new a"));
        host.ask("set a x before");
        host.ask("save a");
        controller.inject(injection("tear", "session.save", Edge.INSIDE)
                .setCommand("HMSET")
                .setAmount(40));
        host.ask("set a y after");
        int sentBefore = tap.sent().length();
        host.tell("save a");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        Awaitility.await().until(() -> tap.sent().substring(sentBefore).contains("HMSET"));
        String sent = tap.sent().substring(sentBefore);
        assertThat(sent.substring(sent.indexOf("HMSET") - "*4\r\n$5\r\n".length()))
                .hasSize(40);
        assertThat(redis.fields(id)).contains("sessionAttr:x").doesNotContain("sessionAttr:y");
        EventRecord fault = Journals.lastRecord(directory);
        assertThat(fault.outcome()).isEqualTo(FaultKind.TEAR.code());
        assertThat(fault.digest()).isEqualTo(40);
    }

    /** Nothing leaves before it would have over so slow a line; once that is lifted, nothing waits. */
    @EachJdk
    void whatIsThrottledLeavesAtItsRate(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        controller.inject(injection("throttle", "store.bytes", Edge.BEFORE).setAmount(RATE));
        int sentBefore = tap.sent().length();
        long begun = System.nanoTime();
        host.ask("save a");
        long took = System.nanoTime() - begun;
        EventRecord announced = controller.awaitRecord(
                record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.THROTTLE.code());
        controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(announced.digest())
                .as("bytes of the first command, without what frames them")
                .isBetween(40L, (long) tap.sent().length() - sentBefore);
        assertThat(took).isGreaterThanOrEqualTo(announced.digest() * TimeUnit.SECONDS.toNanos(1) / RATE);
        controller.lift(7);
        controller.awaitLifted(7);
        long faults = faults();
        host.ask("new b");
        host.ask("save b");
        assertThat(faults()).isEqualTo(faults);
    }

    private long faults() {
        return controller.records().stream()
                .filter(record -> record.type() == EventType.FAULT)
                .count();
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, SessionHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(tap.port())
                .argument("jedis")
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
