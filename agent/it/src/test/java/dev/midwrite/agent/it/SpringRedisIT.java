package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.event.SessionHash;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over Lettuce and a real Redis, recorded and broken by the shipped agent. */
class SpringRedisIT {
    private static final String REPOSITORY = "spring.SessionRepository.";
    private static final int HALTED = 137;
    private static final long WRITE_ID = 0x1234_5678_9abc_def0L;

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
        String id = first(host.ask("new a"));
        host.ask("set a register " + ProbeValue.of(WRITE_ID));
        host.ask("save a");
        host.ask("set a other x");
        host.ask("save a");
        EventRecord last = controller.awaitRecord(record -> record.type() == EventType.OPERATION && record.step() == 3);
        assertThat(last.session()).isEqualTo(new SessionHash(FakeController.SESSION_KEY).of(id));
        controller.awaitRecord(record -> record.scope() == last.scope()
                && controller.line(record).equals("OPERATION spring.SessionRepository.save AFTER"));
        assertThat(controller.lines())
                .containsSubsequence(
                        "LIFECYCLE midwrite.recording BEFORE",
                        "OPERATION spring.SessionRepository.create BEFORE",
                        "OPERATION spring.SessionRepository.create AFTER",
                        "OPERATION spring.Session.set BEFORE register",
                        "OPERATION spring.Session.set AFTER",
                        "OPERATION spring.SessionRepository.save BEFORE main",
                        "OPERATION lettuce.DefaultEndpoint.write BEFORE 1 HMSET",
                        "OPERATION spring.SessionRepository.save STEP 1 HMSET",
                        "OPERATION lettuce.DefaultEndpoint.write BEFORE 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save STEP 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save AFTER",
                        "OPERATION lettuce.DefaultEndpoint.write BEFORE 1 EXISTS",
                        "OPERATION spring.SessionRepository.save STEP 2 HMSET",
                        "OPERATION spring.SessionRepository.save STEP 3 PEXPIREAT");
        assertThat(controller.records())
                .filteredOn(record -> record.writeId() == WRITE_ID)
                .extracting(controller::pointOf)
                .contains("spring.Session.set", "spring.SessionRepository.save", "lettuce.DefaultEndpoint.write");
        assertThat(controller.records()).extracting(EventRecord::seq).isSorted().doesNotHaveDuplicates();
        assertThat(host.errors()).startsWith("midwrite: ");
    }

    @EachJdk
    void aRenameTellsBothIds(Jdks.Jdk jdk) {
        start(jdk);
        SessionHash hash = new SessionHash(FakeController.SESSION_KEY);
        String before = first(host.ask("new a"));
        host.ask("save a");
        String after = first(host.ask("rename a"));
        host.ask("save a");
        EventRecord renamed = controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION spring.Session.rename AFTER"));
        assertThat(renamed.session()).isEqualTo(hash.of(before));
        assertThat(renamed.digest()).isEqualTo(hash.of(after));
        controller.awaitRecord(record -> controller.line(record).endsWith("save STEP 2 RENAME"));
        assertThat(redis.holds(before)).isFalse();
        assertThat(redis.holds(after)).isTrue();
    }

    @EachJdk
    void aDelayIsAchievedAndSaid(Jdks.Jdk jdk) {
        start(jdk);
        long wanted = 200_000_000;
        controller.inject(injection("delay", "session.save", Edge.BEFORE).setAmount(wanted));
        host.ask("new a");
        assertThat(Long.parseLong(host.ask("save a").split(" ")[1])).isGreaterThanOrEqualTo(wanted);
        EventRecord fault = controller.awaitRecord(record -> record.type() == EventType.FAULT);
        EventRecord done = controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(fault.digest()).isEqualTo(wanted);
        assertThat(fault.outcome()).isEqualTo(FaultKind.DELAY.code());
        assertThat(done.digest()).isGreaterThanOrEqualTo(wanted);
        assertThat(done.scope()).isEqualTo(fault.scope());
    }

    @EachJdk
    void anErrorReachesTheCallerAndNothingReachesTheStore(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(injection("error", "session.save", Edge.BEFORE));
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a"))
                .startsWith("error org.springframework.dao.DataAccessResourceFailureException: injected by Midwrite");
        assertThat(redis.holds(id)).isFalse();
    }

    @EachJdk
    void anErrorAfterTheEffectLeavesTheEffect(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(
                injection("error", "session.save", Edge.AFTER).setError("java.lang.UnsupportedOperationException"));
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a")).startsWith("error java.lang.UnsupportedOperationException: injected");
        assertThat(redis.ttl(id)).isPositive();
    }

    @EachJdk
    void aDropIsAcknowledgedAndNotApplied(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(injection("drop", "session.save", Edge.BEFORE));
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a")).startsWith("ok");
        assertThat(redis.holds(id)).isFalse();
        controller.awaitRecord(record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.DROP.code());
    }

    @EachJdk
    void aDroppedCommandIsAnsweredAndNotSent(Jdks.Jdk jdk) {
        start(jdk);
        assertThat(controller.inject(injection("drop", "store.command", Edge.BEFORE)
                        .setStep(2)
                        .setCommand("PEXPIREAT")))
                .isEmpty(); // Lettuce is not loaded before the first command.
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a")).startsWith("ok");
        assertThat(redis.ttl(id)).isEqualTo(-1);
        assertThat(tap.sent()).contains("HMSET").doesNotContain("PEXPIREAT");
    }

    @EachJdk
    void aFailedCommandFailsItsCaller(Jdks.Jdk jdk) {
        start(jdk);
        controller.inject(injection("error", "store.command", Edge.BEFORE).setStep(1));
        String id = first(host.ask("new a"));
        assertThat(host.ask("save a")).startsWith("error org.springframework.data.redis.");
        assertThat(redis.holds(id)).isFalse();
    }

    @EachJdk
    void aCrashAfterStepOneOfANewSaveLeavesASessionThatNeverExpires(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        controller.inject(
                injection("crash", "session.save", Edge.STEP).setStep(1).setOnlyNew(true));
        String id = first(host.ask("new a"));
        host.ask("set a x y");
        host.tell("save a");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(redis.ttl(id)).isEqualTo(-1);
        assertThat(redis.fields(id)).contains("sessionAttr:x", "creationTime");
        assertThat(Journals.lastRecord(directory))
                .satisfies(record -> assertThat(record.type()).isEqualTo(EventType.FAULT))
                .satisfies(record -> assertThat(record.outcome()).isEqualTo(FaultKind.CRASH.code()))
                .satisfies(record -> assertThat(record.step()).isOne());
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
        String torn = sent.substring(sent.indexOf("HMSET") - "*4\r\n$5\r\n".length());
        assertThat(torn).hasSize(40);
        assertThat(redis.fields(id)).contains("sessionAttr:x").doesNotContain("sessionAttr:y");
        EventRecord fault = Journals.lastRecord(directory);
        assertThat(fault.outcome()).isEqualTo(FaultKind.TEAR.code());
        assertThat(fault.digest()).isEqualTo(40);
        assertThat(fault.step()).isEqualTo(2);
    }

    @EachJdk
    void theWovenPointsAreReported(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        host.ask("set a x y");
        host.ask("save a");
        controller.awaitWoven(
                REPOSITORY + "create",
                REPOSITORY + "read",
                REPOSITORY + "save",
                REPOSITORY + "delete",
                "spring.Session.set",
                "spring.Session.rename",
                "lettuce.DefaultEndpoint.write",
                "lettuce.CommandEncoder.encode",
                "lettuce.Futures.await",
                "jvm.Shutdown.exit",
                "jvm.Shutdown.shutdown",
                "jvm.Shutdown.halt",
                "jvm.ApplicationShutdownHooks.runHooks",
                "jvm.ApplicationShutdownHooks.add",
                "jvm.Runtime.exit",
                "jvm.Runtime.halt");
        assertThat(controller.points().get("tomcat.CoyoteAdapter.service").getState())
                .isEqualTo(dev.midwrite.link.v1.Point.State.WAITING);
        assertThat(controller.points().get(REPOSITORY + "save").getClassesList())
                .contains("org.springframework.session.data.redis.RedisSessionRepository");
    }

    @EachJdk
    void anOrderlyExitIsRecordedToItsEnd(Jdks.Jdk jdk) {
        start(jdk);
        host.ask("new a");
        host.tell("exit 9");
        assertThat(host.exitCode()).isEqualTo(9);
        controller.awaitRecord(
                record -> controller.line(record).equals("LIFECYCLE jvm.ApplicationShutdownHooks.runHooks AFTER"));
        assertThat(controller.lines())
                .containsSubsequence(
                        "LIFECYCLE jvm.Runtime.exit BEFORE",
                        "LIFECYCLE jvm.Shutdown.exit BEFORE",
                        "LIFECYCLE jvm.ApplicationShutdownHooks.runHooks BEFORE",
                        "LIFECYCLE jvm.ApplicationShutdownHooks.runHooks AFTER");
    }

    private void start(Jdks.Jdk jdk) {
        host = HostJvm.of(jdk, SessionHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(tap.port())
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
