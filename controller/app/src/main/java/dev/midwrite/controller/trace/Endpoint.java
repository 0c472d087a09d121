package dev.midwrite.controller.trace;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to an OTLP endpoint as OpenTelemetry's variables configure it, one batch after the other, for a limited time all
 * together. The first batch that is not taken is the last. Not thread-safe.
 */
final class Endpoint implements SpanSink {
    private static final String PATH = "/v1/traces";
    /** Of collectors that speak gRPC, unless an address says another. */
    private static final int GRPC_PORT = 4317;

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final AutoConfiguredOpenTelemetrySdk configured;
    private final Duration patience;
    private final String name;
    private SpanExporter exporter;
    private Optional<GrpcChannel> channel = Optional.empty();
    private Resource resource = Resource.getDefault();
    private long left;
    private long sent;
    private String failure = "";

    /**
     * Configures the SDK; nothing is sent yet.
     *
     * @param patience how long all batches together may take
     */
    Endpoint(TraceTarget target, Duration patience) {
        this.patience = patience;
        this.left = patience.toNanos();
        this.configured = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", "midwrite",
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.exporter.otlp.compression", "gzip"))
                .addPropertiesCustomizer(given -> overrides(target, patience))
                .addResourceCustomizer((all, config) -> resource = all)
                .addSpanExporterCustomizer((made, config) -> exporter = ofChannel(made, config))
                .build();
        this.name = target.endpoint().map(URI::toString).orElse("the endpoint that the environment names");
    }

    private static Map<String, String> overrides(TraceTarget target, Duration patience) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.sdk.disabled", "false",
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                // A run that is over does not wait for second attempts.
                "otel.java.exporter.otlp.retry.disabled", "true",
                "otel.exporter.otlp.timeout", Long.toString(patience.toMillis())));
        target.endpoint().ifPresent(base -> {
            boolean grpc = base.getScheme().startsWith("grpc");
            properties.put(
                    "otel.exporter.otlp.traces.endpoint",
                    grpc ? grpc(base) : base.toString().replaceFirst("/$", "") + PATH);
            properties.put("otel.exporter.otlp.traces.protocol", grpc ? "grpc" : "http/protobuf");
        });
        return properties;
    }

    /** OpenTelemetry's properties say http for what gRPC speaks without TLS, and https with it. */
    private static String grpc(URI base) {
        return (base.getScheme().equals("grpcs") ? "https://" : "http://") + base.getHost() + ":"
                + (base.getPort() < 0 ? GRPC_PORT : base.getPort());
    }

    /** The channel that gRPC's sender opens by itself trusts no certificates of the environment. */
    @SuppressWarnings("deprecation") // There is no other way to hand it a channel.
    private SpanExporter ofChannel(SpanExporter made, ConfigProperties config) {
        if (!(made instanceof OtlpGrpcSpanExporter grpc)) {
            return made;
        }
        GrpcChannel own = new GrpcChannel(config);
        channel = Optional.of(own);
        grpc.shutdown();
        return grpc.toBuilder().setChannel(own.channel()).build();
    }

    /** As the environment describes Midwrite. */
    Resource resource() {
        return resource;
    }

    @Override
    public void take(List<SpanData> batch) {
        if (!goesOn()) {
            return;
        }
        long begun = System.nanoTime();
        CompletableResultCode result = exporter.export(batch).join(left, TimeUnit.NANOSECONDS);
        left -= System.nanoTime() - begun;
        if (result.isSuccess()) {
            sent += batch.size();
        } else {
            failure = result.isDone() ? reason(result.getFailureThrowable()) : noAnswer();
        }
        if (left <= 0 && failure.isEmpty()) {
            failure = "it took longer than " + patience.toSeconds() + " s";
        }
    }

    private String noAnswer() {
        return "it did not answer within " + patience.toSeconds() + " s";
    }

    private String reason(Throwable thrown) {
        Optional<String> broken = channel.flatMap(GrpcChannel::broken);
        if (broken.isPresent()) {
            return broken.get();
        }
        if (thrown instanceof GrpcExportException answered && answered.getResponse() != null) {
            return reason(answered.getResponse());
        }
        if (thrown instanceof HttpExportException answered && answered.getResponse() != null) {
            return "it answered with status " + answered.getResponse().getStatusCode();
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "it cannot be reached";
            }
            if (cause instanceof IOException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return "it did not take the spans" + (thrown == null ? "" : " (" + thrown + ")");
    }

    private String reason(GrpcResponse answer) {
        if (answer.getStatusCode() == GrpcStatusCode.DEADLINE_EXCEEDED) {
            return noAnswer();
        }
        String description = answer.getStatusDescription();
        return "it answered with status " + answer.getStatusCode()
                + (description == null || description.isBlank() ? "" : " (" + description + ")");
    }

    @Override
    public boolean goesOn() {
        return failure.isEmpty();
    }

    @Override
    public String words() {
        return goesOn()
                ? sent + " spans sent to " + name + "."
                : sent + " spans sent to " + name + ", and not the others: " + failure + ".";
    }

    @Override
    public void close() {
        configured.getOpenTelemetrySdk().shutdown().join(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        channel.ifPresent(GrpcChannel::close);
    }
}
