package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.controller.identity.OperatorToken;
import dev.midwrite.controller.identity.Role;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import dev.midwrite.link.v1.Event;
import dev.midwrite.link.v1.EventsRequest;
import dev.midwrite.link.v1.LinkGrpc;
import dev.midwrite.link.v1.ListNodesRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who means no good, or cannot help it, over real connections: each loses what is its own, and one good agent never does. */
class HostileClientsTest {
    private static final int HALF_OPEN = 1_000;
    private static final int TOO_LONG = 33 << 20;
    private static final int BATCH = 1_000;

    /** So many batches are more than what is on its way and what a reader may be behind, together. */
    private static final int BATCHES = 60;

    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private final Token watch = Token.random();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLoggerName() + ": " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path directory;

    private JournalStore journals;
    private Fleet fleet;
    private LinkServer server;
    private ManagedChannel channel;
    private FakeAgent good;

    @BeforeEach
    void start() throws InterruptedException {
        GRPC.addHandler(log);
        journals = new JournalStore(directory);
        fleet = new Fleet(journals);
        server = LinkServer.start(
                fleet,
                0,
                Access.byToken(FakeAgent.TOKEN, List.of(new OperatorToken("screen", Role.WATCH, watch)), entry -> {}));
        channel = channel();
        good = new FakeAgent(server.port());
        good.hello(FakeAgent.hello("good", 1));
        good.hear(MessageCase.WELCOME);
    }

    @AfterEach
    void stop() throws InterruptedException {
        good.close();
        channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        fleet.close();
        server.close();
        journals.close();
        GRPC.removeHandler(log);
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    private void goodIsUndisturbed() {
        assertThat(good.open()).isTrue();
        assertThat(logged).as("a stranger fills nobody's log").isEmpty();
        assertThat(Callers.showing(channel, watch)
                        .listNodes(ListNodesRequest.getDefaultInstance())
                        .getNodesList())
                .singleElement()
                .satisfies(node -> assertThat(node.getName()).isEqualTo("good"));
    }

    @Test
    void aThousandConnectionsThatSayNothingKeepNobodyOut() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_OPEN; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            goodIsUndisturbed();
            try (FakeAgent late = new FakeAgent(server.port())) {
                late.hello(FakeAgent.hello("late", 2));
                late.hear(MessageCase.WELCOME);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aMessageThatIsTooLongEndsItsStream() throws Exception {
        try (FakeAgent bad = new FakeAgent(server.port())) {
            bad.send(AgentMessage.newBuilder()
                    .setChallenge(Challenge.newBuilder().setNonce(ByteString.copyFrom(new byte[TOO_LONG])))
                    .build());
            assertThat(bad.ended().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        }
        goodIsUndisturbed();
    }

    /** The seed is fixed: what once passed passes again. */
    @Test
    void whatIsNoMessageEndsItsStream() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            // The last three bits name a kind of field that there is not, today or tomorrow: no parser can pass over
            // it.
            bytes[0] = (byte) 0xFF;
            CompletableFuture<Status> ended = new CompletableFuture<>();
            ClientCall<byte[], byte[]> call = channel.newCall(
                    LinkGrpc.getConnectMethod().toBuilder(new Bytes(), new Bytes())
                            .build(),
                    CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            ended.complete(status);
                        }
                    },
                    new Metadata());
            call.request(1);
            call.sendMessage(bytes);
            assertThat(ended.get(30, TimeUnit.SECONDS).isOk()).isFalse();
        }
        goodIsUndisturbed();
    }

    @Test
    void aReaderWhoDoesNotReadIsLetGoAndOthersReadOn() throws Exception {
        ManagedChannel slow = channel();
        try {
            Iterator<Event> unread = Callers.showing(slow, watch).events(EventsRequest.getDefaultInstance());
            Iterator<Event> read = Callers.showing(channel, watch).events(EventsRequest.getDefaultInstance());
            await().until(() -> journals.listeners() == 2);
            long next = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                good.send(Frames.message(Frames.tail(1, next, next + BATCH)));
                for (int i = 0; i < BATCH; i++) {
                    assertThat(read.hasNext()).isTrue();
                    read.next();
                }
                next += BATCH;
            }
            await().until(() -> journals.listeners() == 1);
            StatusRuntimeException end = catchThrowableOfType(StatusRuntimeException.class, () -> {
                while (unread.hasNext()) {
                    unread.next();
                }
            });
            assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        } finally {
            slow.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
        goodIsUndisturbed();
    }

    /** Messages as whatever they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
