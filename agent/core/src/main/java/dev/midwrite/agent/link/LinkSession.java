package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Counts;
import dev.midwrite.agent.fault.Ending;
import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.log.AgentLog;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.event.PossibleFaults;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.Arm;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.Hello;
import dev.midwrite.link.v1.JournalPosition;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Metrics;
import dev.midwrite.link.v1.Points;
import dev.midwrite.link.v1.Pong;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Welcome;
import io.grpc.stub.ClientCallStreamObserver;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is said on the stream. All methods but {@link #awaitAcknowledged} and {@link #killed} belong to the link's
 * thread.
 */
final class LinkSession {
    static final int PROTOCOL = 1;
    private static final long COUNTS_NANOS = 200_000_000L;
    private static final long METRICS_NANOS = 2_000_000_000L;

    private final LinkSettings settings;
    private final Injections injections;
    private final Supplier<List<PointReport>> points;
    private final Supplier<String> metrics;
    private final Recorder recorder;
    private final RecordingSwitch recording;
    private final Tails tails;
    private final Map<Integer, Counts> told = new HashMap<>();
    private ClientCallStreamObserver<AgentMessage> stream;
    private boolean welcome;
    private byte[] sessionKey = {};
    private List<PointReport> toldPoints = List.of();
    private long countsAt;
    private long metricsAt;

    LinkSession(
            LinkSettings settings,
            Injections injections,
            Supplier<List<PointReport>> points,
            Recorder recorder,
            Supplier<String> metrics) {
        this.settings = settings;
        this.injections = injections;
        this.points = points;
        this.metrics = metrics;
        this.recorder = recorder;
        this.recording = new RecordingSwitch(settings, injections, recorder);
        this.tails = new Tails(settings);
    }

    void connected(ClientCallStreamObserver<AgentMessage> newStream) {
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
                .addAllPoints(toldPoints.stream().map(Wire::point).toList());
        tails.earlier().forEach(hello::addJournals);
        settings.faults().forEach(fault -> hello.addAllowedFaults(fault.label()));
        send(AgentMessage.newBuilder().setHello(hello));
    }

    void lost() {
        stream = null;
        welcome = false;
        tails.stop();
    }

    void received(ControllerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome(message.getWelcome());
            case RECORD -> record(message.getRecord().getOn());
            case ARM -> arm(message.getArm());
            case LIFT -> lift(message.getLift().getInjection());
            case LEASE -> injections.lease(message.getLease().getTtlMillis() * 1_000_000L);
            case PING ->
                send(AgentMessage.newBuilder()
                        .setPong(Pong.newBuilder()
                                .setId(message.getPing().getId())
                                .setMonoNanos(System.nanoTime())
                                .setWallMillis(System.currentTimeMillis())));
            case ACK ->
                tails.acknowledged(
                        message.getAck().getIncarnation(), message.getAck().getNextSeq());
            case MESSAGE_NOT_SET -> AgentLog.info("the controller said something of a later version; passed over");
        }
    }

    void tick() {
        if (stream == null || !welcome) {
            return;
        }
        recording.journal().ifPresent(journal -> tails.own(settings.incarnation()));
        tails.pump(
                () -> stream.isReady(), tail -> send(AgentMessage.newBuilder().setTail(tail)));
        long now = System.nanoTime();
        if (now - countsAt >= COUNTS_NANOS) {
            countsAt = now;
            tellCounts();
            tellPoints();
        }
        if (now - metricsAt >= METRICS_NANOS) {
            metricsAt = now;
            send(AgentMessage.newBuilder().setMetrics(Metrics.newBuilder().setText(metrics.get())));
        }
    }

    void ended(Counts counts, Ending ending) {
        send(AgentMessage.newBuilder()
                .setLifted(Lifted.newBuilder()
                        .setInjection(counts.injection())
                        .setCause(Wire.cause(ending))
                        .setCounts(Wire.applied(counts))));
    }

    /** Takes no more records; the rest goes out with the next ticks. */
    void seal() {
        recording.seal();
        tails.end(settings.incarnation());
    }

    void awaitAcknowledged(long nanos) throws InterruptedException {
        tails.awaitDone(settings.incarnation(), nanos);
    }

    boolean killed() {
        return settings.killSwitch() != null && Files.exists(settings.killSwitch());
    }

    void close() {
        recording.close();
    }

    private void welcome(Welcome message) {
        if (message.getProtocolVersion() != PROTOCOL) {
            AgentLog.warn(
                    "the controller speaks version " + message.getProtocolVersion() + ", this agent " + PROTOCOL, null);
            return;
        }
        sessionKey = message.getSessionKey().toByteArray();
        // Before the first queue is opened, for reading too: Chronicle looks once, and remembers what it was denied.
        if (message.getHaveList().stream().anyMatch(have -> have.getIncarnation() != settings.incarnation())) {
            recorder.prepare();
        }
        for (JournalPosition have : message.getHaveList()) {
            tails.has(have.getIncarnation(), have.getNextSeq());
        }
        welcome = true;
    }

    private void record(boolean on) {
        Recording answer = on && killed()
                ? Recording.newBuilder().setProblem("the kill switch is on").build()
                : recording.set(on, sessionKey);
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
        List<PointReport> matched = points.get().stream()
                .filter(point -> injection.selects(point.name(), point.kind()))
                .toList();
        matched.stream()
                .filter(point -> point.state() == PointReport.State.WOVEN)
                .forEach(point -> armed.addPoints(point.name()));
        String refusal = refusal(injection, matched);
        armed.setRefusal(refusal);
        if (refusal.isEmpty() && !arm.getDryRun()) {
            injections.arm(injection);
        }
        send(AgentMessage.newBuilder().setArmed(armed));
    }

    private String refusal(Injection injection, List<PointReport> matched) {
        if (!settings.faults().contains(injection.fault())) {
            return "this host does not allow " + injection.fault().label();
        }
        if (killed()) {
            return "the kill switch is on";
        }
        if (!recording.on()) {
            return "nothing is recorded: no record, no fault";
        }
        for (PointReport point : matched) {
            String impossible = PossibleFaults.reason(injection.fault(), point.kind(), injection.edge())
                    .orElse("");
            if (!impossible.isEmpty()) {
                return impossible;
            }
        }
        return "";
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
