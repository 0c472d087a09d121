package dev.midwrite.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Token;
import dev.midwrite.link.v1.Ack;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Arm;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Challenge;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Kept;
import dev.midwrite.link.v1.Lease;
import dev.midwrite.link.v1.Lift;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.LinkGrpc;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Looked;
import dev.midwrite.link.v1.Ping;
import dev.midwrite.link.v1.Point;
import dev.midwrite.link.v1.Proof;
import dev.midwrite.link.v1.Record;
import dev.midwrite.link.v1.Tail;
import dev.midwrite.link.v1.Welcome;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The controller's end of the link, as a test wants it: orders recording and injections, keeps what agents send. */
final class FakeController implements AutoCloseable {
    static final byte[] SESSION_KEY = "a key of this test".getBytes(StandardCharsets.UTF_8);

    /** That hosts find in their environment. */
    private static final Token TOKEN = Token.of("the-token-of-agents-in-tests-0123456789");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LEASE_MILLIS = 120_000;

    private final Server server;
    private final List<AgentMessage> messages = new CopyOnWriteArrayList<>();
    private final List<EventRecord> records = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor();
    private volatile StreamObserver<ControllerMessage> agent;
    private volatile long renewedMillis;
    private volatile boolean acknowledges = true;

    FakeController() throws IOException {
        server = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(new LinkService())
                .build()
                .start();
    }

