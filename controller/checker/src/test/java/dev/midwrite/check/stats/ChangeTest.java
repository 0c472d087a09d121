package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.stats.Change.State;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static Change share(double[] differences, double minimum) {
        return Change.ofShare("score", 1, 1, differences, differences, minimum, 0.95, 42);
    }

    private static Change time(double[] logs) {
        return Change.ofTime("failover.p95", 1, 1, logs, logs, 0.1, 0.95);
    }

    private static double[] same(int pairs, double value) {
        double[] differences = new double[pairs];
        Arrays.fill(differences, value);
        return differences;
    }

    /** Alternating around a mean, so that there is a spread. */
    private static double[] around(int pairs, double mean, double spread) {
        return IntStream.range(0, pairs)
                .mapToDouble(i -> mean + (i % 2 == 0 ? spread : -spread))
                .toArray();
    }

    @Test
    void pairsThatAreAllAlikeProveOnlyWhatTheirNumberCan() {
        Change change = share(same(30, 0), 0.001);
        assertThat(change.value()).isZero();
        assertThat(change.low()).isCloseTo(-(1 - Math.pow(0.05, 1 / 30.0)), within(1e-9));
        assertThat(change.state()).isEqualTo(State.UNDECIDED);
        assertThat(share(same(30, 0), 0.1).state()).isEqualTo(State.NO_REGRESSION);
        assertThat(share(same(0, 0), 0.1).state()).isEqualTo(State.UNDECIDED);
    }

    @Test
    void certainAndLargeIsARegression() {
        assertThat(share(around(30, -0.02, 0.01), 0.001).state()).isEqualTo(State.REGRESSION);
        // Certain, but too small to matter; and bounded, so it can be said.
        assertThat(share(around(30, -0.0002, 0.0001), 0.001).state()).isEqualTo(State.NO_REGRESSION);
        // Large, but not certain.
        double[] one = same(30, 0);
        one[7] = -0.9;
        assertThat(share(one, 0.001).value()).isCloseTo(-0.03, within(1e-9));
        assertThat(share(one, 0.001).state()).isEqualTo(State.UNDECIDED);
        assertThat(share(around(30, 0.02, 0.01), 0.001).state()).isEqualTo(State.NO_REGRESSION);
    }

    @Test
    void times() {
        assertThat(time(around(20, Math.log(1.5), 0.05)).state()).isEqualTo(State.REGRESSION);
        assertThat(time(around(20, Math.log(1.5), 0.05)).value()).isCloseTo(0.5, within(0.02));
        assertThat(time(around(20, Math.log(1.02), 0.01)).state()).isEqualTo(State.NO_REGRESSION);
        assertThat(time(around(20, Math.log(0.5), 0.05)).state()).isEqualTo(State.NO_REGRESSION);
        double[] scattered =
                IntStream.range(0, 20).mapToDouble(i -> (i - 9.5) / 10).toArray();
        assertThat(time(scattered).state()).isEqualTo(State.UNDECIDED);
        assertThat(time(around(4, Math.log(3), 0)).state()).isEqualTo(State.UNDECIDED);
    }

    @Test
    void unknownPairsWidenBothWays() {
        double[] least = around(30, -0.02, 0.01);
        double[] most = least.clone();
        for (int i = 0; i < 10; i++) {
            least[i] = -1;
            most[i] = 1;
        }
        Change change = Change.ofShare("score", 1, 1, least, most, 0.001, 0.95, 42);
        assertThat(change.state()).isEqualTo(State.UNDECIDED);
        assertThat(change.value()).isCloseTo(-0.02, within(0.001));
    }
}
