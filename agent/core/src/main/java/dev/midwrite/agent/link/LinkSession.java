package dev.midwrite.agent.link;

import com.google.protobuf.ByteString;
import dev.midwrite.agent.fault.Counts;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.meter.AgentMeters;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Arm;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Lease;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Metrics;
import dev.midwrite.link.v1.Points;
import dev.midwrite.link.v1.Pong;
import dev.midwrite.link.v1.Record;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Welcome;
import io.grpc.stub.ClientCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is said on the stream. All methods but {@link #awaitAcknowledged} and {@link #killed} belong to the link's
 * thread.
 */
final class LinkSession {
    static final int PROTOCOL = 2;
    private static final long COUNTS_NANOS = 200_000_000L;
    /** Without a controller for so long the agent goes back to dormant. */
    private static final long LONELY_NANOS = 60_000_000_000L;

    private static final long METRICS_NANOS = 2_000_000_000L;

    private final LinkSettings settings;
    private final Injections injections;
    private final Supplier<List<PointReport>> points;
    private final AgentMeters meters;
    private final RecordingSwitch recording;
    private final Tails tails;
    private final Looks looks;
    private final Map<Integer, Counts> told = new HashMap<>();
    private ClientCallStreamObserver<AgentMessage> stream;
    private final Queue<Lifted> pending = new ArrayDeque<>();
    private Recording unsolicited;
    private long lostAt = System.nanoTime();
    private boolean welcome;
    private byte[] sessionKey = {};
    private List<PointReport> toldPoints = List.of();
    private long countsAt;
    private long metricsAt;

    /** @param onLink runs something on the link's thread, soon */
    LinkSession(
            LinkSettings settings,
            Injections injections,
            Supplier<List<PointReport>> points,
            Recorder recorder,
            AgentMeters meters,
            Consumer<Runnable> onLink) {
        this.settings = settings;
        this.injections = injections;
        this.points = points;
        this.meters = meters;
        this.recording = new RecordingSwitch(settings, injections, recorder, meters);
        this.tails = new Tails(settings);
        this.looks = new Looks(
                answer -> onLink.accept(() -> send(AgentMessage.newBuilder().setLooked(answer))));
    }

    /** @param proof that this agent has the token; empty on an encrypted stream */
    void connected(ClientCallStreamObserver<AgentMessage> newStream, ByteString proof) {
        stream = newStream;
        welcome = false;
        told.clear();
        toldPoints = points.get();
        Hello.Builder hello = Hello.newBuilder()
                .setProtocolVersion(PROTOCOL)
                .setAgentVersion(settings.version())
                .setNode(settings.node())
                .setIncarnation(settings.incarnation())
                .setPid(ProcessHandle.current().pid())
                .setJdk(Runtime.version().toString())
                .setMonoNanos(System.nanoTime())
                .setProof(proof)
                .addAllPoints(toldPoints.stream().map(Wire::point).toList());
        tails.earlier().forEach(hello::addJournals);
        settings.policy().faults().forEach(fault -> hello.addAllowedFaults(fault.label()));
        hello.addAllPolicy(settings.policy().lines());
        send(AgentMessage.newBuilder().setHello(hello));
    }

    void lost() {
        if (stream != null) {
            lostAt = System.nanoTime();
        }
        stream = null;
        welcome = false;
        tails.stop();
    }

    void received(ControllerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome(message.getWelcome());
            case RECORD -> record(message.getRecord());
            case ARM -> arm(message.getArm());
            case LIFT -> lift(message.getLift().getInjection());
            case LEASE -> lease(message.getLease());
            case PING ->
                send(AgentMessage.newBuilder()
                        .setPong(Pong.newBuilder()
                                .setId(message.getPing().getId())
                                .setMonoNanos(System.nanoTime())
                                .setWallMillis(System.currentTimeMillis())));
            case ACK ->
                tails.acknowledged(
                        message.getAck().getIncarnation(), message.getAck().getNextSeq());
            case LOOK ->
                looks.look(message.getLook(), recording.look(message.getLook().getMap()));
            case PROOF -> AgentLog.info("the controller proves itself without being asked; passed over");
            case MESSAGE_NOT_SET -> AgentLog.info("the controller said something of a later version; passed over");
        }
    }

    void tick() {
        guard();
        if (stream == null || !welcome) {
            return;
        }
        if (recording.journal() != null) {
            tails.own(settings.incarnation());
        }
        tails.pump(
                () -> stream != null && stream.isReady(),
                tail -> send(AgentMessage.newBuilder().setTail(tail)));
        long now = System.nanoTime();
        if (now - countsAt >= COUNTS_NANOS) {
            countsAt = now;
            if (injections.armed()) {
                recording.armed(points.get()); // A lease may have come since, or a class.
            }
            tellCounts();
            tellPoints();
        }
        if (now - metricsAt >= METRICS_NANOS) {
            metricsAt = now;
            send(AgentMessage.newBuilder().setMetrics(Metrics.newBuilder().setText(meters.scrape())));
        }
    }

    /** Ends recording when it has lost its sense: nobody to read it, nothing to write to, or a person said no. */
    private void guard() {
        if (!recording.on()) {
            return;
        }
        if (killed()) {
            stop(Ending.KILL_SWITCH, "the kill switch is on");
        } else if (!recording.journal().closedBecause().isEmpty()) {
            stop(
                    Ending.AGENT_ERROR,
                    "the journal takes nothing more: " + recording.journal().closedBecause());
        } else if (stream == null && System.nanoTime() - lostAt > LONELY_NANOS) {
            stop(Ending.LEASE, "the controller was gone");
        }
    }

    private void stop(Ending ending, String problem) {
        AgentLog.info("recording ends: " + problem);
        recording.stop(ending);
        tails.end(settings.incarnation());
        unsolicited = recording.answer(problem);
        tellUnsolicited();
    }

    private void tellUnsolicited() {
        if (unsolicited != null && welcome) {
            send(AgentMessage.newBuilder().setRecording(unsolicited));
            unsolicited = null;
        }
    }

    /** At once and on the thread that ends it: the journal may be closed by the time the link's thread comes to it. */
    void heldBack(Counts counts) {
        if (!counts.isDry()) {
            recording.ended(counts);
        }
    }

    void ended(Counts counts, Ending ending) {
        pending.add(Lifted.newBuilder()
                .setInjection(counts.injection())
                .setCause(Wire.cause(ending))
                .setCounts(Wire.applied(counts))
                .build());
        tellEnded();
    }

    /** What ended while there was no stream is told when there is one again. */
    private void tellEnded() {
        while (welcome && !pending.isEmpty()) {
            send(AgentMessage.newBuilder().setLifted(pending.remove()));
        }
    }

    /**
     * Takes no more records; the rest goes out with the next ticks.
     *
     * @return whether there is anybody to send it to, and anything to send
     */
    boolean seal() {
        recording.stop(Ending.COMMAND);
        tails.end(settings.incarnation());
        return welcome && recording.journal() != null;
    }

    void awaitAcknowledged(long nanos) throws InterruptedException {
        tails.awaitDone(settings.incarnation(), nanos);
    }

    /** Whether a person has said no. Allocates nothing: the heap may be full. */
    boolean killed() {
        return settings.killSwitch().exists();
    }

    void close() {
        looks.close();
        recording.close();
    }

    private void welcome(Welcome message) {
        if (message.getProtocolVersion() != PROTOCOL) {
            AgentLog.warn(
                    "the controller speaks version " + message.getProtocolVersion() + ", this agent " + PROTOCOL, null);
            return;
        }
        byte[] key = message.getSessionKey().toByteArray();
        if (!Arrays.equals(key, sessionKey)) {
            injections.lift(0, Ending.LEASE); // Who armed it is gone, and another one's lease is not for it.
        }
        sessionKey = key;
        for (JournalPosition have : message.getHaveList()) {
            tails.has(have.getIncarnation(), have.getNextSeq());
        }
        welcome = true;
        tellEnded();
        tellUnsolicited();
    }

    /** Counts from when the agent said what the lease answers: a slow network can only shorten it. */
    private void lease(Lease lease) {
        long ttl = TimeUnit.MILLISECONDS.toNanos(lease.getTtlMillis());
        if (lease.hasAnswers()) {
            injections.lease(lease.getAnswers(), ttl);
        } else {
            injections.lease(ttl);
        }
    }

    private void record(Record order) {
        Recording answer;
        if (!order.getOn()) {
            answer = recording.stopped();
            tails.end(settings.incarnation());
        } else if (killed()) {
            answer = recording.answer("the kill switch is on");
        } else {
            tails.resume(settings.incarnation());
            answer = recording.start(sessionKey, order.getContents());
        }
        send(AgentMessage.newBuilder().setRecording(answer));
    }

    private void arm(Arm arm) {
        Armed.Builder armed =
                Armed.newBuilder().setInjection(arm.getInjection().getId()).setDryRun(arm.getDryRun());
        Injection injection;
        try {
            injection = Wire.injection(arm.getInjection());
        } catch (IllegalArgumentException e) {
            send(AgentMessage.newBuilder().setArmed(armed.setRefusal(e.getMessage())));
            return;
        }
        List<PointReport> reports = points.get();
        ArmOrder order = ArmOrder.of(injection, reports, settings.policy());
        order.tell(armed, refusal(injection));
        boolean isDry = arm.getDryRun();
        if (armed.getRefusal().isEmpty() && isDry && arm.getCount()) {
            injections.armDry(injection, order.possible());
            armed.setCounting(true);
        } else if (armed.getRefusal().isEmpty() && !isDry) {
            injections.arm(injection, order.possible());
            recording.armed(reports);
        }
        send(AgentMessage.newBuilder().setArmed(armed));
    }

    private String refusal(Injection injection) {
        return settings.policy()
                .rejection(injection)
                .or(() -> killed() ? Optional.of("the kill switch is on") : Optional.empty())
                .or(() -> recording.on() ? Optional.empty() : Optional.of("nothing is recorded: no record, no fault"))
                .orElse("");
    }

    private void lift(int id) {
        List<Integer> armed =
                injections.counts().stream().map(Counts::injection).toList();
        injections.lift(id, Ending.COMMAND);
        if (id != 0 && !armed.contains(id)) {
            send(AgentMessage.newBuilder().setLifted(Lifted.newBuilder().setInjection(id)));
        }
    }

    private void tellCounts() {
        for (Counts counts : injections.counts()) {
            Counts before = told.put(counts.injection(), counts);
            if (before == null || before.matched() != counts.matched() || before.applied() != counts.applied()) {
                send(AgentMessage.newBuilder().setApplied(Wire.applied(counts)));
            }
        }
    }

    private void tellPoints() {
        List<PointReport> now = points.get();
        if (!now.equals(toldPoints)) {
            toldPoints = now;
            send(AgentMessage.newBuilder()
                    .setPoints(Points.newBuilder()
                            .addAllPoints(now.stream().map(Wire::point).toList())));
        }
    }

    private void send(AgentMessage.Builder message) {
        if (stream == null) {
            return;
        }
        try {
            stream.onNext(message.build());
        } catch (IllegalStateException e) {
            // The stream has just ended; its end is on its way to us.
            AgentLog.info("not sent, the stream has ended: " + message.getMessageCase());
        }
    }
}
