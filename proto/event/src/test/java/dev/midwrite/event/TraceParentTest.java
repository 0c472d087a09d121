package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void readsWhatItWrites() {
        TraceParent parent = new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L);
        assertThat(parent.header()).isEqualTo("00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(TraceParent.traceIn(parent.header())).isEqualTo(TRACE);
        assertThat(TraceParent.isTraceId(parent.traceId())).isTrue();
    }

    @Test
    void readsWhatALaterVersionAdds() {
        assertThat(TraceParent.traceIn("01-" + TRACE + "-00f067aa0ba902b7-01-what-comes-later"))
                .isEqualTo(TRACE);
        assertThat(TraceParent.traceIn("01-" + TRACE + "-00f067aa0ba902b7-01")).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more"
            })
    void leavesWhatIsNone(String header) {
        assertThat(TraceParent.traceIn(header)).isEmpty();
    }

    @Test
    void leavesNothing() {
        assertThat(TraceParent.traceIn(null)).isEmpty();
        assertThat(TraceParent.isTraceId("")).isFalse();
        assertThat(TraceParent.isTraceId("0".repeat(32))).isFalse();
    }
}
