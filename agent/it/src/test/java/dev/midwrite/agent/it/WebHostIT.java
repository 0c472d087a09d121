package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.WebHost;
import dev.midwrite.event.CarriedProbe;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import dev.midwrite.link.v1.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests of users through Tomcat to Spring Session and a real Redis. */
@Tag("long")
class WebHostIT {
    private static final int HALTED = 137;
    private static final long LABEL = 0xAAL;
    private static final long OTHER_LABEL = 0xBBL;
    /** In nanoseconds; longer than the test lasts, and it is lifted. */
    private static final long A_LONG_TIME = 3_600_000_000_000L;

    private static final String SAVE_BEGINS = "OPERATION spring.SessionRepository.save BEFORE";

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    Path directory;

    private FakeController controller;
    private HostJvm host;
    private String port;

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
    void aRequestBindsItsUserToTheSaveThatPrecedesTheAnswer(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        assertThat(user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1)).isEqualTo("ok");
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        awaitEnd(2);
        List<String> first = controller.records().stream()
                .filter(record -> record.request() == 1)
                .map(controller::line)
                .toList();
        assertThat(first)
                .startsWith("OPERATION tomcat.CoyoteAdapter.service BEFORE")
                .endsWith("OPERATION tomcat.CoyoteAdapter.service AFTER")
                .containsSubsequence(
                        "OPERATION spring.SessionRepository.create BEFORE",
                        "OPERATION spring.Session.set BEFORE a",
                        SAVE_BEGINS,
                        "OPERATION spring.SessionRepository.save STEP 1 HMSET",
                        "OPERATION spring.SessionRepository.save AFTER",
                        "OPERATION tomcat.Processor.prepareResponse BEFORE")
                .as("the container's own sessions are not used")
                .noneMatch(line -> line.contains("tomcat.Manager") || line.contains("tomcat.Session"));
        List<EventRecord> saves = controller.records().stream()
                .filter(record ->
                        record.request() == 1 && controller.line(record).equals(SAVE_BEGINS))
                .toList();
        assertThat(saves)
                .as("the early commit saves once more, as the same logical save")
                .hasSize(2);
        assertThat(saves.get(0).scope()).isEqualTo(saves.get(1).scope());
        assertThat(saves.get(0).writeId()).isEqualTo(0x77);
    }

    @EachJdk
    void aDropHoldsForTheWholeLogicalSaveAndOnlyForTheChosenUser(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        WebUser other = new WebUser(port, OTHER_LABEL);
        user.get("/set?name=a&value=1", 1);
        other.get("/set?name=a&value=1", 2);
        awaitEnd(1);
        awaitEnd(2);
        List<String> points = controller.inject(injection("drop", "session.save", Edge.BEFORE)
                .setOnlyDirty(true)
                .setSessions(Sessions.newBuilder().addLabels(LABEL)));
        assertThat(points).contains("spring.SessionRepository.save");
        assertThat(user.get("/set?name=a&value=2", 3)).isEqualTo("ok");
        assertThat(other.get("/set?name=a&value=2", 4)).isEqualTo("ok");
        assertThat(user.get("/get?name=a", 5)).isEqualTo("1");
        assertThat(other.get("/get?name=a", 6)).isEqualTo("2");
        awaitEnd(6);
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.FAULT)
                .singleElement()
                .satisfies(fault -> assertThat(fault.request()).isEqualTo(3))
                .satisfies(fault -> assertThat(fault.outcome()).isEqualTo(FaultKind.DROP.code()));
        whileOneIsHeldTheOthersAreServedOnTheSameConnection(user, other);
    }

    private void whileOneIsHeldTheOthersAreServedOnTheSameConnection(WebUser user, WebUser other) throws IOException {
        controller.inject(injection("delay", "store.command", Edge.BEFORE)
                .setId(8)
                .setAmount(A_LONG_TIME)
                .setSessions(Sessions.newBuilder().addLabels(LABEL)));
        CompletableFuture<String> held = user.begin("/get?name=a", 7);
        controller.awaitRecord(
                record -> record.type() == EventType.FAULT && record.outcome() == FaultKind.DELAY.code());
        for (int value = 3; value < 8; value++) {
            assertThat(other.get("/set?name=a&value=" + value, 10L + value)).isEqualTo("ok");
            assertThat(other.get("/get?name=a", 20L + value)).isEqualTo(Integer.toString(value));
        }
        assertThat(held).as("no event loop waits with it").isNotDone();
        controller.lift(8);
        assertThat(held).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("1");
    }

    @EachJdk
    void aCrashAfterTheEffectComesBeforeTheAcknowledgement(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        controller.inject(injection("crash", "session.save", Edge.AFTER).setOnlyDirty(true));
        assertThatThrownBy(() -> user.get("/set?name=a&value=2", 2)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        String key = redis.commands().keys("spring:session:sessions:*").get(0);
        assertThat(redis.commands().hget(key, "sessionAttr:a")).endsWith("2");
        assertThat(Journals.lastRecord(directory).type()).isEqualTo(EventType.FAULT);
    }

    @EachJdk
    void aCrashAtTheCommitOfTheResponseComesAfterTheSave(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        controller.inject(injection("crash", "response.commit", Edge.BEFORE));
        assertThatThrownBy(() -> user.get("/set?name=a&value=1", 1)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(redis.commands().keys("spring:session:sessions:*")).hasSize(1);
    }

    /**
     * The indexed repository listens to Redis and loads sessions on a thread of its own, from which each attribute is set
     * in an object once more.
     */
    @EachJdk
    void whatARepositoryLoadsForItsListenersIsNoWriteOfTheApplication(Jdks.Jdk jdk) throws IOException {
        start(jdk, "indexed");
        WebUser user = new WebUser(port, LABEL);
        user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1);
        user.get("/set?name=b&value=" + ProbeValue.of(0x78), 2);
        user.get("/get?name=a", 3);
        user.get("/logout", 4);
        assertThat(host.nextLine()).isEqualTo("deleted");
        awaitEnd(4);
        assertThat(controller.records().stream()
                        .filter(record -> controller.pointOf(record).equals("spring.Session.set"))
                        .filter(record -> record.edge() == dev.midwrite.event.Edge.AFTER)
                        .map(record -> record.writeId() + " in request " + record.request()))
                .containsExactly("119 in request 1", "120 in request 2");
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.LOCATION)
                .isEmpty(); // One session alone does not tell what of a key is its user's.
        WebUser other = new WebUser(port, OTHER_LABEL);
        other.get("/set?name=a&value=" + ProbeValue.of(0x79), 5);
        String location = controller.line(controller.awaitRecord(record -> record.type() == EventType.LOCATION));
        assertThat(location)
                .endsWith("key=spring:session:sessions:{id}\naddress=127.0.0.1:" + redis.port() + "\ndatabase=0");
    }

    /** Spring Session reads a session again when the answer is committed: of each request only the first read is exchanged. */
    @EachJdk
    void aStaleReadGivesWhatTheReadBeforeGave(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        assertThat(controller.inject(injection("stale", "session.read", Edge.STEP)
                        .setCommand("HGETALL")
                        .setTrigger(Trigger.newBuilder().setAfter(1).setEvery(2))))
                .contains("spring.SessionRepository.read");
        assertThat(user.get("/get?name=a", 2)).isEqualTo("1");
        assertThat(user.get("/get?name=a", 3)).as("nothing to give yet").isEqualTo("1");
        assertThat(user.get("/set?name=a&value=2", 4)).isEqualTo("ok");
        assertThat(user.get("/get?name=a", 5)).as("one read behind").isEqualTo("1");
        assertThat(user.get("/get?name=a", 6)).isEqualTo("2");
        awaitEnd(6);
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.FAULT)
                .allSatisfy(fault -> assertThat(fault.outcome()).isEqualTo(FaultKind.STALE.code()))
                .extracting(EventRecord::request)
                .containsExactly(4L, 5L, 6L);
        controller.lift(7);
        controller.awaitLifted(7);
        assertThat(user.get("/get?name=a", 7)).isEqualTo("2");
    }

    /** The plain repository deletes what it finds to be over. */
    @EachJdk
    void aClockAheadEndsSessionsInTheStore(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        whileTheClockIsAheadThereIsNoSession();
        assertThat(redis.commands().keys("spring:session:sessions:*")).isEmpty();
        assertThat(new WebUser(port, LABEL).get("/get?name=a", 9)).isEqualTo("no session");
    }

    /** The indexed one leaves that to the store, whose clock is right. */
    @EachJdk
    void afterAClockAheadTheStoreStillHasWhatNobodyDeleted(Jdks.Jdk jdk) throws IOException {
        start(jdk, "indexed");
        WebUser user = whileTheClockIsAheadThereIsNoSession();
        controller.lift(7);
        controller.awaitRecord(record -> record.type() == EventType.FAULT_DONE);
        assertThat(user.get("/get?name=a", 9)).isEqualTo("1");
    }

    private WebUser whileTheClockIsAheadThereIsNoSession() throws IOException {
        WebUser user = new WebUser(port, LABEL);
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        assertThat(controller.inject(
                        injection("clock", "session.clock", Edge.BEFORE).setOffsetMillis(3_600_000)))
                .contains("spring.Session.clock");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(user.get("/get?name=a", 2)).isEqualTo("no session"));
        assertThat(controller.records())
                .filteredOn(record -> record.type() == EventType.FAULT)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.outcome()).isEqualTo(FaultKind.CLOCK.code()))
                .anySatisfy(fault -> assertThat(controller.pointOf(fault)).isEqualTo("spring.Session.clock"));
        return user;
    }

    @EachJdk
    void theAgentAnswersInThePlaceOfAPage(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        String secret = CarriedProbe.secret(FakeController.SESSION_KEY);
        assertThat(user.get("/get?name=a", 1, carried("POST /create", "wrong"))).isEqualTo("no session");
        assertThat(user.get("/get?name=a", 2, carried("POST /create", secret)))
                .startsWith("{\"request\":\"0000000000000002\",\"node\":\"n1\",\"session\":true");
        String value = ProbeValue.of(0x77);
        assertThat(user.get("/get?name=a", 3, carried("POST /register/a?value=" + value, secret)))
                .endsWith("\"value\":\"" + value + "\"}");
        assertThat(user.get("/get?name=mw.register.a", 4))
                .as("the application's own session")
                .isEqualTo(value);
        awaitEnd(4);
        assertThat(controller.records())
                .filteredOn(record ->
                        record.request() == 3 && controller.line(record).equals("OPERATION spring.Session.set AFTER"))
                .singleElement()
                .satisfies(set -> assertThat(set.writeId()).isEqualTo(0x77));
        assertThat(controller.records())
                .filteredOn(record ->
                        record.request() == 3 && controller.line(record).equals(SAVE_BEGINS))
                .isNotEmpty();
    }

    @Test
    void whereTheProbeIsOffTheHeadersMeanNothing() throws IOException {
        host = HostJvm.of(Jdks.all().findFirst().orElseThrow(), WebHost.class)
                .agent("node=n1,probe=off,controller=" + controller.address() + ",journal="
                        + directory.resolve("journal"))
                .argument(redis.port())
                .argument("default")
                .start();
        port = host.nextLine();
        controller.record();
        WebUser user = new WebUser(port, LABEL);
        String secret = CarriedProbe.secret(FakeController.SESSION_KEY);
        assertThat(user.get("/get?name=a", 1, carried("POST /create", secret))).isEqualTo("no session");
        awaitEnd(1);
    }

    private static Map<String, String> carried(String operation, String secret) {
        return Map.of(CarriedProbe.OPERATION_HEADER, operation, CarriedProbe.SECRET_HEADER, secret);
    }

    /** Users have their answer before the request is over: the filter saves once more, and that save can be faulted, too. */
    private void awaitEnd(long request) {
        controller.awaitLine(request, "OPERATION tomcat.CoyoteAdapter.service AFTER");
    }

    private void start(Jdks.Jdk jdk) {
        start(jdk, "default");
    }

    private void start(Jdks.Jdk jdk, String repository) {
        host = HostJvm.of(jdk, WebHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve("journal"))
                .argument(redis.port())
                .argument(repository)
                .start();
        port = host.nextLine();
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }
}
