package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.identity.Access;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.ControllerMessage.MessageCase;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.LinkGrpc;
import dev.midwrite.link.v1.Point;
import dev.midwrite.link.v1.Pong;
import dev.midwrite.link.v1.Proof;
import dev.midwrite.link.v1.Recording;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of a real connection: says what a test tells it to, keeps what it hears, and answers pings itself. */
public final class FakeAgent implements AutoCloseable {
    /** By how much its clock is ahead. */
    static final long CLOCK = 3_600_000_000_000L;

    /** Of the controllers of tests. */
    public static final Token TOKEN = Token.of("the-token-of-agents-in-tests-0123456789");

    /** That lets it in. */
    public static final Access ACCESS = Access.byToken(TOKEN, List.of(), entry -> {});

    private final int port;
    private final ManagedChannel channel;
    private final StreamObserver<AgentMessage> out;
    private final Map<MessageCase, BlockingQueue<ControllerMessage>> heard = new ConcurrentHashMap<>();
    private volatile boolean mute;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    public FakeAgent(int port) {
        this(port, InsecureChannelCredentials.create());
    }

    FakeAgent(int port, ChannelCredentials credentials) {
        this.port = port;
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port, credentials).build();
        out = LinkGrpc.newStub(channel).connect(new StreamObserver<>() {
            @Override
            public void onNext(ControllerMessage message) {
                if (message.hasPing() && !mute) {
                    send(AgentMessage.newBuilder()
                            .setPong(Pong.newBuilder()
                                    .setId(message.getPing().getId())
                                    .setMonoNanos(System.nanoTime() + CLOCK))
                            .build());
                }
                heard(message.getMessageCase()).add(message);
            }

            @Override
            public void onError(Throwable error) {
                ended.complete(Status.fromThrowable(error));
            }

            @Override
            public void onCompleted() {
                ended.complete(Status.OK);
            }
        });
    }

    public static Hello.Builder hello(String node, long incarnation) {
        return Hello.newBuilder()
                .setProtocolVersion(2)
                .setAgentVersion("test")
                .setNode(node)
                .setIncarnation(incarnation)
                .setPid(ProcessHandle.current().pid())
                .setJdk("17")
                .addPoints(Point.newBuilder()
                        .setName(Frames.POINT)
                        .setKind("session.save")
                        .setState(Point.State.WOVEN));
    }

    public synchronized void send(AgentMessage message) {
        if (!ended.isDone()) {
            out.onNext(message);
        }
    }

    /** Proves that it has the token, and says what it is. */
    public void hello(Hello.Builder hello) {
        hello(hello, TOKEN);
    }

    /** As {@link #hello(Hello.Builder)}, with this token. */
    public void hello(Hello.Builder hello, Token token) {
        byte[] nonce = Token.nonce();
        byte[] other = challenge(nonce, port).getNonce().toByteArray();
        send(AgentMessage.newBuilder()
                .setHello(hello.setProof(ByteString.copyFrom(token.ofAgent(nonce, other, port))))
                .build());
    }

    /** Says that it records as soon as it is asked to, on a thread of its own. */
    public void agreesToRecord() {
        Thread thread = new Thread(
                () -> {
                    try {
                        hear(MessageCase.RECORD);
                        send(AgentMessage.newBuilder()
                                .setRecording(Recording.newBuilder().setOn(true).setSeq(1))
                                .build());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "fake-agent");
        thread.setDaemon(true);
        thread.start();
    }

    /** Without proving anything. */
    void sayHello(Hello.Builder hello) {
        send(AgentMessage.newBuilder().setHello(hello).build());
    }

    /** What the controller answers. */
    Proof challenge(byte[] nonce, int dialled) {
        send(AgentMessage.newBuilder()
                .setChallenge(Challenge.newBuilder()
                        .setNonce(ByteString.copyFrom(nonce))
                        .setPort(dialled))
                .build());
        try {
            return hear(MessageCase.PROOF).getProof();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next message of this kind, waited for; others are kept. */
    public ControllerMessage hear(MessageCase kind) throws InterruptedException {
        ControllerMessage message = heard(kind).poll(30, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no " + kind + " has come");
        }
        return message;
    }

    /** From now on it answers no ping, as if its host stood still. */
    void mute() {
        mute = true;
    }

    boolean open() {
        return !ended.isDone();
    }

    /** How the controller ended the stream, waited for. */
    Status ended() throws Exception {
        return ended.get(30, TimeUnit.SECONDS);
    }

    /** As if the process died. */
    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BlockingQueue<ControllerMessage> heard(MessageCase kind) {
        return heard.computeIfAbsent(kind, key -> new LinkedBlockingQueue<>());
    }
}
