package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.RedissonHost;
import dev.midwrite.agent.it.host.SessionHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spring Session over Redisson, and Redisson's own sessions in Tomcat, in a real Redis; broken by the shipped agent. */
@Tag("long")
class RedissonIT {
    private static final int HALTED = 137;
    private static final long LABEL = 0xAAL;

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private FakeController controller;
    private Tap tap;
    private HostJvm host;
    private WebUser user;
    private int starts;

    @BeforeEach
    void startController() throws IOException {
        redis.clear();
        controller = new FakeController();
        tap = new Tap(redis.port());
    }

    @AfterEach
    void stop() throws IOException {
        redis.commands().select(0);
        host.close();
        controller.close();
        tap.close();
    }

    @EachJdk
    void aSpringSessionIsRecordedWithItsStepsAndWhereItIs(Jdks.Jdk jdk) {
        startSpring(jdk);
        host.ask("new a");
        host.ask("save a");
        awaitLine("OPERATION spring.SessionRepository.save AFTER");
        assertThat(controller.lines())
                .containsSubsequence(
                        "OPERATION spring.SessionRepository.save BEFORE main",
                        "OPERATION redisson.RedisExecutor.execute BEFORE 1 HMSET",
                        "OPERATION spring.SessionRepository.save STEP 1 HMSET",
                        "OPERATION redisson.RedisExecutor.execute BEFORE 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save STEP 2 PEXPIREAT",
                        "OPERATION spring.SessionRepository.save AFTER");
        host.ask("new b");
        host.ask("save b");
        EventRecord location = controller.awaitRecord(record -> record.type() == EventType.LOCATION);
        assertThat(controller.line(location))
                .endsWith("key=spring:session:sessions:{id}\naddress=127.0.0.1:" + tap.port() + "\ndatabase=0");
        controller.inject(injection("error", "store.command", Edge.BEFORE).setCommand("HMSET"));
        String id = first(host.ask("new c"));
        assertThat(host.ask("save c"))
                .startsWith("error org.springframework.data.redis.RedisConnectionFailureException");
        assertThat(redis.holds(id)).isFalse();
        controller.inject(injection("crash", "session.save", Edge.STEP)
                .setId(8)
                .setStep(1)
                .setOnlyNew(true));
        controller.lift(7);
        controller.awaitLifted(7);
        id = first(host.ask("new d"));
        host.tell("save d");
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(redis.ttl(id)).isEqualTo(-1);
    }

    @EachJdk
    void aTornCommandLeavesAPrefixAndRedisDiscardsIt(Jdks.Jdk jdk) throws IOException {
        startSpring(jdk);
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
        EventRecord fault = Journals.lastRecord(journal());
        assertThat(fault.outcome()).isEqualTo(FaultKind.TEAR.code());
        assertThat(fault.digest()).isEqualTo(40);
    }

