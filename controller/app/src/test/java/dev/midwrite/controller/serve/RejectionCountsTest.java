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
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is rejected is counted, by what they wanted to be and why; whoever is not is not. */
class RejectionCountsTest {
    private static final int TOO_LONG = 33 << 20;

    @TempDir
    Path directory;

    private OpenServer open;

    @BeforeEach
    void start() {
        open = new OpenServer(directory, FakeAgent.ACCESS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        open.close();
    }

    private void counts(Client client, Code code) {
        await().untilAsserted(() ->
                assertThat(open.fleet.rejections().of(client, code)).isOne());
        long all = 0;
        for (Client each : Client.values()) {
            for (Code one : RejectionCounts.CODES) {
                all += open.fleet.rejections().of(each, one);
            }
        }
        assertThat(all).isOne();
    }

    @Test
    void anAgentWithAnotherToken() {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1), Token.random());
            counts(Client.AGENT, Code.UNAUTHENTICATED);
        }
    }

    @Test
    void anAgentOfANameThatIsNone() {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.hello(FakeAgent.hello("../node\"} 1", 1));
            counts(Client.AGENT, Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void aMessageThatIsTooLong() {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
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
                                () -> OperatorGrpc.newBlockingStub(open.channel)
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
                                        open.channel,
                                        unknown,
                                        CallOptions.DEFAULT,
                                        ListNodesRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNIMPLEMENTED);
        counts(Client.OTHER, Code.UNIMPLEMENTED);
    }

    @Test
    void nobodyWhoIsLetIn() throws Exception {
        try (FakeAgent agent = new FakeAgent(open.server.port())) {
            agent.hello(FakeAgent.hello("node-1", 1));
            await().until(() ->
                    open.fleet.node("node-1").map(FleetNode::connected).orElse(false));
        }
        await().until(() -> !open.fleet.node("node-1").orElseThrow().connected());
        for (Client each : Client.values()) {
            for (Code one : RejectionCounts.CODES) {
                assertThat(open.fleet.rejections().of(each, one)).isZero();
            }
        }
    }
}
