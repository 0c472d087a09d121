package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.stats.ClusterBootstrap.Bounds;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HodgesLehmannTest {
    /** Hamilton's depression scale before and after, from Hollander and Wolfe, example 3.1. */
    private static final double[] BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    @Test
    void publishedExample() {
        double[] differences = IntStream.range(0, BEFORE.length)
                .mapToDouble(i -> AFTER[i] - BEFORE[i])
                .toArray();
        assertThat(HodgesLehmann.estimate(differences)).isCloseTo(-0.46, within(1e-3));
        Bounds bounds = HodgesLehmann.bounds(differences, differences, 0.975);
        assertThat(bounds.low()).isCloseTo(-0.786, within(1e-3));
        assertThat(bounds.high()).isCloseTo(-0.010, within(1e-3));
    }

    /** One more than the critical values in tables of the signed-rank test. */
    @Test
    void ranks() {
        assertThat(HodgesLehmann.rank(4, 0.95)).isZero();
        assertThat(HodgesLehmann.rank(5, 0.95)).isEqualTo(1);
        assertThat(HodgesLehmann.rank(6, 0.975)).isEqualTo(1);
        assertThat(HodgesLehmann.rank(10, 0.975)).isEqualTo(9);
        assertThat(HodgesLehmann.rank(10, 0.95)).isEqualTo(11);
        assertThat(HodgesLehmann.rank(20, 0.975)).isEqualTo(53);
        assertThat(HodgesLehmann.rank(30, 0.975)).isEqualTo(138);
        assertThat(HodgesLehmann.rank(501, 0.95))
                .as("normal approximation goes on where the exact one ends")
                .isBetween(HodgesLehmann.rank(500, 0.95), HodgesLehmann.rank(500, 0.95) + 300);
    }

    @Test
    void fewPairsBoundNothing() {
        double[] four = {1, 2, 3, 4};
        assertThat(HodgesLehmann.bounds(four, four, 0.95))
                .isEqualTo(new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        assertThat(HodgesLehmann.estimate(new double[0])).isNaN();
    }

    @Test
    void whatNeverEndedIsADifferenceLikeAnyOther() {
        double[] differences = {1, 1, 1, 1, 1, 1, 1, Double.POSITIVE_INFINITY};
        Bounds bounds = HodgesLehmann.bounds(differences, differences, 0.95);
        assertThat(bounds.low()).isEqualTo(1);
        assertThat(bounds.high()).isInfinite();
        assertThat(HodgesLehmann.estimate(differences)).isEqualTo(1);
        double[] both = {Double.NEGATIVE_INFINITY, 0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY};
        assertThat(HodgesLehmann.bounds(both, both, 0.95).low()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
