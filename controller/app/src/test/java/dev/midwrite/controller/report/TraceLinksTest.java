package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceLinksTest {
    private static final String GOOD = "http://localhost:16686/trace/{trace}";

    private static Map<String, String> says(String address) {
        return Map.of(TraceLinks.VARIABLE, address);
    }

    @Test
    void theDrillGoesBeforeTheEnvironment() {
        assertThat(TraceLinks.url("http://drill/{trace}", says(GOOD)::get)).isEqualTo("http://drill/{trace}");
        assertThat(TraceLinks.url("", says(GOOD)::get)).isEqualTo(GOOD);
        assertThat(TraceLinks.url("", Map.<String, String>of()::get)).isEmpty();
    }

    @Test
    void whatIsNoAddressIsRejectedBeforeTheStartAndCostsNoVerdict() {
        assertThatThrownBy(() -> TraceLinks.require(says("here")::get))
                .isInstanceOf(Problem.class)
                .hasMessage("MIDWRITE_TRACE_URL must be an http address with {trace} in it, not 'here'.");
        assertThat(TraceLinks.url("", says("here")::get)).isEmpty();
        assertThatNoException().isThrownBy(() -> TraceLinks.require(says(GOOD)::get));
        assertThatNoException().isThrownBy(() -> TraceLinks.require(Map.<String, String>of()::get));
    }
}
