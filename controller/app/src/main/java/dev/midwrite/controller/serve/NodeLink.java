package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
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
import dev.midwrite.link.v1.Ping;
import dev.midwrite.link.v1.Pong;
import dev.midwrite.link.v1.Record;
import dev.midwrite.link.v1.Recording;
import dev.midwrite.link.v1.Tail;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection of one agent: orders out, answers in. Messages come in one after the other; sending is locked. */
final class NodeLink implements StreamObserver<AgentMessage> {
    static final int PROTOCOL = 2;

    private final Fleet fleet;
    private final Optional<AgentProof> proof;
    private final StreamObserver<ControllerMessage> out;
    private final ConcurrentLinkedQueue<PendingRecording> recordings = new ConcurrentLinkedQueue<>();
    private final Map<Arm, CompletableFuture<Armed>> arms = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Lifted>> lifts = new ConcurrentHashMap<>();
    private final PendingPings pings = new PendingPings();
    private final PendingLooks looks = new PendingLooks();
    private volatile FleetNode node;
    private volatile long incarnation;
    /** What the agent's clock showed when it spoke last; null until it has said so. */
    private volatile Long agentNanos;

    /** Messages come one after the other. */
    private boolean greeted;

    private boolean closed;

    /** An order to record or not, whose answer has not come. */
    private record PendingRecording(boolean on, CompletableFuture<Recording> answer) {}

    /** @param proof what the agent has to prove; empty if its certificate has done that */
    NodeLink(Fleet fleet, Optional<AgentProof> proof, StreamObserver<ControllerMessage> out) {
        this.fleet = fleet;
        this.proof = proof;
        this.out = out;
    }

    long incarnation() {
        return incarnation;
    }

