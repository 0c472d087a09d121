package dev.midwrite.controller.trace;

import dev.midwrite.controller.serve.QuietNetty;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;

/** A connection to an OTLP endpoint that speaks gRPC, as OpenTelemetry's properties describe it. Thread-safe. */
final class GrpcChannel implements AutoCloseable {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final ManagedChannel channel;
    private volatile Status last = Status.OK;

    /**
     * Connects when something is sent.
     *
     * @throws ConfigurationException if a certificate cannot be used
     */
    GrpcChannel(ConfigProperties config) {
        QuietNetty.settle();
        URI endpoint = URI.create(text(config, "endpoint"));
        boolean secure = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : secure ? HTTPS : HTTP;
        channel = Grpc.newChannelBuilderForAddress(
                        endpoint.getHost(), port, secure ? tls(config) : InsecureChannelCredentials.create())
                .intercept(new Ends())
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    private static ChannelCredentials tls(ConfigProperties config) {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        String trusted = text(config, "certificate");
        String certificate = text(config, "client.certificate");
        String key = text(config, "client.key");
        try {
            if (trusted != null) {
                credentials.trustManager(new File(trusted));
            }
            if (certificate != null && key != null) {
                credentials.keyManager(new File(certificate), new File(key));
            }
            return credentials.build();
        } catch (IOException e) {
            throw new ConfigurationException("A certificate cannot be read: " + e.getMessage(), e);
        }
    }

    /** What holds for traces goes before what holds for all; null if neither is given. */
    private static String text(ConfigProperties config, String name) {
        String own = config.getString("otel.exporter.otlp.traces." + name);
        return own == null ? config.getString("otel.exporter.otlp." + name) : own;
    }

    /** Why the last call met nobody who answers; empty if somebody did. */
    Optional<String> broken() {
        Throwable root = last.getCause(); // An answer has none, whatever it says.
        if (root == null) {
            return Optional.empty();
        }
        while (root.getCause() != null && !(root instanceof ConnectException)) {
            root = root.getCause();
        }
        return Optional.of(
                root instanceof ConnectException || root.getMessage() == null
                        ? "it cannot be reached"
                        : "it cannot be reached, since the connection failed: " + root.getMessage());
    }

    /** Ends calls under way, too. Idempotent. */
    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Sees the cause of an end, which the exporter does not hand on. */
    private final class Ends implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    last = status;
                                    super.onClose(status, trailers);
                                }
                            },
                            headers);
                }
            };
        }
    }
}
