package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterMomentsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void onePodOneSentence() {
        List<String> words = ClusterMoments.words(
                List.of(
                        said(12 * SECOND, "orders-a", "gone", ""),
                        said(5 * SECOND, "orders-b", "created", "at 2026-11-30T12:00:00Z by the cluster's clock"),
                        said(4 * SECOND + 250_000_000, "orders-a", "asked to end", ""),
                        new NodeInstant(0, "orders-a", NodeInstant.Kind.UP, 0, 0, "up", "start 1")),
                2 * SECOND);

        assertThat(words).hasSize(3);
        assertThat(words.get(0)).isEqualTo("Pod orders-a: asked to end 2.250 s, gone 10.000 s.");
        assertThat(words.get(1))
                .isEqualTo("Pod orders-b: created 3.000 s (at 2026-11-30T12:00:00Z by the cluster's clock).");
        assertThat(words.get(2)).contains("by its own clock").contains("(TERM)");
    }

    @Test
    void withoutAClusterThereIsNothingToSay() {
        assertThat(ClusterMoments.words(
                        List.of(new NodeInstant(0, "node-1", NodeInstant.Kind.UP, 0, 0, "up", "start 1")), 0))
                .isEmpty();
    }

    private static NodeInstant said(long at, String pod, String label, String detail) {
        return new NodeInstant(at, pod, NodeInstant.Kind.CLUSTER, 0, 0, label, detail);
    }
}
