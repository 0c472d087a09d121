package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.nodes.PodState.Endpoint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodMomentTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void aLifeInOrder() {
        PodState created = pod(false, Endpoint.ABSENT, false, 0, false);
        PodState ready = pod(true, Endpoint.ABSENT, false, 0, false);
        PodState routed = pod(true, Endpoint.READY, false, 0, false);
        PodState asked = pod(true, Endpoint.READY, true, 0, false);
        PodState draining = pod(true, Endpoint.TERMINATING, true, 0, false);
        PodState unready = pod(false, Endpoint.TERMINATING, true, 0, false);
        PodState gone = pod(false, Endpoint.ABSENT, true, 0, true);

        assertThat(PodMoment.between(null, created))
                .containsExactly(new PodMoment("created", "at 2026-11-30T12:00:00Z by the cluster's clock"));
        assertThat(labels(created, ready)).isEqualTo("[ready]");
        assertThat(labels(ready, routed)).isEqualTo("[in the endpoint slice]");
        assertThat(labels(routed, asked)).isEqualTo("[asked to end]");
        assertThat(PodMoment.between(asked, draining))
                .containsExactly(new PodMoment("out of the endpoint slice", "it stays there as terminating"));
        assertThat(labels(draining, unready)).isEqualTo("[not ready]");
        assertThat(labels(unready, gone)).isEqualTo("[gone]");
        assertThat(labels(gone, gone)).isEqualTo("[]");
    }

    @Test
    void whatWasMissedIsToldTogether() {
        assertThat(labels(null, pod(true, Endpoint.READY, true, 0, false)))
                .isEqualTo("[created, ready, in the endpoint slice, asked to end]");
        assertThat(labels(pod(true, Endpoint.READY, false, 0, false), pod(false, Endpoint.ABSENT, true, 0, true)))
                .isEqualTo("[asked to end, out of the endpoint slice, gone]");
    }

    @Test
    void aContainerThatStartsAgainSaysHowItEnded() {
        assertThat(PodMoment.between(
                        pod(true, Endpoint.READY, false, 0, false), pod(true, Endpoint.READY, false, 1, false)))
                .containsExactly(new PodMoment("container started again", "container app ended with exit code 137"));
    }

    private static String labels(PodState before, PodState now) {
        return PodMoment.between(before, now).stream()
                .map(PodMoment::label)
                .toList()
                .toString();
    }

    private static PodState pod(boolean ready, Endpoint endpoint, boolean asked, int restarts, boolean gone) {
        return new PodState(
                "orders-1",
                NOON,
                Optional.of("10.1.0.1"),
                ready ? Optional.of(NOON.plusSeconds(5)) : Optional.empty(),
                endpoint,
                asked ? Optional.of(NOON.plusSeconds(60)) : Optional.empty(),
                restarts,
                restarts > 0 ? "container app ended with exit code 137" : "",
                "",
                gone);
    }
}
