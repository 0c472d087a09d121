package dev.midwrite.controller.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.TracesSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTargetTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static TraceTarget of(String otlp, boolean file, Map<String, String> variables) {
        return TraceTarget.of(otlp, file, variables::get);
    }

    @Test
    void nobodyWantsSpansUnlessSomebodySaysSo() {
        assertThat(of(null, false, Map.of())).isEqualTo(TraceTarget.NONE);
        assertThat(TraceTarget.NONE.wanted()).isFalse();
        assertThat(TraceTarget.NONE.with(TracesSpec.NONE).wanted()).isFalse();
        assertThat(of(null, true, Map.of()).wanted()).isTrue();
        assertThat(of("http://localhost:4318", false, Map.of()).sends()).isTrue();
    }

    @Test
    void theEnvironmentNamesAnEndpoint() {
        assertThat(of(null, false, Map.of(ENDPOINT, "http://localhost:4318")).sends())
                .isTrue();
        assertThat(of(null, false, Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://a/b"))
                        .sends())
                .isTrue();
        assertThat(of(null, false, Map.of(ENDPOINT, "http://a", "OTEL_SDK_DISABLED", "true"))
                        .sends())
                .isFalse();
        assertThat(of(null, false, Map.of(ENDPOINT, "http://a", "OTEL_TRACES_EXPORTER", "none"))
                        .sends())
                .isFalse();
    }

    @Test
    void theOptionGoesBeforeTheDrill() {
        TracesSpec drill = new TracesSpec(true, "", Optional.of(URI.create("http://drill:1")), true);
        assertThat(of("http://option:1", false, Map.of()).with(drill))
                .isEqualTo(new TraceTarget(Optional.of(URI.create("http://option:1")), false, "", true));
        assertThat(TraceTarget.NONE.with(drill).endpoint()).contains(URI.create("http://drill:1"));
    }

    @Test
    void whatCannotBeDoneIsRejectedBeforeAnythingStarts() {
        assertThatThrownBy(() -> of("localhost:4318", false, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("--otlp must be an http address such as http://localhost:4318, not 'localhost:4318'.");
    }

    @Test
    void anotherProtocolOfTheEnvironmentMattersOnlyToItsEndpoint() {
        Map<String, String> grpc = Map.of(ENDPOINT, "http://a:4317", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        assertThatThrownBy(of(null, false, grpc)::requireProtocol)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("OTEL_EXPORTER_OTLP_PROTOCOL=grpc is set; Midwrite sends http/protobuf only.");
        TracesSpec drill = new TracesSpec(true, "", Optional.of(URI.create("http://drill:1")), true);
        assertThatNoException().isThrownBy(of(null, false, grpc).with(drill)::requireProtocol);
        assertThatNoException().isThrownBy(of("http://b:4318", false, grpc)::requireProtocol);
    }
}
