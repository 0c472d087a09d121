package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Frame;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Applied;
import dev.midwrite.link.v1.Arm;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import dev.midwrite.link.v1.Event;
import dev.midwrite.link.v1.EventsRequest;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.InjectResponse;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.LiftResponse;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.Node;
import dev.midwrite.link.v1.NodeLifted;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.Recording;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorServiceTest {
    private static final InjectRequest CRASH = InjectRequest.newBuilder()
            .setInjection(Injection.newBuilder().setFault("crash").setPoint("session.save"))
            .build();

    private static final Token TOKEN = Token.random();
    private static final Access ACCESS =
            Access.byToken(FakeAgent.TOKEN, List.of(new OperatorToken("owner", Role.CRASH, TOKEN)), entry -> {});

    @TempDir
    Path directory;

    private OpenServer open;
    private OperatorGrpc.OperatorBlockingStub operator;

    @BeforeEach
    void start() {
        open = new OpenServer(directory, ACCESS);
        operator = Callers.showing(open.channel, TOKEN).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        open.close();
    }

    @Test
    void listsNodes() throws Exception {
        assertThat(nodes()).isExhausted();
        try (FakeAgent agent = connected("node-1")) {
            agent.send(Frames.message(Frames.tail(1, 0, 4)));
            agent.hear(MessageCase.ACK);
            Node node = nodes().next();
            assertThat(node.getName()).isEqualTo("node-1");
            assertThat(node.getConnected()).isTrue();
            assertThat(node.getRecording()).isFalse();
            assertThat(node.getRecords()).isEqualTo(4);
            assertThat(node.getPointsList()).hasSize(1);
        }
    }

    @Test
    void injectsInTwoPhasesAndLifts() throws Exception {
        try (FakeAgent agent = connected("node-1")) {
            CompletableFuture<InjectResponse> response = CompletableFuture.supplyAsync(() -> operator.inject(CRASH));
            record(agent, "");
            Arm dry = agent.hear(MessageCase.ARM).getArm();
            assertThat(dry.getDryRun()).isTrue();
            answer(agent, dry, true);
            Arm real = agent.hear(MessageCase.ARM).getArm();
            assertThat(real.getDryRun()).isFalse();
            answer(agent, real, true);
            assertThat(response.get(30, TimeUnit.SECONDS).getNodes(0).getArmed().getPointsList())
                    .containsExactly(Frames.POINT);
            assertThat(nodes().next().getInjectionsList())
                    .extracting("injection_")
                    .containsExactly(real.getInjection().getId());

            CompletableFuture<LiftResponse> lift =
                    CompletableFuture.supplyAsync(() -> operator.liftInjection(LiftRequest.getDefaultInstance()));
            int id = agent.hear(MessageCase.LIFT).getLift().getInjection();
            assertThat(id).isEqualTo(real.getInjection().getId());
            agent.send(AgentMessage.newBuilder()
                    .setLifted(Lifted.newBuilder().setInjection(id).setCause(Lifted.Cause.COMMAND))
                    .build());
            assertThat(lift.get(30, TimeUnit.SECONDS).getNodesList()).containsExactly("node-1");
            assertThat(nodes().next().getInjectionsList()).isEmpty();
        }
    }

    @Test
    void countsWithoutInjecting() throws Exception {
        try (FakeAgent agent = connected("node-1")) {
            InjectRequest dry = CRASH.toBuilder()
                    .setDryRun(true)
                    .setInjection(CRASH.getInjection().toBuilder().setId(7))
                    .build();
            CompletableFuture<InjectResponse> response = CompletableFuture.supplyAsync(() -> operator.inject(dry));
            record(agent, "");
            Arm arm = agent.hear(MessageCase.ARM).getArm();
            assertThat(arm.getDryRun()).isTrue();
            assertThat(arm.getCount()).isTrue();
            agent.send(AgentMessage.newBuilder()
                    .setArmed(Armed.newBuilder()
                            .setInjection(7)
                            .setDryRun(true)
                            .setCounting(true)
                            .addPoints(Frames.POINT))
                    .build());
            assertThat(response.get(30, TimeUnit.SECONDS).getNodes(0).getArmed().getCounting())
                    .isTrue();
            assertThat(nodes().next().getInjectionsList())
                    .as("nothing is armed")
                    .isEmpty();

            CompletableFuture<LiftResponse> lift = CompletableFuture.supplyAsync(() -> operator.liftInjection(
                    LiftRequest.newBuilder().setInjection(7).build()));
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isEqualTo(7);
            agent.send(AgentMessage.newBuilder()
                    .setLifted(Lifted.newBuilder()
                            .setInjection(7)
                            .setCause(Lifted.Cause.COMMAND)
                            .setCounts(Applied.newBuilder()
                                    .setInjection(7)
                                    .setMatched(20)
                                    .setApplied(3)))
                    .build());
            NodeLifted lifted = lift.get(30, TimeUnit.SECONDS).getLifted(0);
            assertThat(lifted.getNode()).isEqualTo("node-1");
            assertThat(lifted.getLifted().getCounts().getApplied()).isEqualTo(3);
        }
    }

    @Test
    void tellsWhatNodesPermit() throws Exception {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1)
                    .addAllowedFaults("delay")
                    .addPolicy("policy.properties:2: max-delay = 500ms"));
            agent.hear(MessageCase.WELCOME);
            Node node = nodes().next();
            assertThat(node.getAllowedFaultsList()).containsExactly("delay");
            assertThat(node.getPolicyList()).containsExactly("policy.properties:2: max-delay = 500ms");
        }
    }

    @Test
    void liftsWhateverIsArmedAndSaysWhoHasNotConfirmedIt() throws Exception {
        try (FakeAgent agent = connected("node-1")) {
            try (FakeAgent gone = connected("node-2")) {
                assertThat(gone.open()).isTrue();
            }
            await().until(() -> !open.fleet.node("node-2").orElseThrow().connected());
            LiftResponse response =
                    operator.liftInjection(LiftRequest.newBuilder().setAll(true).build());
            assertThat(agent.hear(MessageCase.LIFT).getLift().getInjection()).isZero();
            assertThat(response.getNodesList()).containsExactly("node-1");
            assertThat(response.getSilentList()).containsExactly("node-2");
        }
    }

    @Test
    void armsNothingThatMatchesNothing() throws Exception {
        try (FakeAgent agent = connected("node-1")) {
            CompletableFuture<InjectResponse> response = CompletableFuture.supplyAsync(() -> operator.inject(CRASH));
            record(agent, "");
            answer(agent, agent.hear(MessageCase.ARM).getArm(), false);
            Armed armed = response.get(30, TimeUnit.SECONDS).getNodes(0).getArmed();
            assertThat(armed.getDryRun()).isTrue();
            assertThat(armed.getPointsList()).isEmpty();
            assertThat(open.fleet.node("node-1").orElseThrow().injections()).isEmpty();
        }
    }

    @Test
    void injectsNothingWithoutAJournal() throws Exception {
        try (FakeAgent agent = connected("node-1")) {
            CompletableFuture<InjectResponse> response = CompletableFuture.supplyAsync(() -> operator.inject(CRASH));
            record(agent, "no space left on device");
            assertThat(response.get(30, TimeUnit.SECONDS).getNodes(0).getArmed().getRefusal())
                    .isEqualTo("nothing is injected without a record: no space left on device");
        }
    }

    @Test
    void saysWhatIsWrongInOneSentence() {
        assertThatThrownBy(() ->
                        operator.inject(CRASH.toBuilder().setNode("node-9").build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("FAILED_PRECONDITION: Node node-9 is not connected.");
    }

    @Test
    void streamsTheEventsOfOneNode() throws Exception {
        try (FakeAgent one = connected("node-1");
                FakeAgent two = connected("node-2")) {
            Iterator<Event> events =
                    operator.events(EventsRequest.newBuilder().setNode("node-2").build());
            // Events begin when the controller has the call; what came before is not in them.
            await().until(() -> open.journals.listeners() == 1);
            one.send(Frames.message(Frames.tail(1, 0, 3)));
            one.hear(MessageCase.ACK);
            two.send(Frames.message(Frames.tail(1, 0, 3)));
            for (int seq = 0; seq < 3; seq++) {
                Event event = events.next();
                assertThat(event.getNode()).isEqualTo("node-2");
                assertThat(EventRecord.read(Frame.view(event.getRecord().asReadOnlyByteBuffer()), 0))
                        .isEqualTo(Frames.record(seq));
                assertThat(event.getPoint()).isEqualTo(seq == 0 ? "" : Frames.POINT);
            }
        }
        open.channel.shutdownNow();
        await().until(() -> open.journals.listeners() == 0);
    }

    private Iterator<Node> nodes() {
        return operator.listNodes(ListNodesRequest.getDefaultInstance())
                .getNodesList()
                .iterator();
    }

    private FakeAgent connected(String node) throws InterruptedException {
        FakeAgent agent = new FakeAgent(open.server.port());
        agent.hello(FakeAgent.hello(node, 1));
        agent.hear(MessageCase.WELCOME);
        await().until(() -> open.fleet.node(node).filter(FleetNode::connected).isPresent());
        return agent;
    }

    private static void record(FakeAgent agent, String problem) throws InterruptedException {
        agent.hear(MessageCase.RECORD);
        agent.send(AgentMessage.newBuilder()
                .setRecording(Recording.newBuilder().setOn(problem.isEmpty()).setProblem(problem))
                .build());
    }

    private static void answer(FakeAgent agent, Arm arm, boolean matches) {
        Armed.Builder armed =
                Armed.newBuilder().setInjection(arm.getInjection().getId()).setDryRun(arm.getDryRun());
        agent.send(AgentMessage.newBuilder()
                .setArmed(matches ? armed.addPoints(Frames.POINT) : armed)
                .build());
    }
}
