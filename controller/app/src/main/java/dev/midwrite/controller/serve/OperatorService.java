package dev.midwrite.controller.serve;

import com.google.protobuf.ByteString;
import dev.midwrite.controller.Problem;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Frame;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Event;
import dev.midwrite.link.v1.EventsRequest;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.InjectResponse;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.LiftRequest;
import dev.midwrite.link.v1.LiftResponse;
import dev.midwrite.link.v1.ListNodesRequest;
import dev.midwrite.link.v1.ListNodesResponse;
import dev.midwrite.link.v1.Node;
import dev.midwrite.link.v1.NodeArmed;
import dev.midwrite.link.v1.NodeLifted;
import dev.midwrite.link.v1.OperatorGrpc;
import dev.midwrite.link.v1.RolloutRequest;
import dev.midwrite.link.v1.RolloutResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the command line asks of a running controller. Errors are sentences in the status' description. */
final class OperatorService extends OperatorGrpc.OperatorImplBase {
    /** So many events may wait for a slow reader before its stream is ended: never a silent hole. */
    private static final int MAX_WAITING = 10_000;

    private final Fleet fleet;
    private final AtomicInteger lastInjection = new AtomicInteger();

    OperatorService(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> out) {
        answer(
                out,
                () -> ListNodesResponse.newBuilder()
                        .addAllNodes(fleet.nodes().stream().map(this::describe).toList())
                        .build());
    }

    /** Two-phase: a node where nothing would match, or that refuses, is not armed and answers why. */
    @Override
    public void inject(InjectRequest request, StreamObserver<InjectResponse> out) {
        answer(out, () -> {
            Injection injection = request.getInjection().getId() != 0
                    ? request.getInjection()
                    : request.getInjection().toBuilder().setId(freeId()).build();
            List<FleetNode> nodes = chosen(request.getNode());
            InjectResponse.Builder response = InjectResponse.newBuilder();
            for (FleetNode node : nodes) {
                response.addNodes(NodeArmed.newBuilder()
                        .setNode(node.name())
                        .setArmed(arm(node, injection, request.getDryRun())));
            }
            return response.build();
        });
    }

    @Override
    public void liftInjection(LiftRequest request, StreamObserver<LiftResponse> out) {
        answer(out, () -> {
            if (request.getAll()) {
                return liftEverything(request.getNode());
            }
            LiftResponse.Builder response = LiftResponse.newBuilder();
            for (FleetNode node : chosen(request.getNode())) {
                List<Integer> ids = armed(node, request.getInjection());
                ids.forEach(id -> response.addLifted(NodeLifted.newBuilder()
                        .setNode(node.name())
                        .setLifted(fleet.lift(node.name(), id).join())));
                if (!ids.isEmpty()) {
                    response.addNodes(node.name());
                }
            }
            return response.build();
        });
    }

    /** What is to be lifted; of one that only counts, its end is told even if it has come. */
    private static List<Integer> armed(FleetNode node, int injection) {
        if (injection != 0) {
            return node.injection(injection)
                    .filter(state -> state.lifted().isEmpty() || state.armed().getCounting())
                    .map(state -> List.of(injection))
                    .orElse(List.of());
        }
        return node.injections().values().stream()
                .filter(state -> state.lifted().isEmpty())
                .map(state -> state.injection().getId())
                .toList();
    }

    /** All are asked before the first is waited for. */
    private LiftResponse liftEverything(String name) {
        Map<String, CompletableFuture<Void>> asked = new LinkedHashMap<>();
        fleet.nodes().stream()
                .map(FleetNode::name)
                .filter(node -> name.isEmpty() || node.equals(name))
                .forEach(node -> asked.put(node, fleet.liftEverything(node)));
        if (asked.isEmpty()) {
            throw new Problem(name.isEmpty() ? "No node has ever been connected." : "There is no node " + name + ".");
        }
        LiftResponse.Builder response = LiftResponse.newBuilder();
        asked.forEach((node, done) -> {
            try {
                done.join();
                response.addNodes(node);
            } catch (CompletionException e) {
                response.addSilent(node);
            }
        });
        return response.build();
    }

