package dev.midwrite.agent.link;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Frame;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.Ack;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Lease;
import dev.midwrite.link.v1.LinkGrpc;
import dev.midwrite.link.v1.Ping;
import dev.midwrite.link.v1.Proof;
import dev.midwrite.link.v1.Record;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Tail;
import dev.midwrite.link.v1.Welcome;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real server that speaks the controller's part, remembers what it heard, and can die and come back on its port. */
final class FakeController implements AutoCloseable {
    static final Token TOKEN = Token.random();

    private final byte[] key;
    private final List<AgentMessage> heard = new ArrayList<>();
    private final Map<Long, List<EventRecord>> journals = new HashMap<>();
    private final Map<Long, Boolean> complete = new HashMap<>();
    private Server server;
    private StreamObserver<ControllerMessage> out;
    private boolean acknowledging = true;
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();
    private volatile long renewedMillis;
    private final byte[] nonce = Token.nonce();
    private byte[] agentNonce;
    private int dialled;
    private Token token = TOKEN;

    FakeController(int port, String key) throws IOException {
        this.key = key.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        listen(port);
    }

    private void listen(int port) throws IOException {
        server = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        InsecureServerCredentials.create())
                .addService(new LinkGrpc.LinkImplBase() {
                    @Override
                    public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> answers) {
                        return new Agent(answers);
                    }
                })
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** Of an agent that has its token. */
    static LinkIdentity identity(Path directory) throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, TOKEN.text());
        return LinkIdentity.of(file.toFile());
    }

    /** All streams break; what it heard and stored stays. */
    int die() {
        int port = port();
        synchronized (this) {
            out = null;
        }
        server.shutdownNow();
        await().until(server::isTerminated);
        return port;
    }

    void comeBack(int port) {
        // The port's last connections may linger for a moment.
        await().ignoreException(IOException.class).until(() -> {
            listen(port);
            return true;
        });
    }

    /** It listens where agents dial, and does not know their token. */
    synchronized void loseToken() {
        token = Token.random();
    }

    /** Records are stored, and nobody is told. */
    synchronized void keepQuiet() {
        acknowledging = false;
    }

    synchronized void send(ControllerMessage.Builder message) {
        out.onNext(message.build());
    }

    /** As an answer to what the agent said at this time of its own. */
    void lease(long millis, long answers) {
        send(ControllerMessage.newBuilder()
                .setLease(Lease.newBuilder().setTtlMillis(millis).setAnswers(answers)));
    }

    /** What the agent's clock shows, as it says itself. */
    long ping() {
        int before = count(AgentMessage::hasPong);
        send(ControllerMessage.newBuilder().setPing(Ping.newBuilder().setId(before)));
        await().until(() -> count(AgentMessage::hasPong) > before);
        return last(AgentMessage::hasPong).getPong().getMonoNanos();
    }

    /** From now on as a controller does: two pings a second, and a lease for each answer. */
    void renewLeases(long millis) {
        renewedMillis = millis;
        Future<?> pinging = pings.scheduleWithFixedDelay(this::pingUnlessDead, 0, 500, TimeUnit.MILLISECONDS);
        assert !pinging.isCancelled();
    }

    private synchronized void pingUnlessDead() {
        if (out != null) {
            send(ControllerMessage.newBuilder().setPing(Ping.newBuilder()));
        }
    }

    /** It says nothing any more, as one that is stopped. */
    synchronized void fallSilent() {
        renewedMillis = 0;
        pings.shutdownNow();
    }

    /** Of a controller of an earlier version. */
    void lease(long millis) {
        send(ControllerMessage.newBuilder().setLease(Lease.newBuilder().setTtlMillis(millis)));
    }

    Recording record(boolean on) {
        int before = count(AgentMessage::hasRecording);
        send(ControllerMessage.newBuilder().setRecord(Record.newBuilder().setOn(on)));
        await().until(() -> count(AgentMessage::hasRecording) > before);
        return last(AgentMessage::hasRecording).getRecording();
    }

    Hello awaitHello(int number) {
        await().until(() -> count(AgentMessage::hasHello) >= number && connected());
        return last(AgentMessage::hasHello).getHello();
    }

    private synchronized boolean connected() {
        return out != null;
    }

    synchronized int count(Predicate<AgentMessage> which) {
        return (int) heard.stream().filter(which).count();
    }

    synchronized AgentMessage last(Predicate<AgentMessage> which) {
        return heard.stream().filter(which).reduce((first, second) -> second).orElseThrow();
    }

    AgentMessage awaitMessage(Predicate<AgentMessage> which) {
        await().until(() -> count(which) > 0);
        return last(which);
    }

    synchronized List<EventRecord> journal(long incarnation) {
        return List.copyOf(journals.getOrDefault(incarnation, List.of()));
    }

    synchronized boolean complete(long incarnation) {
        return complete.getOrDefault(incarnation, false);
    }

    @Override
    public void close() {
        pings.shutdownNow();
        server.shutdownNow();
        await().until(server::isTerminated);
    }

    private synchronized void hear(AgentMessage message, StreamObserver<ControllerMessage> answers) {
        heard.add(message);
        if (message.hasChallenge()) {
            Challenge challenge = message.getChallenge();
            agentNonce = challenge.getNonce().toByteArray();
            dialled = challenge.getPort();
            answers.onNext(ControllerMessage.newBuilder()
                    .setProof(Proof.newBuilder()
                            .setNonce(ByteString.copyFrom(nonce))
                            .setProof(ByteString.copyFrom(token.ofController(agentNonce, nonce, dialled))))
                    .build());
        } else if (message.hasHello()) {
            Hello hello = message.getHello();
            if (!Token.equal(
                    token.ofAgent(agentNonce, nonce, dialled), hello.getProof().toByteArray())) {
                throw new AssertionError("the agent proves nothing");
            }
            out = answers;
            Welcome.Builder welcome =
                    Welcome.newBuilder().setProtocolVersion(2).setSessionKey(ByteString.copyFrom(key));
            List<Long> incarnations = new ArrayList<>(List.of(hello.getIncarnation()));
            hello.getJournalsList().forEach(position -> incarnations.add(position.getIncarnation()));
            for (long incarnation : incarnations) {
                welcome.addHave(JournalPosition.newBuilder()
                        .setIncarnation(incarnation)
                        .setNextSeq(journal(incarnation).size()));
            }
            send(ControllerMessage.newBuilder().setWelcome(welcome));
        } else if (message.hasPong() && renewedMillis > 0) {
            lease(renewedMillis, message.getPong().getMonoNanos());
        } else if (message.hasTail()) {
            store(message.getTail());
        }
    }

    private void store(Tail tail) {
        List<EventRecord> journal = journals.computeIfAbsent(tail.getIncarnation(), id -> new ArrayList<>());
        tail.getRecordsList().forEach(bytes -> {
            EventRecord record = EventRecord.read(Frame.view(bytes.asReadOnlyByteBuffer()), 0);
            if (record.seq() == journal.size()) {
                journal.add(record);
            }
        });
        if (tail.getComplete()) {
            complete.put(tail.getIncarnation(), true);
        }
        if (acknowledging && out != null) {
            send(ControllerMessage.newBuilder()
                    .setAck(Ack.newBuilder()
                            .setIncarnation(tail.getIncarnation())
                            .setNextSeq(journal.size())));
        }
    }

    private final class Agent implements StreamObserver<AgentMessage> {
        private final StreamObserver<ControllerMessage> answers;

        Agent(StreamObserver<ControllerMessage> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(AgentMessage message) {
            hear(message, answers);
        }

        @Override
        public void onError(Throwable error) {
            // The agent went; the next Hello replaces this stream.
        }

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }
}