    @EachJdk
    void aSessionOfTomcatIsRecordedWithItsStepsAndWhereItIs(Jdks.Jdk jdk) throws IOException {
        startTomcat(jdk, "AFTER_REQUEST");
        user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1);
        awaitEnd(1);
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        awaitEnd(2);
        user.get("/replace?name=b&value=2&instead=a", 3);
        awaitEnd(3);
        user.get("/logout", 4);
        awaitEnd(4);
        user.get("/set?name=a&value=1", 5); // Another session: of one alone it is not said where it is.
        awaitEnd(5);
        assertThat(controller.lines(1))
                .containsSubsequence(
                        "OPERATION tomcat.Manager.createSession BEFORE",
                        "OPERATION redisson.RedisExecutor.execute BEFORE 1 HMSET",
                        "OPERATION tomcat.Manager.createSession STEP 1 HMSET",
                        "OPERATION tomcat.Manager.createSession AFTER",
                        "OPERATION tomcat.Session.setAttribute AFTER",
                        "OPERATION redisson.RedissonSession.save BEFORE",
                        "OPERATION redisson.RedissonSession.save AFTER",
                        "OPERATION tomcat.CoyoteAdapter.service AFTER");
        assertThat(controller.lines(3))
                .containsSubsequence(
                        "OPERATION redisson.RedissonSession.save BEFORE",
                        "OPERATION redisson.RedissonSession.save STEP 1 HMSET",
                        "OPERATION redisson.RedissonSession.save STEP 2 HDEL",
                        "OPERATION redisson.RedissonSession.save STEP 3 EVALSHA",
                        "OPERATION redisson.RedissonSession.save AFTER");
        assertThat(controller.lines(4))
                .containsSubsequence(
                        "OPERATION tomcat.Session.invalidate BEFORE",
                        "OPERATION tomcat.Session.invalidate STEP 1 DEL",
                        "OPERATION tomcat.Session.invalidate AFTER");
        EventRecord save = controller.awaitRecord(
                record -> controller.line(record).equals("OPERATION redisson.RedissonSession.save BEFORE"));
        assertThat(save.writeId()).isEqualTo(0x77);
        EventRecord location = controller.awaitRecord(record -> record.type() == EventType.LOCATION);
        assertThat(controller.line(location))
                .endsWith("key=redisson:tomcat_session:{id}\naddress=127.0.0.1:" + redis.port() + "\ndatabase=2");
    }

    /** The positions of a save at the end of a request, in the order of the table in docs/findings.md. */
    @EachJdk
    void aCrashWithinASaveLeavesHalfOfTheRequest(Jdks.Jdk jdk) throws IOException {
        RedisCommands<String, String> store = redis.commands();
        store.select(2);
        for (int step = 1; step <= 3; step++) {
            startAnew(jdk);
            user.get("/set?name=old&value=1", 1);
            awaitEnd(1);
            String key = store.keys("*").get(0);
            controller.inject(injection("crash", "session.save", Edge.STEP).setStep(step));
            assertThatThrownBy(() -> user.get("/replace?name=new&value=2&instead=old", 2))
                    .isInstanceOf(IOException.class);
            assertThat(host.exitCode()).isEqualTo(HALTED);
            assertThat(Journals.lastRecord(journal()).step()).isEqualTo(step);
            List<String> attributes = store.hkeys(key).stream()
                    .filter(field -> !field.startsWith("session:"))
                    .sorted()
                    .toList();
            assertThat(attributes)
                    .as("after step " + step)
                    .isEqualTo(step == 1 ? List.of("new", "old") : List.of("new"));
            assertThat(store.ttl(key)).isPositive();
        }
    }

    /** By default an attribute is stored when it is set. */
    @EachJdk
    void aCrashWithinACreationLeavesASessionThatNeverExpires(Jdks.Jdk jdk) throws IOException {
        RedisCommands<String, String> store = redis.commands();
        store.select(2);
        startTomcat(jdk, "DEFAULT");
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        assertThat(controller.lines(1))
                .contains("OPERATION tomcat.Session.setAttribute STEP 1 HSET")
                .noneMatch(line -> line.contains("RedissonSession.save"));
        user.get("/logout", 2);
        awaitEnd(2);
        controller.inject(injection("crash", "session.create", Edge.STEP).setStep(1));
        assertThatThrownBy(() -> user.get("/set?name=a&value=1", 3)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(store.keys("*"))
                .singleElement()
                .satisfies(key -> assertThat(store.pttl(key)).isEqualTo(-1));
    }

    private void awaitLine(String line) {
        controller.awaitRecord(record -> controller.line(record).equals(line));
    }

    private void awaitEnd(long request) {
        controller.awaitLine(request, "OPERATION tomcat.CoyoteAdapter.service AFTER");
    }

    private void startSpring(Jdks.Jdk jdk) {
        host = agent(HostJvm.of(jdk, SessionHost.class))
                .argument(tap.port())
                .argument("redisson")
                .start();
        assertThat(host.nextLine()).isEqualTo("ready");
        controller.record();
    }

    private void startTomcat(Jdks.Jdk jdk, String update) {
        host = agent(HostJvm.of(jdk, RedissonHost.class))
                .argument(directory)
                .argument(redis.port())
                .argument(update)
                .start();
        user = new WebUser(host.nextLine(), LABEL);
        controller.record();
    }

    private void startAnew(Jdks.Jdk jdk) throws IOException {
        redis.clear();
        controller.close();
        controller = new FakeController();
        starts++;
        startTomcat(jdk, "AFTER_REQUEST");
    }

    private Path journal() {
        return directory.resolve("journal-" + starts);
    }

    private HostJvm.Builder agent(HostJvm.Builder with) {
        return with.agent("node=n1,controller=" + controller.address() + ",journal=" + journal());
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }

    private static String first(String answer) {
        return answer.split(" ")[0];
    }
}