    @Override
    public void events(EventsRequest request, StreamObserver<Event> out) {
        ServerCallStreamObserver<Event> call = (ServerCallStreamObserver<Event>) out;
        EventStream stream = new EventStream(call, MAX_WAITING);
        RecordListener listener = new RecordListener() {
            @Override
            public void stored(String node, long incarnation, EventRecord record, String point) {
                boolean wanted =
                        request.getNode().isEmpty() || request.getNode().equals(node);
                if (wanted
                        && !stream.offer(Event.newBuilder()
                                .setNode(node)
                                .setIncarnation(incarnation)
                                .setRecord(bytes(record))
                                .setPoint(point)
                                .build())) {
                    // A call that is refused ends only when its reader has read what is on its way, which may be never.
                    fleet.journals().unlisten(this);
                }
            }
        };
        call.setOnReadyHandler(stream::drain);
        call.setOnCancelHandler(() -> fleet.journals().unlisten(listener));
        call.setOnCloseHandler(() -> fleet.journals().unlisten(listener));
        fleet.journals().listen(listener);
    }

    @Override
    public void rollout(RolloutRequest request, StreamObserver<RolloutResponse> out) {
        answer(
                out,
                () -> RolloutResponse.newBuilder()
                        .setAnswer(
                                switch (request.getWish()) {
                                    case PAUSE -> fleet.rollouts().pause();
                                    case RESUME -> fleet.rollouts().resume();
                                    case ROLL_BACK -> fleet.rollouts().rollBack();
                                    case UNRECOGNIZED, NOTHING ->
                                        throw new Problem("Nothing was asked of the rollout.");
                                })
                        .build());
    }

    private Armed arm(FleetNode node, Injection injection, boolean dryRun) {
        if (!node.recording()) {
            var recording = fleet.record(node.name(), true).join();
            if (!recording.getOn()) {
                return Armed.newBuilder()
                        .setInjection(injection.getId())
                        .setRefusal("nothing is injected without a record: " + recording.getProblem())
                        .build();
            }
        }
        if (dryRun) {
            return fleet.count(node.name(), injection).join();
        }
        CompletableFuture<Armed> armed = fleet.arm(node.name(), injection, true)
                .thenCompose(found -> found.getRefusal().isEmpty() && found.getPointsCount() > 0
                        ? fleet.arm(node.name(), injection, false)
                        : CompletableFuture.completedFuture(found));
        return armed.join();
    }

    private int freeId() {
        int used = fleet.nodes().stream()
                .flatMap(node -> node.injections().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return lastInjection.updateAndGet(last -> Math.max(last, used) + 1);
    }

    private List<FleetNode> chosen(String name) {
        List<FleetNode> nodes = fleet.nodes().stream()
                .filter(FleetNode::connected)
                .filter(node -> name.isEmpty() || node.name().equals(name))
                .toList();
        if (nodes.isEmpty()) {
            throw new Problem(name.isEmpty() ? "No node is connected." : "Node " + name + " is not connected.");
        }
        return nodes;
    }

    private Node describe(FleetNode node) {
        long incarnation = node.incarnation();
        return Node.newBuilder()
                .setName(node.name())
                .setIncarnation(incarnation)
                .setAgentVersion(node.agentVersion())
                .setJdk(node.jdk())
                .setPid(node.pid())
                .setConnected(node.connected())
                .setRecording(node.recording())
                .addAllPoints(node.points())
                .addAllAllowedFaults(node.allowedFaults())
                .addAllPolicy(node.policy())
                .addAllInjections(node.injections().values().stream()
                        .filter(state -> state.incarnation() == incarnation
                                && state.lifted().isEmpty())
                        .map(InjectionState::counts)
                        .toList())
                .setRecords(fleet.journals()
                        .state(node.name(), incarnation)
                        .map(JournalState::nextSeq)
                        .orElse(0L))
                .build();
    }

    private static ByteString bytes(EventRecord record) {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.HEADER_BYTES + record.payload().length)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.write(buffer);
        return ByteString.copyFrom(buffer.flip());
    }

    private static <T> void answer(StreamObserver<T> out, Supplier<T> answer) {
        try {
            out.onNext(answer.get());
            out.onCompleted();
        } catch (Problem | CompletionException e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            out.onError(Status.FAILED_PRECONDITION
                    .withDescription(cause.getMessage())
                    .asRuntimeException());
        }
    }
}
