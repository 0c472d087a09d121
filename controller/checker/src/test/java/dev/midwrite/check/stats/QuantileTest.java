package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileTest {

    @Test
    void ranksOfTheUpperBound() {
        assertThat(Quantile.upperRank(298, 0.99, 0.95)).isZero();
        assertThat(Quantile.upperRank(299, 0.99, 0.95)).isEqualTo(299);
        assertThat(Quantile.upperRank(500, 0.99, 0.95)).isEqualTo(499);
        assertThat(Quantile.upperRank(1000, 0.99, 0.95)).isEqualTo(996);
        assertThat(Quantile.upperRank(58, 0.95, 0.95)).isZero();
        assertThat(Quantile.upperRank(59, 0.95, 0.95)).isEqualTo(59);
        assertThat(Quantile.upperRank(0, 0.95, 0.95)).isZero();
    }

    @Test
    void boundsEncloseTheSampleQuantile() {
        double[] samples =
                IntStream.rangeClosed(1, 1000).mapToDouble(i -> 1001 - i).toArray();
        assertThat(Quantile.of(samples, 0.99)).isEqualTo(990);
        assertThat(Quantile.upper(samples, 0.99, 0.95)).isEqualTo(996);
        assertThat(Quantile.lower(samples, 0.99, 0.95)).isBetween(983.0, 987.0);
        assertThat(Quantile.upper(new double[] {1, 2}, 0.99, 0.95)).isInfinite();
        assertThat(Quantile.of(new double[0], 0.5)).isNaN();
    }

    @Test
    void whatNeverEndedStaysASample() {
        double[] samples = IntStream.range(0, 299).mapToDouble(i -> i).toArray();
        samples[0] = Double.POSITIVE_INFINITY;
        assertThat(Quantile.upper(samples, 0.99, 0.95)).isInfinite();
    }
}
