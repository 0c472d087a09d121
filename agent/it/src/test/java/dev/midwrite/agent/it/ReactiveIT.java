package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.agent.it.host.ReactiveHost;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests of users through WebFlux to a reactive repository and a real Redis. One thread serves all users. */
@Tag("long")
class ReactiveIT {
    private static final int HALTED = 137;
    private static final long LABEL = 0xAAL;
    private static final long OTHER_LABEL = 0xBBL;
    private static final long NEVER = 3_600_000_000_000L;
    private static final String SAVE = "spring.ReactiveSessionRepository.save";

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
    void whatIsDoneForARequestIsTiedToItsUser(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        assertThat(user.get("/set?name=a&value=" + ProbeValue.of(0x77), 1)).isEqualTo("ok");
        assertThat(user.get("/get?name=a", 2)).isEqualTo(ProbeValue.of(0x77));
        awaitEnd(1);
        List<EventRecord> first = controller.records().stream()
                .filter(record -> record.request() == 1)
                .toList();
        assertThat(first.stream().map(controller::line))
                .startsWith("OPERATION webflux.HttpWebHandlerAdapter.handle BEFORE")
                .endsWith("OPERATION webflux.HttpWebHandlerAdapter.handle AFTER")
                .containsSubsequence(
                        "OPERATION spring.ReactiveSessionRepository.create BEFORE",
                        "OPERATION spring.ReactiveSessionRepository.create AFTER",
                        "OPERATION spring.Session.set BEFORE a",
                        "OPERATION " + SAVE + " BEFORE",
                        "OPERATION " + SAVE + " AFTER");
        assertThat(first)
                .filteredOn(record -> controller.line(record).startsWith("OPERATION " + SAVE))
                .allSatisfy(record -> assertThat(record.writeId()).isEqualTo(0x77));
    }

    @EachJdk
    void aDelayOfOneUsersSaveKeepsNobodyElseWaiting(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        WebUser other = new WebUser(port, OTHER_LABEL);
        user.get("/set?name=a&value=1", 1);
        awaitEnd(1);
        controller.inject(injection("delay", "session.save", Edge.BEFORE)
                .setAmount(NEVER)
                .setSessions(Sessions.newBuilder().addLabels(LABEL)));
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
            try {
                user.get("/set?name=a&value=2", 2);
            } catch (IOException e) {
                // The host was killed before it could answer.
            }
        });
        controller.awaitRecord(record -> record.type() == EventType.FAULT);
        assertThat(other.get("/set?name=a&value=3", 3)).isEqualTo("ok");
        assertThat(other.get("/get?name=a", 4)).isEqualTo("3");
        assertThat(waits).isNotDone();
        host.close();
        waits.join();
    }

    @EachJdk
    void aDroppedSaveIsAcknowledgedAndLost(Jdks.Jdk jdk) throws IOException {
        start(jdk);
        WebUser user = new WebUser(port, LABEL);
        WebUser other = new WebUser(port, OTHER_LABEL);
        user.get("/set?name=a&value=1", 1);
        other.get("/set?name=a&value=1", 2);
        awaitEnd(1);
        awaitEnd(2);
        controller.inject(injection("drop", "session.save", Edge.BEFORE)
                .setOnlyDirty(true)
                .setSessions(Sessions.newBuilder().addLabels(LABEL)));
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
        assertThat(controller.records())
                .filteredOn(record ->
                        record.request() == 3 && controller.line(record).equals("OPERATION " + SAVE + " AFTER"))
                .extracting(EventRecord::outcome)
                .contains(Outcome.INFO.code());
    }

    @EachJdk
    void aCrashBeforeTheSaveLosesItAndOneAfterItDoesNot(Jdks.Jdk jdk) throws IOException {
        crash(jdk, Edge.BEFORE);
        assertThat(redis.commands().keys("*")).isEmpty();
        controller.close();
        startController();
        crash(jdk, Edge.AFTER);
        String key = redis.commands().keys("spring:session:sessions:*").get(0);
        assertThat(redis.commands().hexists(key, "sessionAttr:a")).isTrue();
    }

    private void crash(Jdks.Jdk jdk, Edge edge) throws IOException {
        start(jdk, edge.name());
        controller.inject(injection("crash", "session.save", edge));
        WebUser user = new WebUser(port, LABEL);
        assertThatThrownBy(() -> user.get("/set?name=a&value=1", 1)).isInstanceOf(IOException.class);
        assertThat(host.exitCode()).isEqualTo(HALTED);
        assertThat(Journals.lastRecord(directory.resolve(edge.name())).type()).isEqualTo(EventType.FAULT);
    }

    private void awaitEnd(long request) {
        controller.awaitLine(request, "OPERATION webflux.HttpWebHandlerAdapter.handle AFTER");
    }

    private void start(Jdks.Jdk jdk) {
        start(jdk, "journal");
    }

    private void start(Jdks.Jdk jdk, String journal) {
        host = HostJvm.of(jdk, ReactiveHost.class)
                .agent("node=n1,controller=" + controller.address() + ",journal=" + directory.resolve(journal))
                .option("-Dreactor.netty.ioWorkerCount=1")
                .option("-Dio.netty.eventLoopThreads=1")
                .argument(redis.port())
                .start();
        port = host.nextLine();
        controller.record();
    }

    private static Injection.Builder injection(String fault, String point, Edge edge) {
        return Injection.newBuilder().setId(7).setFault(fault).setPoint(point).setEdge(edge);
    }
}
