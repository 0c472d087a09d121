package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Kept;
import dev.midwrite.link.v1.Lease;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Looked;
import dev.midwrite.link.v1.Recording;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Injection INJECTION = Injection.newBuilder()
            .setId(7)
            .setFault("crash")
            .setPoint("session.save")
            .build();

    @TempDir
    Path directory;

    private JournalStore journals;
    private Fleet fleet;
    private LinkServer server;

    @BeforeEach
    void start() {
        journals = new JournalStore(directory);
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
    }

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
        journals.close();
    }

    @Test
    void welcomesANodeWithTheKeyOfTheRun() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            FleetNode node = fleet.node("node-1").orElseThrow();
            assertThat(node.connected()).isTrue();
            assertThat(node.incarnation()).isEqualTo(1);
            assertThat(node.points()).extracting("name").containsExactly(Frames.POINT);
            assertThat(fleet.sessionKey()).hasSize(32).isNotEqualTo(new byte[32]);
            assertThat(agent.open()).isTrue();
        }
        await().until(() -> !fleet.node("node-1").orElseThrow().connected());
    }

    @Test
    void waitsForTheNextIncarnation() throws Exception {
        try (FakeAgent first = connected("node-1", 1)) {
            assertThatThrownBy(() -> fleet.awaitNode("node-1", 1, Duration.ofMillis(1)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("node-1");
            first.mute();
            try (FakeAgent second = connected("node-1", 2)) {
                assertThat(fleet.awaitNode("node-1", 1, LONG).incarnations()).containsExactly(1L, 2L);
                assertThat(first.ended().getDescription()).contains("took this one's place");
                assertThat(second.open()).isTrue();
            }
        }
    }

    @Test
    void aNameIsItsFirstJvmsAsLongAsThatLives() throws Exception {
        try (FakeAgent first = connected("node-1", 1)) {
            try (FakeAgent second = new FakeAgent(server.port())) {
                second.hello(FakeAgent.hello("node-1", 2));
                assertThat(second.ended().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
                assertThat(second.ended().getDescription())
                        .isEqualTo("node node-1 is connected already, from process "
                                + ProcessHandle.current().pid() + "; give each JVM a name of its own");
            }
            assertThat(first.open()).isTrue();
            assertThat(fleet.node("node-1").orElseThrow().incarnations()).containsExactly(1L);
        }
        try (FakeAgent second = connected("node-1", 2)) {
            assertThat(fleet.node("node-1").orElseThrow().incarnation()).isEqualTo(2);
            assertThat(second.open()).isTrue();
        }
    }

    @Test
    void theSameJvmMayComeBackBeforeItsLastConnectionIsKnownToBeGone() throws Exception {
        try (FakeAgent before = connected("node-1", 1);
                FakeAgent again = new FakeAgent(server.port())) {
            again.hello(FakeAgent.hello("node-1", 1));
            again.hear(MessageCase.WELCOME);
            assertThat(before.ended().getDescription()).contains("took this one's place");
            assertThat(again.open()).isTrue();
        }
    }

    @Test
    void looksIntoMapsAndPutsTheAnswersTogether() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            CompletableFuture<List<Kept>> kept = fleet.look("node-1", "sessions");
            Look look = agent.hear(MessageCase.LOOK).getLook();
            assertThat(look.getMap()).isEqualTo("sessions");
            Kept part = Kept.newBuilder().setMap("sessions").addSessions(7).build();
            agent.send(looked(99, Looked.newBuilder().setKept(part).setLast(true)));
            agent.send(looked(look.getId(), Looked.newBuilder().setKept(part)));
            agent.send(looked(look.getId(), Looked.newBuilder().setKept(part)));
            agent.send(looked(look.getId(), Looked.newBuilder().setLast(true)));
            assertThat(kept.get(30, TimeUnit.SECONDS)).containsExactly(part, part);
            CompletableFuture<List<Kept>> failed = fleet.look("node-1", "");
            agent.send(looked(
                    agent.hear(MessageCase.LOOK).getLook().getId(),
                    Looked.newBuilder().setLast(true).setProblem("it is still looking")));
            assertThatThrownBy(() -> failed.get(30, TimeUnit.SECONDS)).hasMessageContaining("it is still looking");
        }
    }

    @Test
    void aLookEndsWithTheConnection() throws Exception {
        CompletableFuture<List<Kept>> open;
        try (FakeAgent agent = connected("node-1", 1)) {
            open = fleet.look("node-1", "");
            assertThat(agent.hear(MessageCase.LOOK).getLook().getMap()).isEmpty();
        }
        assertThatThrownBy(() -> open.get(30, TimeUnit.SECONDS)).hasMessageContaining("node-1");
    }

    private static AgentMessage looked(long id, Looked.Builder looked) {
        return AgentMessage.newBuilder().setLooked(looked.setId(id)).build();
    }

    @Test
    void recordsOnDemand() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            CompletableFuture<Recording> recording = fleet.record("node-1", true);
            assertThat(agent.hear(MessageCase.RECORD).getRecord().getOn()).isTrue();
            agent.send(AgentMessage.newBuilder()
                    .setRecording(Recording.newBuilder().setOn(true).setSeq(1))
                    .build());
            assertThat(recording.get(30, TimeUnit.SECONDS).getSeq()).isEqualTo(1);
            assertThat(fleet.node("node-1").orElseThrow().recording()).isTrue();
        }
    }

    @Test
    void knowsThatAJournalIsCompleteWhenRecordingStopped() throws Exception {
        try (FakeAgent agent = connected("node-1", 0xA1)) {
            agent.send(Frames.message(Frames.tail(0xA1, 0, 4)));
            CompletableFuture<Recording> stopped = fleet.record("node-1", false);
            assertThat(agent.hear(MessageCase.RECORD).getRecord().getOn()).isFalse();
            agent.send(AgentMessage.newBuilder()
                    .setRecording(Recording.newBuilder().setSeq(6))
                    .build());
            assertThat(stopped.get(30, TimeUnit.SECONDS).getSeq()).isEqualTo(6);
            assertThat(journals.state("node-1", 0xA1).orElseThrow().complete()).isFalse();
            agent.send(Frames.message(Frames.tail(0xA1, 4, 6)));
            assertThat(journals.awaitComplete("node-1", 0xA1, LONG).whole()).isTrue();
        }
    }

    @Test
    void armsInTwoPhasesAndLifts() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            CompletableFuture<Armed> dry = fleet.arm("node-1", INJECTION, true);
            assertThat(agent.hear(MessageCase.ARM).getArm().getDryRun()).isTrue();
            agent.send(armed(true, ""));
            assertThat(dry.get(30, TimeUnit.SECONDS).getPointsList()).containsExactly(Frames.POINT);
            assertThat(fleet.node("node-1").orElseThrow().injections()).isEmpty();

            arm(agent);
            agent.send(applied(3));
            await().until(() -> state().counts().getApplied() == 3);

            CompletableFuture<Lifted> lift = fleet.lift("node-1", 7);
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isEqualTo(7);
            agent.send(lifted(Lifted.Cause.COMMAND, 4));
            assertThat(lift.get(30, TimeUnit.SECONDS).getCause()).isEqualTo(Lifted.Cause.COMMAND);
            assertThat(state().counts().getApplied()).isEqualTo(4);
            assertThat(fleet.lift("node-1", 7).get(30, TimeUnit.SECONDS).getCause())
                    .isEqualTo(Lifted.Cause.COMMAND);
        }
    }

    @Test
    void eachNodeDrawsByItselfAndTheSameEachTime() throws Exception {
        assertThat(drawSeed("node-1", 1)).isEqualTo(drawSeed("node-1", 2)).isNotEqualTo(drawSeed("node-2", 3));
    }

    private long drawSeed(String node, long incarnation) throws Exception {
        try (FakeAgent agent = connected(node, incarnation)) {
            CompletableFuture<Armed> armed = fleet.arm(node, INJECTION, false);
            long seed = agent.hear(MessageCase.ARM).getArm().getInjection().getDrawSeed();
            agent.send(armed(false, ""));
            armed.get(30, TimeUnit.SECONDS);
            return seed;
        }
    }

    @Test
    void givesARefusalAsAnAnswer() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            CompletableFuture<Armed> armed = fleet.arm("node-1", INJECTION, false);
            agent.hear(MessageCase.ARM);
            agent.send(armed(false, "crash is not allowed on this host"));
            assertThat(armed.get(30, TimeUnit.SECONDS).getRefusal()).contains("not allowed");
            assertThatThrownBy(() -> fleet.lift("node-1", 7).get())
                    .hasRootCauseInstanceOf(Problem.class)
                    .hasMessageContaining("never armed");
        }
    }

    @Test
    void tellsWhatAnInjectionDidWhoseProcessIsGone() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            arm(agent);
            agent.send(applied(1));
            await().until(() -> state().counts().getApplied() == 1);
        }
        await().until(() -> !fleet.node("node-1").orElseThrow().connected());
        Lifted lifted = fleet.lift("node-1", 7).get(30, TimeUnit.SECONDS);
        assertThat(lifted.getCause()).isEqualTo(Lifted.Cause.CAUSE_UNSPECIFIED);
        assertThat(lifted.getCounts().getApplied()).isEqualTo(1);
        assertThatThrownBy(() -> fleet.record("node-1", true).get())
                .hasRootCauseInstanceOf(Problem.class)
                .hasMessageContaining("Node node-1 is not connected.");
    }

    @Test
    void failsWhatWaitsForAnAnswerOfADyingNode() throws Exception {
        CompletableFuture<Recording> recording;
        try (FakeAgent agent = connected("node-1", 1)) {
            recording = fleet.record("node-1", true);
            agent.hear(MessageCase.RECORD);
        }
        assertThatThrownBy(() -> recording.get(30, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Problem.class)
                .hasMessageContaining("no longer connected");
    }

    @Test
    void renewsLeasesAndAnswersWhatTheAgentSaid() throws Exception {
        long before = System.nanoTime() + FakeAgent.CLOCK;
        try (FakeAgent agent = connected("node-1", 1)) {
            long last = before;
            for (int i = 0; i < 3; i++) {
                Lease lease = agent.hear(MessageCase.LEASE).getLease();
                assertThat(lease.getTtlMillis()).isEqualTo(Fleet.LEASE.toMillis());
                assertThat(lease.hasAnswers()).isTrue();
                assertThat(lease.getAnswers()).isGreaterThan(last);
                last = lease.getAnswers();
            }
        }
    }

    @Test
    void answersAHelloWithALease() throws Exception {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1).setMonoNanos(4711));
            assertThat(agent.hear(MessageCase.LEASE).getLease().getAnswers()).isEqualTo(4711);
        }
    }

    @Test
    void measuresEachIncarnationsClock() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            FleetNode node = fleet.node("node-1").orElseThrow();
            await().until(() -> node.clock(1).map(ClockInterval::samples).orElse(0) >= 5);
            ClockInterval clock = node.clock(1).orElseThrow();
            assertThat(FakeAgent.CLOCK).isBetween(clock.lower(), clock.upper());
            assertThat(node.clock(2)).isEmpty();
            assertThat(agent.open()).isTrue();
        }
    }

    @Test
    void storesTheTailAndResumesAfterAReconnect() throws Exception {
        try (FakeAgent agent = connected("node-1", 0xA1)) {
            agent.send(Frames.message(Frames.tail(0xA1, 0, 10)));
            assertThat(agent.hear(MessageCase.ACK).getAck().getNextSeq()).isEqualTo(10);
        }
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("node-1", 0xB2)
                    .addJournals(JournalPosition.newBuilder().setIncarnation(0xA1)));
            assertThat(agent.hear(MessageCase.WELCOME).getWelcome().getHaveList())
                    .containsExactly(
                            JournalPosition.newBuilder()
                                    .setIncarnation(0xA1)
                                    .setNextSeq(10)
                                    .build(),
                            JournalPosition.newBuilder().setIncarnation(0xB2).build());
            agent.send(Frames.message(
                    Frames.tail(0xA1, 5, 15).toBuilder().setComplete(true).build()));
            assertThat(agent.hear(MessageCase.ACK).getAck().getNextSeq()).isEqualTo(15);
        }
        JournalState state = journals.awaitComplete("node-1", 0xA1, LONG);
        assertThat(state.whole()).isTrue();
        assertThat(state.file()).hasBinaryContent(Frames.bytes(0, 15));
    }

    @Test
    void acknowledgesNothingBehindAGap() throws Exception {
        try (FakeAgent agent = connected("node-1", 0xA1)) {
            agent.send(Frames.message(Frames.tail(0xA1, 0, 3)));
            agent.hear(MessageCase.ACK);
            agent.send(Frames.message(Frames.tail(0xA1, 5, 9)));
            assertThat(agent.hear(MessageCase.ACK).getAck().getNextSeq()).isEqualTo(3);
            assertThat(journals.state("node-1", 0xA1).orElseThrow().damage()).isEqualTo("records 3 to 4 never came");
        }
    }

    @Test
    void refusesPolitelyWhatItDoesNotUnderstand() throws Exception {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1).setProtocolVersion(9));
            assertThat(agent.ended().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(agent.ended().getDescription()).contains("version 2", "speaks 9");
        }
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("../../etc", 1));
            assertThat(agent.ended().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.send(Frames.message(Frames.tail(1, 0, 1)));
            assertThat(agent.ended().getDescription()).contains("first message must be Hello");
        }
        assertThat(fleet.nodes()).isEmpty();
    }

    @Test
    void liftsEverythingAtItsEnd() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            arm(agent);
            fleet.close();
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isEqualTo(7);
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isZero();
        }
    }

    @Test
    void liftsEverythingBeforeConnectionsEnd() throws Exception {
        try (FakeAgent agent = connected("node-1", 1)) {
            arm(agent);
            server.close();
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isEqualTo(7);
        }
    }

    @Test
    void saysInOneSentenceThatAPortIsInUse() {
        assertThatThrownBy(() -> LinkServer.start(fleet, server.port(), FakeAgent.ACCESS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("127.0.0.1:" + server.port() + ": the port is in use");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThatThrownBy(() -> LinkServer.start(fleet, "0.0.0.0", 0, FakeAgent.ACCESS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("loopback only")
                .hasMessageContaining("--certificate");
    }

    private FakeAgent connected(String node, long incarnation) throws InterruptedException {
        FakeAgent agent = new FakeAgent(server.port());
        agent.hello(FakeAgent.hello(node, incarnation));
        assertThat(agent.hear(MessageCase.WELCOME).getWelcome().getSessionKey().toByteArray())
                .isEqualTo(fleet.sessionKey());
        await().until(() -> fleet.node(node)
                .filter(known -> known.connected() && known.incarnation() == incarnation)
                .isPresent());
        return agent;
    }

    private void arm(FakeAgent agent) throws Exception {
        CompletableFuture<Armed> armed = fleet.arm("node-1", INJECTION, false);
        Injection heard = agent.hear(MessageCase.ARM).getArm().getInjection();
        assertThat(heard.toBuilder().clearDrawSeed().build()).isEqualTo(INJECTION);
        agent.send(armed(false, ""));
        armed.get(30, TimeUnit.SECONDS);
        assertThat(state().lifted()).isEmpty();
    }

    private InjectionState state() {
        return fleet.node("node-1").orElseThrow().injections().get(7);
    }

    private static AgentMessage armed(boolean dryRun, String refusal) {
        Armed.Builder armed =
                Armed.newBuilder().setInjection(7).setDryRun(dryRun).setRefusal(refusal);
        return AgentMessage.newBuilder()
                .setArmed(refusal.isEmpty() ? armed.addPoints(Frames.POINT) : armed)
                .build();
    }

    private static AgentMessage applied(long count) {
        return AgentMessage.newBuilder()
                .setApplied(Applied.newBuilder().setInjection(7).setApplied(count))
                .build();
    }

    private static AgentMessage lifted(Lifted.Cause cause, long count) {
        return AgentMessage.newBuilder()
                .setLifted(Lifted.newBuilder()
                        .setInjection(7)
                        .setCause(cause)
                        .setCounts(Applied.newBuilder().setInjection(7).setApplied(count)))
                .build();
    }
}
