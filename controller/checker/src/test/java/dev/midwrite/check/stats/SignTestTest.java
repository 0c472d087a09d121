package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignTestTest {

    private static double[] pairs(int worse, int better, int alike) {
        double[] pairs = new double[worse + better + alike];
        Arrays.fill(pairs, 0, worse, -1);
        Arrays.fill(pairs, worse, worse + better, 1);
        return pairs;
    }

    /** Binomial tails at one half, as any table has them. */
    @ParameterizedTest
    @CsvSource({
        "5, 0, 0.03125",
        "4, 0, 0.0625",
        "7, 1, 0.03515625",
        "6, 1, 0.0625",
        "9, 2, 0.03271484375",
        "19, 0, 0.0000019073486328125",
        "0, 5, 1",
        "0, 0, 1",
    })
    void isTheTailOfAFairCoin(int worse, int better, double probability) {
        double[] pairs = pairs(worse, better, 3);
        assertThat(SignTest.worse(pairs, pairs)).isCloseTo(probability, within(1e-12));
    }

    @Test
    void whatIsNotKnownMayBeBetter() {
        double[] least = {-1, -1, -1, -1, -1, -1};
        double[] most = {-1, -1, -1, -1, -1, 1};
        assertThat(SignTest.worse(least, most)).isCloseTo(7 / 64.0, within(1e-12));
        most[5] = 0;
        assertThat(SignTest.worse(least, most)).isCloseTo(1 / 32.0, within(1e-12));
    }

    @Test
    void fivePairsDecideAndFourDoNot() {
        for (int pairs : new int[] {4, 5, 19}) {
            double[] lost = pairs(pairs, 0, 0);
            Change change = Change.ofShare("success", 1, 0, lost, lost, 0.05, 0.95, 1);
            assertThat(change.state()).isEqualTo(pairs == 4 ? Change.State.UNDECIDED : Change.State.REGRESSION);
        }
        double[] alike = pairs(0, 0, 19);
        assertThat(Change.ofShare("success", 1, 1, alike, alike, 0.05, 0.95, 1).state())
                .isEqualTo(Change.State.UNDECIDED);
        double[] few = pairs(5, 0, 14);
        assertThat(Change.ofShare("success", 1, 0.73, few, few, 0.05, 0.95, 1).state())
                .isEqualTo(Change.State.REGRESSION);
        double[] small = pairs(5, 0, 14);
        for (int i = 0; i < 5; i++) {
            small[i] = -0.001;
        }
        assertThat(Change.ofShare("score", 1, 0.999, small, small, 0.01, 0.95, 1)
                        .state())
                .as("certain, and too small to matter")
                .isEqualTo(Change.State.UNDECIDED);
    }
}