    /** With what a host's agent lets this controller in. */
    static Path tokenFile() {
        try {
            Path file = Path.of("target", "agent.token").toAbsolutePath();
            if (!Files.exists(file)) { // A host of another test may be just reading it.
                Path draft = Files.createTempFile(Files.createDirectories(file.getParent()), "agent", ".token");
                Files.writeString(draft, TOKEN.text());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** As the agent's option. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Waits for the agent and makes it record. */
    Hello record() {
        return record(Record.newBuilder().setOn(true));
    }

    /** The same, with what sessions hold, as under a load of others. */
    Hello recordContents() {
        return record(Record.newBuilder().setOn(true).setContents(true));
    }

    private Hello record(Record.Builder order) {
        Hello hello = await(AgentMessage::hasHello).getHello();
        tell(ControllerMessage.newBuilder().setRecord(order));
        assertThat(await(AgentMessage::hasRecording).getRecording().getProblem())
                .isEmpty();
        tell(ControllerMessage.newBuilder().setLease(Lease.newBuilder().setTtlMillis(LEASE_MILLIS)));
        return hello;
    }

    /** From now on; so agents must keep what they send. */
    void acknowledgeNothing() {
        acknowledges = false;
    }

    /** As a controller does: a lease of this length for each answer to a ping, from now on. */
    void renewLeases(long millis) {
        renewedMillis = millis;
        Future<?> pinging = renewal.scheduleWithFixedDelay(
                () -> tell(ControllerMessage.newBuilder().setPing(Ping.newBuilder())), 0, 100, TimeUnit.MILLISECONDS);
        assertThat(pinging.isCancelled()).isFalse();
    }

    /** Arms; answers the points that the agent says it matches. */
    List<String> inject(Injection.Builder injection) {
        Armed armed = arm(injection);
        assertThat(armed.getRefusal()).isEmpty();
        return armed.getPointsList();
    }

    /** Arms; answers what the agent says, a refusal perhaps. */
    Armed arm(Injection.Builder injection) {
        injection.setTtlMillis(LEASE_MILLIS);
        tell(ControllerMessage.newBuilder().setArm(Arm.newBuilder().setInjection(injection)));
        return await(message -> message.hasArmed() && message.getArmed().getInjection() == injection.getId())
                .getArmed();
    }

    void lift(int injection) {
        tell(ControllerMessage.newBuilder().setLift(Lift.newBuilder().setInjection(injection)));
    }

    /** What the agent finds in maps of its process, once it has found it all. */
    List<Kept> look(long id, String map) {
        tell(ControllerMessage.newBuilder().setLook(Look.newBuilder().setId(id).setMap(map)));
        Looked last = await(message -> message.hasLooked()
                        && message.getLooked().getId() == id
                        && message.getLooked().getLast())
                .getLooked();
        assertThat(last.getProblem()).isEmpty();
        return messages.stream()
                .map(AgentMessage::getLooked)
                .filter(looked -> looked.getId() == id && looked.hasKept())
                .map(Looked::getKept)
                .toList();
    }

    /** Waits until the agent says why this injection ended. */
    Lifted.Cause awaitLifted(int injection) {
        return await(message -> message.hasLifted() && message.getLifted().getInjection() == injection)
                .getLifted()
                .getCause();
    }

    /** The hello of the n-th connection, from 1. */
    Hello awaitHello(int n) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> messages.stream().filter(AgentMessage::hasHello).count() >= n);
        return messages.stream()
                .filter(AgentMessage::hasHello)
                .skip(n - 1L)
                .findFirst()
                .orElseThrow()
                .getHello();
    }

    /** The newest report of each point that is in this state. */
    Map<String, Point> points() {
        Map<String, Point> newest = new HashMap<>();
        for (AgentMessage message : messages) {
            List<Point> told = message.hasHello()
                    ? message.getHello().getPointsList()
                    : message.getPoints().getPointsList();
            told.forEach(point -> newest.put(point.getName(), point));
        }
        return newest;
    }

    void awaitWoven(String... names) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names)
                        .allSatisfy(name ->
                                assertThat(points().get(name).getState()).isEqualTo(Point.State.WOVEN)));
    }

    /** Waits until a record of this kind has come. */
    EventRecord awaitRecord(Predicate<EventRecord> which) {
        Awaitility.await().atMost(PATIENCE).until(() -> records.stream().anyMatch(which));
        return records.stream().filter(which).findFirst().orElseThrow();
    }

    List<EventRecord> records() {
        return List.copyOf(records);
    }

    /** The name of a record's point, from the NAME records before it. */
    String pointOf(EventRecord record) {
        return records.stream()
                .filter(name -> name.type() == EventType.NAME && name.point() == record.point())
                .map(name -> new String(name.payload(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** Each record of an operation or fault as one readable line: point, edge, step, payload. */
    List<String> lines() {
        return records.stream()
                .filter(record -> record.type() != EventType.NAME && record.type() != EventType.HEADER)
                .map(this::line)
                .toList();
    }

    /** Those of one request. */
    List<String> lines(long request) {
        return records.stream()
                .filter(record -> record.request() == request)
                .map(this::line)
                .toList();
    }

    /** Waits until one of a request's records reads so. */
    void awaitLine(long request, String line) {
        awaitRecord(record -> record.request() == request && line(record).equals(line));
    }

    String line(EventRecord record) {
        return record.type() + " " + pointOf(record) + " " + record.edge()
                + (record.step() == 0 ? "" : " " + record.step())
                + (record.payload().length == 0 ? "" : " " + new String(record.payload(), StandardCharsets.UTF_8));
    }

    private AgentMessage await(Predicate<AgentMessage> which) {
        Awaitility.await().atMost(PATIENCE).until(() -> messages.stream().anyMatch(which));
        return messages.stream().filter(which).findFirst().orElseThrow();
    }

    private void tell(ControllerMessage.Builder message) {
        StreamObserver<ControllerMessage> to = agent;
        synchronized (to) { // Streams are not thread-safe.
            to.onNext(message.build());
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        server.shutdownNow();
    }

    private final class LinkService extends LinkGrpc.LinkImplBase {
        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> answers) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AgentMessage message) {
                    if (message.hasChallenge()) {
                        answers.onNext(proof(message.getChallenge()));
                    }
                    if (message.hasHello()) {
                        agent = answers;
                        tell(ControllerMessage.newBuilder()
                                .setWelcome(Welcome.newBuilder()
                                        .setProtocolVersion(2)
                                        .setSessionKey(ByteString.copyFrom(SESSION_KEY))
                                        .addAllHave(message.getHello().getJournalsList())));
                    }
                    if (message.hasTail()) {
                        tail(message.getTail());
                    }
                    if (message.hasPong() && renewedMillis > 0) {
                        tell(ControllerMessage.newBuilder()
                                .setLease(Lease.newBuilder()
                                        .setTtlMillis(renewedMillis)
                                        .setAnswers(message.getPong().getMonoNanos())));
                    }
                    messages.add(message);
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {
                    answers.onCompleted();
                }
            };
        }

        private ControllerMessage proof(Challenge challenge) {
            byte[] nonce = Token.nonce();
            byte[] proof = TOKEN.ofController(challenge.getNonce().toByteArray(), nonce, challenge.getPort());
            return ControllerMessage.newBuilder()
                    .setProof(Proof.newBuilder()
                            .setNonce(ByteString.copyFrom(nonce))
                            .setProof(ByteString.copyFrom(proof)))
                    .build();
        }

        private void tail(Tail tail) {
            long next = 0;
            for (ByteString frame : tail.getRecordsList()) {
                EventRecord record =
                        EventRecord.read(ByteBuffer.wrap(frame.toByteArray()).order(ByteOrder.LITTLE_ENDIAN), 0);
                records.add(record);
                next = record.seq() + 1;
            }
            if (next > 0 && acknowledges) {
                tell(ControllerMessage.newBuilder()
                        .setAck(Ack.newBuilder()
                                .setIncarnation(tail.getIncarnation())
                                .setNextSeq(next)));
            }
        }
    }
}
