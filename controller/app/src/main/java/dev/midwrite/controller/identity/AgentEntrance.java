package dev.midwrite.controller.identity;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Where links are encrypted: an operator's certificate makes nobody an agent. */
public final class AgentEntrance implements ServerInterceptor {
    /** The unit (OU) of agents' certificates. */
    static final String UNIT = "agent";

    @Override
    public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Subject subject = Subject.of(call.getAttributes());
        if (subject.unit().equals(UNIT)) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.PERMISSION_DENIED.withDescription("an agent's certificate has OU=" + UNIT + ", that of '"
                        + subject.name() + "' has OU=" + subject.unit()),
                new Metadata());
        return new Listener<>() {};
    }
}
