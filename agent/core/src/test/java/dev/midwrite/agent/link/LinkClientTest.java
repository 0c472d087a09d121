package dev.midwrite.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.agent.fault.Decider;
import dev.midwrite.agent.fault.Decision;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.fault.Policy;
import dev.midwrite.agent.fault.PolicyFile;
import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Arm;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Edge;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lift;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Ping;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server over a real connection, with a real journal; only the gate is the test's. */
class LinkClientTest {
    private static final long LONG_LEASE = 3_600_000;

    @TempDir
    private Path directory;

    private static final Catalogue POINTS = new Catalogue(Libraries.all());

    private final List<PointReport> points = new CopyOnWriteArrayList<>(List.of(
            report("spring.SessionRepository.save", PointReport.State.WOVEN),
            report("tomcat.CoyoteAdapter.service", PointReport.State.WAITING)));
    private final List<Host> hosts = new ArrayList<>();
    private FakeController controller;
    private LinkIdentity identity;
    private long scopes = 100;

    @BeforeEach
    void listen() throws IOException {
        controller = new FakeController(0, "key");
        identity = FakeController.identity(directory);
    }

    @AfterEach
    void close() {
        hosts.forEach(Host::close);
        controller.close();
        AgentLog.close();
    }

    private static PointReport report(String name, PointReport.State state) {
        return new PointReport(point(name), state, "", List.of());
    }

