package dev.midwrite.controller.trace;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector's service of gRPC, as the protocol's own project generates it. */
final class GrpcReceiver implements AutoCloseable {
    private static final Metadata.Key<String> TENANT = Metadata.Key.of("x-tenant", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ENCODING =
            Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

    final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    final List<String> tenants = new CopyOnWriteArrayList<>();
    final List<String> encodings = new CopyOnWriteArrayList<>();
    private final Server server;
    private final String scheme;

    /** Takes everything. */
    GrpcReceiver() throws IOException {
        this(Optional.of(Status.OK), InsecureServerCredentials.create(), "grpc");
    }

    /** @param answer to every request; empty for none */
    GrpcReceiver(Optional<Status> answer) throws IOException {
        this(answer, InsecureServerCredentials.create(), "grpc");
    }

    /** Takes everything that comes encrypted. */
    GrpcReceiver(ServerCredentials credentials) throws IOException {
        this(Optional.of(Status.OK), credentials, "grpcs");
    }

    private GrpcReceiver(Optional<Status> answer, ServerCredentials credentials, String scheme) throws IOException {
        this.scheme = scheme;
        this.server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(new TraceServiceGrpc.TraceServiceImplBase() {
                    @Override
                    public void export(
                            ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> to) {
                        requests.add(request);
                        answer.ifPresent(status -> answer(status, to));
                    }
                })
                .intercept(new Headers())
                .build()
                .start();
    }

    private static void answer(Status status, StreamObserver<ExportTraceServiceResponse> to) {
        if (status.isOk()) {
            to.onNext(ExportTraceServiceResponse.getDefaultInstance());
            to.onCompleted();
        } else {
            to.onError(status.asException());
        }
    }

    URI uri() {
        return URI.create(scheme + "://localhost:" + server.getPort());
    }

    /** As OpenTelemetry's variables name it. */
    String variable() {
        return (scheme.equals("grpcs") ? "https" : "http") + "://localhost:" + server.getPort();
    }

    List<Span> spans() {
        return ExportedRun.spans(requests);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Headers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Optional.ofNullable(headers.get(TENANT)).ifPresent(tenants::add);
            Optional.ofNullable(headers.get(ENCODING)).ifPresent(encodings::add);
            return next.startCall(call, headers);
        }
    }
}
