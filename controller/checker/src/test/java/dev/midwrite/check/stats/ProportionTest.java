package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

    // 0.05^(1/n) for perfect runs; the others solve the binomial equation and stand in published tables.
    @Test
    void lowerBounds() {
        assertThat(Proportion.lower(10, 10, 0.95)).isCloseTo(Math.pow(0.05, 0.1), within(1e-9));
        assertThat(Proportion.lower(20, 20, 0.95)).isCloseTo(0.8609, within(1e-4));
        assertThat(Proportion.lower(59, 59, 0.95)).isCloseTo(0.9505, within(1e-4));
        assertThat(Proportion.lower(29, 30, 0.95)).isCloseTo(0.8514, within(1e-4));
        assertThat(Proportion.lower(58, 59, 0.95)).isCloseTo(0.9221, within(1e-3));
        assertThat(Proportion.lower(0, 7, 0.95)).isZero();
        assertThat(Proportion.lower(0, 0, 0.95)).isZero();
    }

    @Test
    void upperBoundsMirrorThem() {
        assertThat(Proportion.upper(0, 10, 0.95)).isCloseTo(1 - Math.pow(0.05, 0.1), within(1e-9));
        assertThat(Proportion.upper(3, 12, 0.9)).isCloseTo(1 - Proportion.lower(9, 12, 0.9), within(1e-9));
        assertThat(Proportion.upper(5, 5, 0.95)).isEqualTo(1);
    }

    @Test
    void sizesWithoutFailure() {
        assertThat(Proportion.samplesWithoutFailure(0.90, 0.95)).isEqualTo(29);
        assertThat(Proportion.samplesWithoutFailure(0.95, 0.95)).isEqualTo(59);
        assertThat(Proportion.samplesWithoutFailure(0.99, 0.95)).isEqualTo(299);
        assertThat(Proportion.samplesWithoutFailure(0.999, 0.95)).isEqualTo(2995);
        assertThat(Proportion.samplesWithoutFailure(0.9999, 0.95)).isEqualTo(29956);
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.samplesWithoutFailure(1, 0.95));
    }

    @Test
    void clusteredSamplesAreWorthLess() {
        assertThat(Proportion.effectiveSamples(2000, 200, 0.05)).isCloseTo(182.6, within(0.1));
        assertThat(Proportion.effectiveSamples(2000, 1, 0.05)).isEqualTo(2000);
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.lower(3, 2, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.lower(1, 2, 1));
    }
}