    @Override
    public void onNext(AgentMessage message) {
        long received = System.nanoTime();
        if (message.hasChallenge()) {
            challenge(message.getChallenge());
            return;
        }
        if (greeted == message.hasHello()) {
            end(Status.FAILED_PRECONDITION.withDescription("the first message must be Hello, and no other"));
            return;
        }
        if (greeted && node == null) {
            end(Status.FAILED_PRECONDITION.withDescription("nothing may come before the Welcome"));
            return;
        }
        greeted = true;
        switch (message.getMessageCase()) {
            case HELLO -> hello(message.getHello());
            case RECORDING -> recording(message.getRecording());
            case ARMED -> armed(message.getArmed());
            case APPLIED -> node.applied(incarnation, message.getApplied());
            case LIFTED -> lifted(message.getLifted());
            case PONG -> pong(message.getPong(), received);
            case TAIL -> tail(message.getTail());
            case METRICS -> node.metrics(message.getMetrics().getText());
            case POINTS -> node.points(message.getPoints().getPointsList());
            case LOOKED -> looks.looked(message.getLooked());
            case CHALLENGE, MESSAGE_NOT_SET -> {
                // The first was answered above. The other is of a later version of the protocol, where fields are only
                // added: nothing we asked for.
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        end(Status.CANCELLED.withDescription("the agent closed the stream"));
    }

    @Override
    public void onCompleted() {
        synchronized (this) {
            if (!closed) {
                out.onCompleted();
            }
        }
        end(Status.OK);
    }

    /** @param contents ask for what sessions hold, too */
    CompletableFuture<Recording> record(boolean on, boolean contents) {
        CompletableFuture<Recording> answer = new CompletableFuture<>();
        ControllerMessage order = ControllerMessage.newBuilder()
                .setRecord(Record.newBuilder().setOn(on).setContents(on && contents))
                .build();
        synchronized (this) {
            recordings.add(new PendingRecording(on, answer));
            send(order, answer);
        }
        return answer;
    }

    CompletableFuture<Armed> arm(Injection injection, boolean dryRun) {
        return arm(Arm.newBuilder().setInjection(injection).setDryRun(dryRun).build());
    }

    /** Injects nothing, and counts what would have been hit. */
    CompletableFuture<Armed> count(Injection injection) {
        return arm(Arm.newBuilder()
                .setInjection(injection)
                .setDryRun(true)
                .setCount(true)
                .build());
    }

    private CompletableFuture<Armed> arm(Arm arm) {
        CompletableFuture<Armed> answer = new CompletableFuture<>();
        CompletableFuture<Armed> pending = arms.putIfAbsent(arm, answer);
        if (pending != null) {
            return pending;
        }
        send(ControllerMessage.newBuilder().setArm(arm).build(), answer);
        return answer;
    }

    CompletableFuture<Lifted> lift(int injection) {
        CompletableFuture<Lifted> answer = new CompletableFuture<>();
        CompletableFuture<Lifted> pending = lifts.putIfAbsent(injection, answer);
        if (pending != null) {
            return pending;
        }
        send(
                ControllerMessage.newBuilder()
                        .setLift(Lift.newBuilder().setInjection(injection))
                        .build(),
                answer);
        return answer;
    }

    /** @param map its name; empty for those at which the node saw sessions */
    CompletableFuture<List<Kept>> look(String map) {
        CompletableFuture<List<Kept>> answer = new CompletableFuture<>();
        send(ControllerMessage.newBuilder().setLook(looks.ask(map, answer)).build(), answer);
        return answer;
    }

    /**
     * Whoever armed it.
     *
     * @return complete when the agent has done it: it answers in the order in which it is asked
     */
    CompletableFuture<Void> liftEverything() {
        send(ControllerMessage.newBuilder().setLift(Lift.getDefaultInstance()).build());
        return answers();
    }

    /** @return complete when the agent has answered a ping; fails when the connection ends before */
    CompletableFuture<Void> answers() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        long asked = pings.next();
        pings.await(asked, answered);
        ping(asked);
        if (isClosed()) {
            answered.completeExceptionally(gone());
        }
        return answered;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Answers what the agent said last, so that the time on the way is a part of the lease; without that there is none. */
    void lease() {
        Long answers = agentNanos;
        if (answers != null) {
            send(ControllerMessage.newBuilder()
                    .setLease(Lease.newBuilder()
                            .setTtlMillis(Fleet.LEASE.toMillis())
                            .setAnswers(answers))
                    .build());
        }
    }

    void ping() {
        ping(pings.next());
    }

    private void ping(long id) {
        synchronized (this) {
            pings.sends(id);
            send(ControllerMessage.newBuilder()
                    .setPing(Ping.newBuilder().setId(id))
                    .build());
        }
    }

    long pingsSent() {
        return pings.count();
    }

    /** Closes the stream with this status, and fails what waits for an answer. Idempotent. */
    void end(Status status) {
        synchronized (this) {
            if (!closed && !status.isOk()) {
                try {
                    out.onError(status.asRuntimeException());
                } catch (RuntimeException e) {
                    // The other side was faster; the stream is closed, which is what we wanted.
                }
            }
            closed = true;
        }
        if (node != null) {
            fleet.left(node, this);
        }
        Problem gone = gone();
        recordings.forEach(asked -> asked.answer().completeExceptionally(gone));
        arms.values().forEach(answer -> answer.completeExceptionally(gone));
        lifts.values().forEach(answer -> answer.completeExceptionally(gone));
        pings.fail(gone);
        looks.fail(gone);
    }

    private void challenge(Challenge challenge) {
        Status flaw = proof.map(asked -> asked.check(challenge))
                .orElse(Status.FAILED_PRECONDITION.withDescription("on an encrypted stream nobody asks for a proof"));
        if (flaw.isOk()) {
            send(proof.orElseThrow().answer(challenge));
        } else {
            end(flaw);
        }
    }

    /** Closes the stream if its agent has not said by now who it is. */
    void requireHello() {
        if (node == null) {
            end(Status.DEADLINE_EXCEEDED.withDescription("no Hello has come"));
        }
    }

    private void hello(Hello hello) {
        if (!proof.map(asked -> asked.holds(hello)).orElse(true)) {
            end(Status.UNAUTHENTICATED.withDescription(
                    proof.orElseThrow().isAnswered()
                            ? "the agent does not have this controller's token"
                            : "the agent shows no token; this controller takes agents of its own version only"));
        } else if (hello.getProtocolVersion() != PROTOCOL) {
            end(Status.FAILED_PRECONDITION.withDescription("this controller speaks version " + PROTOCOL
                    + " of the link, agent " + hello.getAgentVersion() + " speaks " + hello.getProtocolVersion()));
        } else if (!NodeName.allowed(hello.getNode()) || hello.getIncarnation() == 0) {
            end(Status.INVALID_ARGUMENT.withDescription(
                    "a node's name has 1 to 64 letters, digits, '.', '_' and '-', and its incarnation is not 0"));
        } else {
            // Nothing else comes before the welcome, so that it may wait.
            CompletableFuture<Void> unused = fleet.otherIncarnation(hello)
                    .thenAccept(other -> other.ifPresentOrElse(
                            pid -> end(Status.ALREADY_EXISTS.withDescription("node " + hello.getNode()
                                    + " is connected already, from process " + pid
                                    + "; give each JVM a name of its own")),
                            () -> join(hello)));
        }
    }

    private void join(Hello hello) {
        try {
            incarnation = hello.getIncarnation();
            node = fleet.joining(hello);
            send(ControllerMessage.newBuilder().setWelcome(fleet.welcome(hello)).build());
            fleet.joined(node, this, hello);
            if (hello.hasMonoNanos()) {
                agentNanos = hello.getMonoNanos();
                fleet.answered(this);
            }
            if (isClosed()) {
                fleet.left(node, this); // It went while it was asked for.
            }
        } catch (IOException e) {
            end(Status.UNAVAILABLE.withDescription("the controller cannot read its journals: " + e.getMessage()));
        }
    }

    private void recording(Recording recording) {
        PendingRecording asked = recordings.poll();
        boolean failedToStart = asked != null && asked.on() && !recording.getOn();
        try {
            if (recording.getOn()) {
                fleet.journals().goesOn(node.name(), incarnation, recording.getSeq());
            } else if (recording.getSeq() > 0 && !failedToStart) {
                fleet.journals().endsAt(node.name(), incarnation, recording.getSeq(), recording.getProblem());
            }
        } catch (IOException e) {
            end(cannotStore(e));
        }
        node.recording(recording.getOn());
        fleet.tell(listener -> listener.recording(node, recording.getOn()));
        if (asked != null) {
            asked.answer().complete(recording);
        }
    }

    private void armed(Armed armed) {
        for (Arm arm : arms.keySet()) {
            if (arm.getInjection().getId() == armed.getInjection() && arm.getDryRun() == armed.getDryRun()) {
                if (armed.getCounting()
                        || (!armed.getDryRun() && armed.getRefusal().isEmpty())) {
                    node.armed(incarnation, arm.getInjection(), armed);
                }
                if (!armed.getDryRun()) {
                    fleet.tell(listener -> listener.armed(node, arm.getInjection(), armed));
                }
                arms.remove(arm).complete(armed);
                return;
            }
        }
    }

    private void lifted(Lifted lifted) {
        node.lifted(incarnation, lifted);
        fleet.tell(listener -> listener.lifted(node, lifted));
        CompletableFuture<Lifted> asked = lifts.remove(lifted.getInjection());
        if (asked != null) {
            asked.complete(lifted);
        }
    }

    private void pong(Pong pong, long received) {
        pings.answered(pong.getId()).ifPresent(sent -> {
            node.exchange(incarnation, sent, pong.getMonoNanos(), received);
            agentNanos = pong.getMonoNanos();
            fleet.answered(this);
        });
        pings.release(pong.getId());
    }

    private void tail(Tail tail) {
        try {
            long next = fleet.journals().receive(node.name(), tail);
            send(ControllerMessage.newBuilder()
                    .setAck(Ack.newBuilder()
                            .setIncarnation(tail.getIncarnation())
                            .setNextSeq(next))
                    .build());
        } catch (IOException e) {
            end(cannotStore(e));
        }
    }

    private void send(ControllerMessage message, CompletableFuture<?> answer) {
        if (!send(message)) {
            answer.completeExceptionally(gone());
        }
    }

    private synchronized boolean send(ControllerMessage message) {
        if (closed) {
            return false;
        }
        try {
            out.onNext(message);
            return true;
        } catch (RuntimeException e) {
            // gRPC says so of a stream that the other side has cancelled; onError follows.
            return false;
        }
    }

    private static Status cannotStore(IOException e) {
        return Status.UNAVAILABLE.withDescription("the controller cannot store journals: " + e.getMessage());
    }

    private Problem gone() {
        return new Problem("Node " + (node == null ? "(unknown)" : node.name()) + " is no longer connected.");
    }
}
