package dev.midwrite.controller.identity;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Before each command: who asks, whether they may, and what came of it. The command itself begins only if both are
 * answered.
 */
public final class OperatorEntrance implements ServerInterceptor {
    /** Where a token is shown, behind {@link #SCHEME}. */
    public static final Metadata.Key<String> HEADER =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    public static final String SCHEME = "Bearer ";

    private final Access access;
    private final Rejections rejections;

    public OperatorEntrance(Access access) {
        this.access = access;
        this.rejections = new Rejections(access.log());
    }

    @Override
    public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (access.certificates().isPresent()) {
            Subject subject = Subject.of(call.getAttributes());
            return Role.of(subject.unit())
                    .map(role -> allow(call, headers, next, new Caller(subject.name(), role)))
                    .orElseGet(() -> reject(
                            call,
                            Status.PERMISSION_DENIED.withDescription(
                                    "the certificate of a command has OU=watch, inject or" + " crash, that of '"
                                            + subject.name() + "' has OU=" + subject.unit())));
        }
        return shown(headers)
                .flatMap(token -> OperatorToken.find(access.operators(), token))
                .map(caller -> allow(call, headers, next, caller))
                .orElseGet(() -> reject(
                        call,
                        Status.UNAUTHENTICATED.withDescription("a command needs a token of this controller; its user's"
                                + " commands find it by themselves, others name a file with --token")));
    }

    private static Optional<String> shown(Metadata headers) {
        return Optional.ofNullable(headers.get(HEADER))
                .filter(value -> value.startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()));
    }

    private <Q, R> Listener<Q> reject(ServerCall<Q, R> call, Status status) {
        rejections.add(call, status);
        call.close(status, new Metadata());
        return new Listener<>() {};
    }

    private <Q, R> Listener<Q> allow(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next, Caller caller) {
        LoggedCall<Q, R> logged = new LoggedCall<>(call, caller, access.log());
        return new Asked<>(next.startCall(logged, headers), logged, caller);
    }

    /** Hands a request on if the caller's role is enough for it. */
    private static final class Asked<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final LoggedCall<Q, R> call;
        private final Caller caller;
        private boolean isRejected;

        Asked(Listener<Q> command, LoggedCall<Q, R> call, Caller caller) {
            super(command);
            this.call = call;
            this.caller = caller;
        }

        @Override
        public void onMessage(Q request) {
            Request asked = Request.of(request);
            call.asked(asked);
            if (caller.role().includes(asked.needed())) {
                super.onMessage(request);
                return;
            }
            isRejected = true;
            call.close(
                    Status.PERMISSION_DENIED.withDescription("this needs role "
                            + asked.needed().label() + ", and '" + caller.name() + "' has role "
                            + caller.role().label()),
                    new Metadata());
        }

        @Override
        public void onHalfClose() {
            if (!isRejected) {
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            call.cancelled();
            super.onCancel();
        }
    }
}
