package dev.midwrite.controller.trace;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
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
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to an OTLP endpoint as OpenTelemetry's variables configure it, one batch after the other, for a limited time all
 * together. The first batch that is not taken is the last. Not thread-safe.
 */
final class Endpoint implements SpanSink {
    private static final String TRACES_ENDPOINT = "otel.exporter.otlp.traces.endpoint";
    private static final String PATH = "/v1/traces";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final AutoConfiguredOpenTelemetrySdk configured;
    private final Duration patience;
    private final String name;
    private SpanExporter exporter;
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
                .addSpanExporterCustomizer((made, config) -> exporter = made)
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
            properties.put(TRACES_ENDPOINT, base.toString().replaceFirst("/$", "") + PATH);
            properties.put("otel.exporter.otlp.protocol", "http/protobuf");
            properties.put("otel.exporter.otlp.traces.protocol", "http/protobuf");
        });
        return properties;
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
            failure = result.isDone()
                    ? reason(result.getFailureThrowable())
                    : "it did not answer within " + patience.toSeconds() + " s";
        }
        if (left <= 0 && failure.isEmpty()) {
            failure = "it took longer than " + patience.toSeconds() + " s";
        }
    }

    private static String reason(Throwable thrown) {
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
    }
}