    private static Point point(String name) {
        return POINTS.all().stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path killSwitch() {
        return directory.resolve("disarm");
    }

    private Host host(long incarnation, Set<FaultKind> faults, long journalBytes) {
        return host(settings(incarnation, faults, journalBytes, controller.port()), 1_000_000);
    }

    private Host host(LinkSettings settings, int silentTicks) {
        Host host = new Host(settings, silentTicks);
        hosts.add(host);
        host.client.start();
        return host;
    }

    private LinkSettings settings(long incarnation, Set<FaultKind> faults, long journalBytes, int port) {
        return new LinkSettings(
                "1",
                "node-1",
                incarnation,
                "127.0.0.1",
                port,
                identity,
                directory.resolve("journal"),
                journalBytes,
                10,
                Policy.of(faults),
                killSwitch().toFile());
    }

    private Host host(long incarnation) {
        return host(incarnation, Set.of(FaultKind.values()), 1 << 20);
    }

    private Host recording(long incarnation) {
        Host host = host(incarnation);
        controller.awaitHello(1);
        assertThat(controller.record(true).getOn()).isTrue();
        return host;
    }

    private static Injection.Builder drop() {
        return Injection.newBuilder()
                .setId(9)
                .setFault("drop")
                .setPoint("session.save")
                .setEdge(Edge.BEFORE)
                .setTtlMillis(LONG_LEASE);
    }

    private Armed arm(Injection.Builder injection, boolean dryRun) {
        int before = controller.count(AgentMessage::hasArmed);
        controller.send(ControllerMessage.newBuilder()
                .setArm(Arm.newBuilder().setInjection(injection).setDryRun(dryRun)));
        await().until(() -> controller.count(AgentMessage::hasArmed) > before);
        return controller.last(AgentMessage::hasArmed).getArmed();
    }

    private Lifted.Cause lifted() {
        return controller.awaitMessage(AgentMessage::hasLifted).getLifted().getCause();
    }

    @Test
    void saysHelloWithPointsAndTheFaultsThatTheHostAllows() {
        host(1, Set.of(FaultKind.DELAY), 1 << 20);
        var hello = controller.awaitHello(1);
        assertThat(hello.getNode()).isEqualTo("node-1");
        assertThat(hello.getIncarnation()).isEqualTo(1);
        assertThat(hello.getPointsList()).hasSize(2);
        assertThat(hello.getAllowedFaultsList()).containsExactly("delay");
        assertThat(hello.getPid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void tellsPointsAgainWhenTheyChange() {
        host(1);
        controller.awaitHello(1);
        points.set(1, report("tomcat.CoyoteAdapter.service", PointReport.State.WOVEN));
        assertThat(controller
                        .awaitMessage(AgentMessage::hasPoints)
                        .getPoints()
                        .getPoints(1)
                        .getStateValue())
                .isEqualTo(2);
    }

    @Test
    void answersPingsWithItsClocks() {
        host(1);
        controller.awaitHello(1);
        long before = System.nanoTime();
        controller.send(ControllerMessage.newBuilder().setPing(Ping.newBuilder().setId(77)));
        var pong = controller.awaitMessage(AgentMessage::hasPong).getPong();
        assertThat(pong.getId()).isEqualTo(77);
        assertThat(pong.getMonoNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void recordsAndSendsTheJournalToItsEnd() {
        Host host = recording(1);
        assertThat(host.key).isEqualTo("key");
        for (int i = 0; i < 2000; i++) {
            host.save(i);
        }
        Recording off = controller.record(false);
        assertThat(off.getOn()).isFalse();
        assertThat(off.getSeq()).isEqualTo(2001);
        assertThat(host.journal).isNull();
        await().until(() -> controller.complete(1));
        assertThat(controller.journal(1)).hasSize(2001);
        assertThat(controller.journal(1).get(0).type()).isEqualTo(EventType.HEADER);
    }

    @Test
    void recordingGoesOnInTheSameJournal() {
        Host host = recording(1);
        host.save(1);
        controller.record(false);
        await().until(() -> controller.complete(1));
        Recording again = controller.record(true);
        assertThat(again.getOn()).isTrue();
        assertThat(again.getSeq()).isEqualTo(2);
        host.save(2);
        await().until(() -> controller.journal(1).size() == 3);
    }

    @Test
    void looksIntoMapsWhileItRecords() {
        host(1);
        controller.awaitHello(1);
        controller.send(ControllerMessage.newBuilder().setLook(Look.newBuilder().setId(5)));
        assertThat(controller.awaitMessage(AgentMessage::hasLooked).getLooked().getProblem())
                .isEqualTo("nothing is recorded there");
        controller.record(true);
        controller.send(ControllerMessage.newBuilder()
                .setLook(Look.newBuilder().setId(6).setMap("sessions")));
        await().until(() -> controller.count(AgentMessage::hasLooked) == 3);
        assertThat(controller
                        .last(message -> message.getLooked().hasKept())
                        .getLooked()
                        .getKept()
                        .getMap())
                .isEqualTo("sessions");
        assertThat(controller.last(AgentMessage::hasLooked).getLooked().getLast())
                .isTrue();
    }

    @Test
    void aDryRunArmsNothing() {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        assertThat(arm(drop(), true).getPointsList()).containsExactly("spring.SessionRepository.save");
        assertThat(host.injections.armed()).isFalse();
        assertThat(arm(drop(), false).getRefusal()).isEmpty();
        assertThat(host.injections.armed()).isTrue();
    }

    @Test
    void aDryRunThatCountsSaysWhatWouldHaveBeenHit() {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        controller.send(ControllerMessage.newBuilder()
                .setArm(Arm.newBuilder().setInjection(drop()).setDryRun(true).setCount(true)));
        Armed armed = controller.awaitMessage(AgentMessage::hasArmed).getArmed();
        assertThat(armed.getCounting()).isTrue();
        assertThat(armed.getDryRun()).isTrue();
        assertThat(host.decide(1)).isNull();
        assertThat(host.decide(2)).isNull();
        controller.send(ControllerMessage.newBuilder().setLift(Lift.newBuilder().setInjection(9)));
        assertThat(lifted()).isEqualTo(Lifted.Cause.COMMAND);
        assertThat(controller
                        .last(AgentMessage::hasLifted)
                        .getLifted()
                        .getCounts()
                        .getApplied())
                .isEqualTo(2);
    }

    @Test
    void refusesWithAReason() {
        host(1, Set.of(FaultKind.DROP), 1 << 20);
        controller.awaitHello(1);
        assertThat(arm(drop(), false).getRefusal()).contains("no record, no fault");
        controller.record(true);
        assertThat(arm(drop().setFault("crash"), true).getRefusal()).contains("does not allow crash");
        assertThat(arm(drop().setFault("melt"), true).getRefusal()).contains("knows no fault 'melt'");
        assertThat(arm(drop().setEdge(Edge.AFTER), true).getRefusal()).contains("impossible");
        assertThat(arm(drop().setShare(2), true).getRefusal()).contains("from 0 to 1");
        assertThat(arm(drop().setPoint("socket.close"), true).getPointsList()).isEmpty();
    }

    @Test
    void armsWhereItIsPossibleAndSaysWhereNot() {
        points.set(0, report("lettuce.DefaultEndpoint.write", PointReport.State.WOVEN));
        points.set(1, report("lettuce.DefaultEndpoint.writeAll", PointReport.State.WOVEN));
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        Armed armed = arm(drop().setPoint("store.command"), false);
        assertThat(armed.getRefusal()).isEmpty();
        assertThat(armed.getPointsList()).containsExactly("lettuce.DefaultEndpoint.write");
        assertThat(host.injections.armed()).isTrue();
        armed = arm(drop().setPoint("lettuce.DefaultEndpoint.writeAll"), false);
        assertThat(armed.getRefusal()).contains("leave together");
    }

    @Test
    void countsAndLifts() {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        arm(drop(), false);
        assertThat(host.decide(1)).isNotNull();
        await().until(() -> controller.count(
                        message -> message.hasApplied() && message.getApplied().getApplied() == 1)
                > 0);
        controller.send(ControllerMessage.newBuilder().setLift(Lift.newBuilder().setInjection(9)));
        assertThat(lifted()).isEqualTo(Lifted.Cause.COMMAND);
        assertThat(host.decide(2)).isNull();
    }

    @Test
    void aLeaseThatIsNotRenewedEndsWhatIsArmed() {
        Host host = recording(1);
        controller.lease(300);
        arm(drop(), false);
        assertThat(lifted()).isEqualTo(Lifted.Cause.LEASE);
        assertThat(host.injections.armed()).isFalse();
    }

    @Test
    void aLeaseCountsFromWhatItAnswers() {
        Host host = recording(1);
        long said = controller.ping();
        controller.lease(LONG_LEASE, said);
        arm(drop(), false);
        assertThat(host.decide(1)).isNotNull();
        long now = System.nanoTime();
        assertThat(host.injections.leaseLeft()).isLessThanOrEqualTo(said + LONG_LEASE * 1_000_000 - now);
        controller.lease(LONG_LEASE, said - LONG_LEASE * 1_000_000);
        assertThat(lifted()).isEqualTo(Lifted.Cause.LEASE);
        assertThat(host.decide(2)).isNull();
    }

    @Test
    void saysInItsHelloWhatAFirstLeaseMayAnswer() {
        long before = System.nanoTime();
        host(1);
        var hello = controller.awaitHello(1);
        assertThat(hello.hasMonoNanos()).isTrue();
        assertThat(hello.getMonoNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void whatOneControllerArmedIsNotKeptByAnothersLease() throws IOException {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        arm(drop(), false);
        int port = controller.die();
        controller = new FakeController(port, "other");
        controller.awaitHello(1);
        await().until(() -> !host.injections.armed());
    }

    @Test
    void whatTheSameControllerArmedOutlivesAConnection() {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        arm(drop(), false);
        controller.comeBack(controller.die());
        controller.awaitHello(2);
        controller.lease(LONG_LEASE, controller.ping());
        assertThat(host.decide(1)).isNotNull();
    }

    @Test
    void aWayThatSwallowsEverythingIsLeftAndFoundAgain() throws IOException {
        try (Relay relay = new Relay(controller.port())) {
            Host host = host(settings(1, Set.of(FaultKind.values()), 1 << 20, relay.port()), 10);
            controller.awaitHello(1);
            controller.record(true);
            controller.lease(1_000, controller.ping());
            arm(drop(), false);
            relay.swallow();
            await().until(() -> !host.injections.armed());
            relay.pass();
            controller.awaitHello(2);
            controller.lease(LONG_LEASE, controller.ping());
            arm(drop(), false);
            assertThat(host.decide(1)).isNotNull();
        }
    }

    @Test
    void aControllerThatNeverPingedIsNotMissed() {
        Host host = host(settings(1, Set.of(FaultKind.values()), 1 << 20, controller.port()), 1);
        controller.awaitHello(1);
        assertThat(controller.record(true).getOn()).isTrue();
        await().until(() -> controller.count(AgentMessage::hasMetrics) > 0); // After many ticks.
        assertThat(controller.count(AgentMessage::hasHello)).isEqualTo(1);
        assertThat(host.journal).isNotNull();
    }

    @Test
    void aDeadControllerDisarmsAndIsToldWhenItComesBack() {
        Host host = recording(1);
        controller.lease(500);
        arm(drop(), false);
        int port = controller.die();
        await().until(() -> !host.injections.armed());
        host.save(1);
        controller.comeBack(port);
        controller.awaitHello(2);
        assertThat(lifted()).isEqualTo(Lifted.Cause.LEASE);
        await().until(() -> controller.journal(1).size() == 2);
    }

    @Test
    void goesOnWhereItWasAcknowledged() {
        Host host = recording(1);
        host.save(1);
        await().until(() -> controller.journal(1).size() == 2);
        controller.keepQuiet();
        for (int i = 0; i < 1000; i++) {
            host.save(i);
        }
        await().until(() -> controller.journal(1).size() > 2);
        int port = controller.die();
        for (int i = 0; i < 1000; i++) {
            host.save(i);
        }
        controller.comeBack(port);
        await().until(() -> controller.journal(1).size() == 2002);
        for (int i = 0; i < 2002; i++) {
            assertThat(controller.journal(1).get(i).seq()).isEqualTo(i);
        }
    }

    @Test
    void anotherControllerGetsItsOwnKey() throws IOException {
        Host host = recording(1);
        int port = controller.die();
        controller = new FakeController(port, "other");
        controller.awaitHello(1);
        assertThat(controller.record(true).getOn()).isTrue();
        assertThat(host.key).isEqualTo("other");
    }

    @Test
    void theNextIncarnationSendsWhatAnEarlierOneCouldNot() {
        Host first = recording(1);
        int port = controller.die();
        for (int i = 0; i < 700; i++) {
            first.save(i);
        }
        first.close();
        controller.comeBack(port);
        Host second = host(2);
        await().until(() -> controller.complete(1));
        assertThat(controller.journal(1)).hasSize(701);
        Path queue = directory.resolve("journal").resolve("0000000000000001");
        await().until(() -> !Files.exists(queue));
        assertThat(second.journal).isNull();
    }

    @Test
    void aLivingIncarnationOfAnotherAgentIsLeftAlone() {
        recording(1);
        host(2);
        assertThat(controller.awaitHello(2).getJournalsList()).isEmpty();
    }

    @Test
    void theKillSwitchEndsEverything() throws IOException {
        Host host = recording(1);
        controller.lease(LONG_LEASE);
        arm(drop(), false);
        Files.createFile(killSwitch());
        assertThat(lifted()).isEqualTo(Lifted.Cause.KILL_SWITCH);
        await().until(() -> host.journal == null);
        Recording refused = controller.record(true);
        assertThat(refused.getOn()).isFalse();
        assertThat(refused.getProblem()).contains("kill switch");
    }

    @Test
    void theKillSwitchHoldsUntilItIsTakenAway() throws IOException {
        Host host = host(1);
        controller.awaitHello(1);
        controller.record(true);
        controller.lease(LONG_LEASE);
        Files.createFile(killSwitch());
        assertThat(arm(drop(), false).getRefusal()).isEqualTo("the kill switch is on");
        await().until(() -> host.journal == null);
        Files.delete(killSwitch());
        controller.record(true);
        await().until(() -> arm(drop(), false).getRefusal().isEmpty());
        await().until(() -> host.decide(++scopes) != null);
    }

    @Test
    void saysNothingToWhoDoesNotHaveItsToken() {
        controller.loseToken();
        host(1);
        await().until(() -> controller.count(AgentMessage::hasChallenge) >= 3);
        assertThat(controller.count(message -> !message.hasChallenge())).isZero();
    }

    @Test
    void dialsOnUntilThereIsAToken() throws IOException {
        Path file = identity.token().toPath();
        Files.delete(file);
        Path log = logged();
        host(1);
        await().until(() -> lines(log).contains("the token cannot be read"));
        assertThat(controller.count(message -> true)).isZero();
        FakeController.identity(directory);
        assertThat(controller.awaitHello(1).getNode()).isEqualTo("node-1");
    }

    /** Whoever reads the log of a host that cannot connect learns why it cannot now, and not only why it could not at first. */
    @Test
    void saysEachReasonOnce() throws IOException {
        Path log = logged();
        controller.loseToken();
        host(1);
        await().until(() -> lines(log).contains("does not have this agent's token"));
        int port = controller.die();
        await().until(() -> lines(log).contains("UNAVAILABLE"));
        controller.comeBack(port);
        int before = controller.count(AgentMessage::hasChallenge);
        await().until(() -> controller.count(AgentMessage::hasChallenge) >= before + 3);
        assertThat(lines(log)).containsOnlyOnce("does not have this agent's token");
    }

    /** What a name stands for may change between a look and the next one; what was looked at is what is dialled. */
    @Test
    void dialsTheAddressThatItHasLookedAt() throws IOException {
        assertThat(LinkClient.loopback("localhost"))
                .hasValueSatisfying(
                        address -> assertThat(address.isLoopbackAddress()).isTrue());
        assertThat(LinkClient.loopback("192.0.2.7")).isEmpty();
        assertThat(LinkClient.loopback("no such host")).isEmpty();
    }

    private Path logged() {
        Path log = directory.resolve("log").resolve("agent.log");
        AgentLog.to(log.toFile());
        return log;
    }

    private static String lines(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileWithoutATokenIsNotSent() throws IOException {
        Files.writeString(identity.token().toPath(), "secret");
        assertThatThrownBy(() -> identity.readToken())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(identity.token() + " holds no token")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aHostThatAllowsNoFaultIsRecordedAndNotBroken() {
        host(1, Set.of(), 1 << 20);
        controller.awaitHello(1);
        assertThat(controller.record(true).getOn()).isTrue();
        assertThat(arm(drop(), false).getRefusal()).isEqualTo("this host allows no fault at all");
    }

    @Test
    void rejectsWithTheLineOfTheHostsPolicy() throws IOException {
        Path file = directory.resolve("policy.properties");
        Files.writeString(file, "faults = drop\npoints = session.save\nmax-share = 0.5\n", StandardCharsets.UTF_8);
        LinkSettings all = settings(1, Set.of(FaultKind.values()), 1 << 20, controller.port());
        Host host = host(
                new LinkSettings(
                        all.version(),
                        all.node(),
                        all.incarnation(),
                        all.controllerHost(),
                        all.controllerPort(),
                        all.identity(),
                        all.journal(),
                        all.journalBytes(),
                        all.journalKeep(),
                        PolicyFile.read(file.toFile(), Set.of(FaultKind.values())),
                        all.killSwitch()),
                1_000_000);
        var hello = controller.awaitHello(1);
        assertThat(hello.getAllowedFaultsList()).containsExactly("drop");
        assertThat(hello.getPolicyList()).hasSize(3).contains("policy.properties:2: points = session.save");
        controller.record(true);
        controller.lease(LONG_LEASE);
        assertThat(arm(drop(), false).getRefusal())
                .isEqualTo("policy.properties:3: max-share = 0.5: the injection asks for 1.0");
        assertThat(arm(drop().setFault("crash"), false).getRefusal())
                .isEqualTo("policy.properties:1: faults = drop: crash is not permitted");
        assertThat(host.injections.armed()).isFalse();
        assertThat(arm(drop().setSessions(Sessions.newBuilder().setShare(0.5)), false)
                        .getRefusal())
                .isEmpty();
        assertThat(host.injections.armed()).isTrue();
    }

    @Test
    void aFullJournalEndsRecordingAndWhatIsArmed() {
        Host host = host(1, Set.of(FaultKind.values()), 4096);
        controller.awaitHello(1);
        controller.record(true);
        controller.lease(LONG_LEASE);
        arm(drop(), false);
        Journal journal = host.journal;
        while (append(journal, 1) >= 0) {
            // Until it is full.
        }
        assertThat(lifted()).isEqualTo(Lifted.Cause.AGENT_ERROR);
        await().until(() ->
                controller.count(message -> message.getRecording().getProblem().contains("cap")) > 0);
    }

    @Test
    void flushSendsTheRest() {
        Host host = recording(1);
        for (int i = 0; i < 500; i++) {
            host.save(i);
        }
        host.client.flush(Duration.ofSeconds(30));
        assertThat(controller.journal(1)).hasSize(501);
        assertThat(controller.complete(1)).isTrue();
        assertThat(host.journal).isNull();
    }

    @Test
    void sendsItsMeters() {
        recording(1);
        await().until(() -> controller.count(
                        message -> message.getMetrics().getText().contains("midwrite_journal_records_total 1.0"))
                > 0);
    }

    private static long append(Journal journal, long session) {
        return journal.append(
                EventType.OPERATION, session, 0, 0, 0, 0, 0, dev.midwrite.event.Edge.AFTER, 1, 0, 0, new byte[0]);
    }

    /** A host whose gate the test can see. */
    private final class Host implements Recorder {
        private final Injections injections = new Injections();
        private final AgentMeters meters = new AgentMeters(() -> points, injections);
        private final LinkClient client;
        private volatile Journal journal;
        private volatile Decider decider;
        private volatile String key;
        private final java.util.Set<Point> armedAt = java.util.concurrent.ConcurrentHashMap.newKeySet();

        Host(LinkSettings settings, int silentTicks) {
            client = new LinkClient(settings, injections, () -> List.copyOf(points), this, meters, silentTicks);
        }

        @Override
        public void prepare() {
            // The test's JVM was started with what Chronicle needs.
        }

        @Override
        public String start(Journal newJournal, Decider newDecider, byte[] sessionKey, boolean newContents) {
            key = new String(sessionKey, StandardCharsets.US_ASCII);
            decider = newDecider;
            journal = newJournal;
            return "";
        }

        @Override
        public Supplier<List<KeptSessions>> look(String map) {
            return () -> List.of(new KeptSessions(map, true, Map.of(1L, 2L), ""));
        }

        @Override
        public void armed(Predicate<Point> isWoven) {
            armedAt.addAll(
                    points.stream().map(PointReport::point).filter(isWoven).toList());
        }

        @Override
        public void stop() {
            journal = null;
        }

        void save(long session) {
            assertThat(append(journal, session)).isPositive();
        }

        Decision decide(long scope) {
            Passage passage = new Passage(point("spring.SessionRepository.save"));
            passage.label = 1;
            passage.scope = scope;
            Decision decision = decider.decide(passage, passage.point, dev.midwrite.event.Edge.BEFORE, true);
            if (decision != null) {
                decider.happened(decision);
            }
            return decision;
        }

        void close() {
            client.close();
            meters.close();
        }
    }
}
