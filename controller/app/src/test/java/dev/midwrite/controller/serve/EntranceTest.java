package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.CommandLog;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import dev.midwrite.link.v1.EventsRequest;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.OperatorGrpc.OperatorBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, over real connections. */
class EntranceTest {
    /** Long enough for an agent that does say who it is. */
    private static final LinkServer.Patience SHORT =
            new LinkServer.Patience(Duration.ofSeconds(4), Duration.ofSeconds(1));

    private final Token watch = Token.random();
    private final Token inject = Token.random();
    private final Token crash = Token.random();
    private final List<CommandLog.Entry> log = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private OpenServer open;
    private Access access;

    @BeforeEach
    void start() {
        access = Access.byToken(
                FakeAgent.TOKEN,
                List.of(
                        new OperatorToken("screen", Role.WATCH, watch),
                        new OperatorToken("anna", Role.INJECT, inject),
                        new OperatorToken("owner", Role.CRASH, crash)),
                log::add);
        open = new OpenServer(directory, access);
    }

    @AfterEach
    void stop() throws InterruptedException {
        open.close();
    }

    @Test
    void aCommandWithoutATokenIsRejectedAndLogged() {
        OperatorBlockingStub stranger = OperatorGrpc.newBlockingStub(open.channel);
        Status status = rejected(() -> stranger.inject(injection("delay")));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status.getDescription()).contains("needs a token of this controller", "--token");
        assertThat(rejected(() -> stranger.listNodes(ListNodesRequest.getDefaultInstance()))
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(rejected(() -> stranger.events(EventsRequest.getDefaultInstance())
                                .next())
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(log).extracting(CommandLog.Entry::command).containsExactly("Inject", "ListNodes", "Events");
        assertThat(log).allSatisfy(entry -> {
            assertThat(entry.who()).isEmpty();
            assertThat(entry.outcome()).startsWith("UNAUTHENTICATED");
            assertThat(entry.from()).startsWith("/127.0.0.1:");
        });
    }

    @Test
    void aTokenThatIsAlmostRightIsRejected() {
        String text = crash.text();
        char last = text.charAt(text.length() - 1) == 'A' ? 'B' : 'A';
        for (Token wrong : List.of(
                Token.random(),
                FakeAgent.TOKEN,
                Token.of(text + "A"),
                Token.of(text.substring(0, text.length() - 1) + last))) {
            assertThat(rejected(() -> Callers.showing(open.channel, wrong)
                                    .listNodes(ListNodesRequest.getDefaultInstance()))
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void aRejectionNamesTheRoleThatIsNeeded() {
        assertThat(rejected(() -> Callers.showing(open.channel, watch).inject(injection("delay"))))
                .returns(Status.Code.PERMISSION_DENIED, Status::getCode)
                .returns("this needs role inject, and 'screen' has role watch", Status::getDescription);
        assertThat(rejected(() -> Callers.showing(open.channel, watch).liftInjection(LiftRequest.getDefaultInstance()))
                        .getDescription())
                .contains("needs role inject");
        for (String destructive :
                List.of("crash", "tear", "hang", "pressure", "drop", "lag", "stale", "partition", "later")) {
            assertThat(rejected(() -> Callers.showing(open.channel, inject).inject(injection(destructive)))
                            .getDescription())
                    .isEqualTo("this needs role crash, and 'anna' has role inject");
        }
        assertThat(log.get(0).what())
                .containsEntry("fault", "delay")
                .containsEntry("point", "session.save")
                .containsEntry("injection", 7);
        assertThat(log.get(0).who()).isEqualTo("screen");
        assertThat(log.get(0).role()).isEqualTo("watch");
        assertThat(log.get(0).outcome()).startsWith("PERMISSION_DENIED");
    }

    @Test
    void eachRoleMayWhatItIsFor() {
        for (Token token : List.of(watch, inject, crash)) {
            assertThat(Callers.showing(open.channel, token)
                            .listNodes(ListNodesRequest.getDefaultInstance())
                            .getNodesList())
                    .isEmpty();
        }
        // Beyond the entrance: there is no node.
        assertThat(rejected(() -> Callers.showing(open.channel, inject).inject(injection("error")))
                        .getDescription())
                .isEqualTo("No node is connected.");
        InjectRequest dry = injection("crash").toBuilder().setDryRun(true).build();
        assertThat(rejected(() -> Callers.showing(open.channel, inject).inject(dry))
                        .getDescription())
                .isEqualTo("No node is connected.");
        assertThat(rejected(() -> Callers.showing(open.channel, crash).inject(injection("crash")))
                        .getDescription())
                .isEqualTo("No node is connected.");
        assertThat(log).extracting(CommandLog.Entry::outcome).startsWith("OK", "OK", "OK");
    }

    @Test
    void noLineHasAToken() {
        Token wrong = Token.random();
        rejected(() -> Callers.showing(open.channel, watch).inject(injection("x".repeat(10_000))));
        rejected(() -> Callers.showing(open.channel, wrong).inject(injection("delay")));
        rejected(() -> Callers.showing(open.channel, crash).inject(injection("crash")));
        assertThat(Callers.showing(open.channel, inject)
                        .listNodes(ListNodesRequest.getDefaultInstance())
                        .getNodesList())
                .isEmpty();
        assertThat(log)
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.toString())
                        .doesNotContain(watch.text(), wrong.text(), crash.text(), inject.text())
                        .hasSizeLessThan(1_000));
    }

    /** Whoever is told that it was done does not ask again. */
    @Test
    void whatWasRejectedIsNotDoneThoughNothingCanBeLogged() {
        Access unlogged = Access.byToken(FakeAgent.TOKEN, access.operators(), entry -> {
            throw new IOException("No space left on device");
        });
        try (LinkServer full = LinkServer.start(open.fleet, 0, unlogged)) {
            ManagedChannel to = NettyChannelBuilder.forAddress("127.0.0.1", full.port())
                    .usePlaintext()
                    .build();
            try {
                assertThat(rejected(() -> Callers.showing(to, watch).inject(injection("delay"))))
                        .returns(Status.Code.PERMISSION_DENIED, Status::getCode)
                        .satisfies(status -> assertThat(status.getDescription())
                                .contains("this needs role inject", "the log of commands cannot be written")
                                .doesNotContain("done"));
                assertThat(rejected(() -> Callers.showing(to, watch).listNodes(ListNodesRequest.getDefaultInstance())))
                        .returns(Status.Code.DATA_LOSS, Status::getCode)
                        .satisfies(status ->
                                assertThat(status.getDescription()).startsWith("done, but the log of commands"));
            } finally {
                to.shutdownNow();
            }
        }
    }

    /** What no agent and no command needs waits for its turn, so that nobody holds the controller's threads with calls. */
    @Test
    void aConnectionHasSoManyCallsAtOnce() {
        for (int i = 0; i < 10; i++) {
            Callers.showing(open.channel, watch)
                    .events(EventsRequest.newBuilder().build());
        }
        await().until(() -> open.journals.listeners() == 8);
        ManagedChannel other = NettyChannelBuilder.forAddress("127.0.0.1", open.server.port())
                .usePlaintext()
                .build();
        try {
            Callers.showing(other, watch).events(EventsRequest.newBuilder().build());
            await().until(() -> open.journals.listeners() == 9);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aStreamOfEventsIsLoggedWhenItEnds() {
        OperatorBlockingStub screen = Callers.showing(open.channel, watch);
        var events = screen.events(EventsRequest.newBuilder().setNode("n1").build());
        await().until(() -> open.journals.listeners() == 1);
        open.channel.shutdownNow();
        await().until(() -> log.size() == 1);
        assertThat(log.get(0).command()).isEqualTo("Events");
        assertThat(log.get(0).outcome()).isEqualTo("CANCELLED");
        assertThat(rejected(events::hasNext).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void anAgentWithoutTheTokenIsNoNode() throws Exception {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.sayHello(FakeAgent.hello("n1", 1));
            assertThat(agent.ended().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(agent.ended().getDescription()).contains("shows no token");
        }
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.hello(FakeAgent.hello("n1", 1), Token.random());
            assertThat(agent.ended().getDescription()).isEqualTo("the agent does not have this controller's token");
        }
        assertThat(open.fleet.nodes()).isEmpty();
    }

    @Test
    void theControllerProvesThatItHasTheToken() throws Exception {
        byte[] nonce = Token.nonce();
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            var proof = agent.challenge(nonce, open.server.port());
            byte[] other = proof.getNonce().toByteArray();
            assertThat(proof.getProof().toByteArray())
                    .isEqualTo(FakeAgent.TOKEN.ofController(nonce, other, open.server.port()));
        }
    }

    @Test
    void whatWasProvedOnOneStreamProvesNothingOnTheNext() throws Exception {
        byte[] nonce = Token.nonce();
        ByteString said;
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            byte[] other = agent.challenge(nonce, open.server.port()).getNonce().toByteArray();
            said = ByteString.copyFrom(FakeAgent.TOKEN.ofAgent(nonce, other, open.server.port()));
            agent.sayHello(FakeAgent.hello("n1", 1).setProof(said));
            agent.hear(MessageCase.WELCOME);
        }
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.challenge(nonce, open.server.port());
            agent.sayHello(FakeAgent.hello("n2", 2).setProof(said));
            assertThat(agent.ended().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(open.fleet.node("n2")).isEmpty();
    }

    @Test
    void aChallengeForAnotherPortOrASecondOneEndsTheStream() throws Exception {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.send(challenge(1));
            assertThat(agent.ended().getDescription())
                    .isEqualTo("the agent dialled port 1, this controller listens on " + open.server.port()
                            + "; a tunnel must keep the number");
        }
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.send(challenge(open.server.port()));
            agent.hear(MessageCase.PROOF);
            agent.send(challenge(open.server.port()));
            assertThat(agent.ended().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void aSecondHelloEndsItsStreamAndNobodyElses() throws Exception {
        try (FakeAgent good = connected("good");
                FakeAgent bad = connected("bad")) {
            bad.sayHello(FakeAgent.hello("good", 9));
            assertThat(bad.ended().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(open.fleet.node("good").orElseThrow().incarnation()).isEqualTo(1);
            assertThat(good.open()).isTrue();
        }
    }

    @Test
    void rawBytesPrefacesAndSilenceEndAndDisturbNobody() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (LinkServer hasty = LinkServer.start(open.fleet, "127.0.0.1", 0, access, SHORT);
                FakeAgent good = connected("good", hasty.port());
                FakeAgent silent = new FakeAgent(hasty.port())) {
            for (int i = 0; i < 50; i++) {
                sockets.add(said(hasty.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"));
                sockets.add(said(hasty.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                sockets.add(said(hasty.port(), ""));
            }
            for (Socket socket : sockets) {
                assertThat(ends(socket)).isTrue();
            }
            assertThat(silent.ended().getDescription()).isEqualTo("no Hello has come");
            assertThat(good.open()).isTrue();
            assertThat(open.fleet.nodes()).hasSize(1).allMatch(FleetNode::connected);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket said(int port, String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Whatever the server says before. */
    private static boolean ends(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private FakeAgent connected(String node) throws InterruptedException {
        return connected(node, open.server.port());
    }

    private FakeAgent connected(String node, int port) throws InterruptedException {
        FakeAgent agent = new FakeAgent(port);
        agent.hello(FakeAgent.hello(node, 1));
        agent.hear(MessageCase.WELCOME);
        await().until(() -> open.fleet.node(node).filter(FleetNode::connected).isPresent());
        return agent;
    }

    private static AgentMessage challenge(int port) {
        return AgentMessage.newBuilder()
                .setChallenge(Challenge.newBuilder()
                        .setNonce(ByteString.copyFrom(Token.nonce()))
                        .setPort(port))
                .build();
    }

    private static InjectRequest injection(String fault) {
        return InjectRequest.newBuilder()
                .setInjection(Injection.newBuilder().setId(7).setFault(fault).setPoint("session.save"))
                .build();
    }

    private static Status rejected(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
    }
}
