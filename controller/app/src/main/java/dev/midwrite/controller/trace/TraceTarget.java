package dev.midwrite.controller.trace;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.TracesReader;
import dev.midwrite.controller.plan.TracesSpec;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where spans go.
 *
 * @param endpoint base address of an OTLP endpoint, such as {@code http://localhost:4318} or {@code grpc://localhost:4317};
 *     empty for what the environment says
 * @param environment OpenTelemetry's variables name an endpoint
 * @param protocol that the environment's endpoint speaks, such as {@code OTEL_EXPORTER_OTLP_PROTOCOL=http/json}, if Midwrite does not;
 *     else empty
 * @param file into the run's directory
 */
public record TraceTarget(Optional<URI> endpoint, boolean environment, String protocol, boolean file) {
    /** Nobody wants spans. */
    public static final TraceTarget NONE = new TraceTarget(Optional.empty(), false, "", false);

    private static final List<String> SPOKEN = List.of("http/protobuf", "grpc");
    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
    private static final List<String> PROTOCOLS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");

    /**
     * What a person wants: options add to what a drill says, and an endpoint of theirs or the drill's goes before the
     * environment's.
     *
     * @param otlp the option's value; null if not given
     * @param file the option
     * @param variables from a variable's name to its value, or null
     * @throws Problem if the option's endpoint is no address
     */
    public static TraceTarget of(String otlp, boolean file, UnaryOperator<String> variables) {
        Optional<URI> endpoint = Optional.ofNullable(otlp).map(TraceTarget::address);
        boolean named = !"true".equalsIgnoreCase(variables.apply("OTEL_SDK_DISABLED"))
                && !"none".equals(variables.apply("OTEL_TRACES_EXPORTER"))
                && ENDPOINTS.stream().anyMatch(name -> given(variables.apply(name)));
        return new TraceTarget(endpoint, named, named ? protocol(variables) : "", file);
    }

    /** With what a drill says, too. */
    public TraceTarget with(TracesSpec drill) {
        return new TraceTarget(endpoint.or(drill::otlp), environment, protocol, file || drill.file());
    }

    /** Whether spans are sent anywhere. */
    boolean sends() {
        return endpoint.isPresent() || environment;
    }

    /** Whether anybody wants spans. */
    public boolean wanted() {
        return sends() || file;
    }

    private static URI address(String text) {
        return TracesReader.endpoint(text)
                .orElseThrow(() -> new Problem("--otlp must be " + TracesReader.ENDPOINTS + ", not '" + text + "'."));
    }

    /**
     * Services that share the environment may speak what Midwrite does not; that is asked only when spans are to go there.
     *
     * @throws Problem if they would go to an endpoint that speaks another protocol
     */
    void requireProtocol() {
        if (endpoint.isEmpty() && !protocol.isEmpty()) {
            throw new Problem(protocol + " is set; Midwrite speaks " + String.join(" and ", SPOKEN)
                    + ". Name an endpoint for it with --otlp.");
        }
    }

    private static String protocol(UnaryOperator<String> variables) {
        return PROTOCOLS.stream()
                .filter(name -> given(variables.apply(name)))
                .findFirst()
                .filter(name -> !SPOKEN.contains(variables.apply(name)))
                .map(name -> name + "=" + variables.apply(name))
                .orElse("");
    }

    private static boolean given(String value) {
        return value != null && !value.isBlank();
    }
}
