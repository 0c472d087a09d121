package dev.midwrite.controller.serve;

import dev.midwrite.controller.identity.Access;
import dev.midwrite.link.v1.AgentMessage;
import dev.midwrite.link.v1.ControllerMessage;
import dev.midwrite.link.v1.LinkGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Makes a link of each stream that an agent opens, and ends it if the agent does not say who it is. */
final class AgentService extends LinkGrpc.LinkImplBase {
    private final Fleet fleet;
    private final Access access;
    private final ScheduledExecutorService threads;
    private final Duration silence;
    private volatile IntSupplier port;

    /** @param silence how long an agent may take to say who it is */
    AgentService(Fleet fleet, Access access, ScheduledExecutorService threads, Duration silence) {
        this.fleet = fleet;
        this.access = access;
        this.threads = threads;
        this.silence = silence;
    }

    /** Told before anybody can call. */
    void listensAt(IntSupplier known) {
        port = known;
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> out) {
        Optional<AgentProof> proof = access.certificates().isPresent()
                ? Optional.empty()
                : Optional.of(new AgentProof(access.agents(), port));
        NodeLink link = new NodeLink(fleet, proof, out);
        Future<?> check = threads.schedule(link::requireHello, silence.toMillis(), TimeUnit.MILLISECONDS);
        assert !check.isCancelled();
        return link;
    }
}
