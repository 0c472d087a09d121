package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.serve.RejectionCounts.Client;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.OperatorGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is rejected is counted, by what they wanted to be and why; whoever is not is not. */
class RejectionCountsTest {
    private static final int TOO_LONG = 33 << 20;

    @TempDir
    Path directory;

    private JournalStore journals;
    private Fleet fleet;
    private LinkServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        journals = new JournalStore(directory);
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        fleet.close();
        server.close();
        journals.close();
    }

    private void counts(Client client, Code code) {
        await().untilAsserted(
                        () -> assertThat(fleet.rejections().of(client, code)).isOne());
        long all = 0;
        for (Client each : Client.values()) {
            for (Code one : RejectionCounts.CODES) {
                all += fleet.rejections().of(each, one);
            }
        }
        assertThat(all).isOne();
    }

    @Test
    void anAgentWithAnotherToken() {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1), Token.random());
            counts(Client.AGENT, Code.UNAUTHENTICATED);
        }
    }

    @Test
    void anAgentOfANameThatIsNone() {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("../node\"} 1", 1));
            counts(Client.AGENT, Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void aMessageThatIsTooLong() {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.send(AgentMessage.newBuilder()
                    .setChallenge(Challenge.newBuilder().setNonce(ByteString.copyFrom(new byte[TOO_LONG])))
                    .build());
            counts(Client.AGENT, Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void aCommandWithoutAToken() {
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> OperatorGrpc.newBlockingStub(channel)
                                        .listNodes(ListNodesRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNAUTHENTICATED);
        counts(Client.COMMAND, Code.UNAUTHENTICATED);
    }

    @Test
    void aCallOfWhatIsNotThere() {
        MethodDescriptor<ListNodesRequest, ?> unknown = OperatorGrpc.getListNodesMethod().toBuilder()
                .setFullMethodName("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
                .build();
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> ClientCalls.blockingUnaryCall(
                                        channel, unknown, CallOptions.DEFAULT, ListNodesRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNIMPLEMENTED);
        counts(Client.OTHER, Code.UNIMPLEMENTED);
    }

    @Test
    void nobodyWhoIsLetIn() throws Exception {
        try (FakeAgent agent = new FakeAgent(server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1));
            await().until(() -> fleet.node("node-1").map(FleetNode::connected).orElse(false));
        }
        await().until(() -> !fleet.node("node-1").orElseThrow().connected());
        for (Client each : Client.values()) {
            for (Code one : RejectionCounts.CODES) {
                assertThat(fleet.rejections().of(each, one)).isZero();
            }
        }
    }
}
