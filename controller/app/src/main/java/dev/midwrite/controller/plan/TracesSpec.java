package dev.midwrite.controller.plan;

import java.net.URI;
import java.util.Optional;

/**
 * Traces of a drill's requests.
 *
 * @param send users name a trace with each request
 * @param url where a reader finds a trace, with {@link #PLACE} in the place of its id; empty if nowhere
 * @param otlp where spans are sent: the base address of an OTLP endpoint that speaks HTTP, or with the scheme {@code grpc} or
 *     {@code grpcs} one that speaks gRPC
 * @param file spans are written into the run's directory
 */
public record TracesSpec(boolean send, String url, Optional<URI> otlp, boolean file) {
    /** In {@link #url}. */
    public static final String PLACE = "{trace}";

    /** Users name traces, and nobody keeps spans. */
    public static final TracesSpec NONE = new TracesSpec(true, "", Optional.empty(), false);
}
