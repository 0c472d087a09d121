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
                .hasMessage("--otlp must be an address such as http://localhost:4318 or grpc://localhost:4317, not"
                        + " 'localhost:4318'.");
    }

    @Test
    void grpcIsSpokenToo() {
        assertThat(of("grpc://localhost:4317", false, Map.of()).endpoint())
                .contains(URI.create("grpc://localhost:4317"));
        assertThat(of("grpcs://collector", false, Map.of()).sends()).isTrue();
        assertThatNoException()
                .isThrownBy(
                        of(null, false, Map.of(ENDPOINT, "http://a:4317", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
                                ::requireProtocol);
    }

    @Test
    void anotherProtocolOfTheEnvironmentMattersOnlyToItsEndpoint() {
        Map<String, String> json = Map.of(ENDPOINT, "http://a:4318", "OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
        assertThatThrownBy(of(null, false, json)::requireProtocol)
                .isInstanceOf(Problem.class)
                .hasMessage("OTEL_EXPORTER_OTLP_PROTOCOL=http/json is set; Midwrite speaks http/protobuf and grpc."
                        + " Name an endpoint for it with --otlp.");
        TracesSpec drill = new TracesSpec(true, "", Optional.of(URI.create("http://drill:1")), true);
        assertThatNoException().isThrownBy(of(null, false, json).with(drill)::requireProtocol);
        assertThatNoException().isThrownBy(of("http://b:4318", false, json)::requireProtocol);
    }
}
