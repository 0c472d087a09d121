package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.stats.ClusterBootstrap.Cluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateTest {

    private static GateResult share(List<Cluster> trials, double target) {
        return Gate.share("score", trials, OptionalDouble.of(target), 1, 0.95, 42);
    }

    @Test
    void oneTrialIsObservedHoweverGoodItWas() {
        GateResult gate = share(List.of(new Cluster(200, 200)), 0.9);
        assertThat(gate.state()).isEqualTo(State.OBSERVED);
        assertThat(gate.samples()).isEqualTo(1);
        assertThat(gate.of()).isEqualTo("trials");
        assertThat(gate.needed()).isEqualTo(29);
        assertThat(gate.low()).isBetween(0.049, 0.051);
    }

    @Test
    void perfectTrialsMeetWhatTheirNumberCanProve() {
        assertThat(share(Collections.nCopies(29, new Cluster(50, 50)), 0.9).state())
                .isEqualTo(State.MET);
        assertThat(share(Collections.nCopies(28, new Cluster(50, 50)), 0.9).state())
                .isEqualTo(State.OBSERVED);
    }

    @Test
    void threeWays() {
        List<Cluster> trials = new ArrayList<>(Collections.nCopies(30, new Cluster(95, 100)));
        assertThat(share(trials, 0.9).state()).isEqualTo(State.MET);
        assertThat(share(Collections.nCopies(60, new Cluster(80, 100)), 0.95).state())
                .isEqualTo(State.MISSED);
        trials.replaceAll(trial -> new Cluster(100, 100));
        trials.set(0, new Cluster(0, 100));
        trials.set(1, new Cluster(0, 100));
        trials.set(2, new Cluster(0, 100));
        assertThat(share(trials, 0.9).state()).isEqualTo(State.INCONCLUSIVE);
    }

    /** Ten perfect trials prove a rate of 74.1 % of perfect trials, however many sessions they have. */
    @Test
    void perfectTrialsBoundTheShareByTheirNumber() {
        double[][] known = {{10, 0.741}, {20, 0.861}, {30, 0.905}, {59, 0.950}, {100, 0.970}};
        for (double[] each : known) {
            GateResult gate = share(Collections.nCopies((int) each[0], new Cluster(80, 80)), 0.999);
            assertThat(gate.low()).isCloseTo(each[1], within(5e-4));
            assertThat(gate.high()).isEqualTo(1);
            assertThat(gate.needed()).isEqualTo(2995);
        }
    }

    @Test
    void statedCorrelationMakesSessionsWorthMore() {
        List<Cluster> trials = Collections.nCopies(60, new Cluster(100, 100));
        GateResult gate = Gate.share("score", trials, OptionalDouble.of(0.99), 0.05, 0.95, 42);
        // 6000 sessions of 100 each are worth 6000 / (1 + 99 * 0.05) = 1008.4 independent ones.
        assertThat(gate.low()).isCloseTo(Math.pow(0.05, 5.95 / 6000), within(1e-12));
        assertThat(gate.state()).isEqualTo(State.MET);
        assertThat(gate.needed()).isEqualTo(Gate.BOOTSTRAP_TRIALS);
        // 2995 independent ones: 2995 * 5.95 / 100 trials.
        assertThat(Gate.trialsNeeded(0.999, 100, 0.05, 0.95)).isEqualTo(179);
    }

    @Test
    void withFewTrialsALossLeavesWideBounds() {
        List<Cluster> trials = new ArrayList<>(Collections.nCopies(9, new Cluster(10, 10)));
        trials.add(new Cluster(0, 10));
        GateResult gate = Gate.share("score", trials, OptionalDouble.empty(), 1, 0.95, 42);
        assertThat(gate.value()).isEqualTo(0.9);
        assertThat(gate.low()).isEqualTo(Proportion.lower(9, 10, 0.95));
        assertThat(gate.high()).isEqualTo(Proportion.upper(9, 10, 0.95));
        // None of these trials is perfect and in none is all lost: that alone bounds nothing from above.
        assertThat(Gate.share("score", Collections.nCopies(10, new Cluster(9, 10)), OptionalDouble.empty(), 1, 0.95, 42)
                        .high())
                .isEqualTo(1);
    }

    @Test
    void unknownTrialIsLostForOneBoundAndFineForTheOther() {
        List<Cluster> trials = new ArrayList<>(Collections.nCopies(59, new Cluster(10, 10)));
        assertThat(share(trials, 0.95).state()).isEqualTo(State.MET);
        trials.set(0, new Cluster(0, 10, 10));
        GateResult gate = share(trials, 0.95);
        assertThat(gate.state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(gate.value()).isEqualTo(1);
        assertThat(gate.low()).isLessThan(0.96);
        assertThat(gate.high()).isEqualTo(1);
        assertThat(gate.samples()).isEqualTo(59);
    }

    @Test
    void targetWithoutAnySampleIsNotMet() {
        GateResult gate = share(List.of(), 0.9);
        assertThat(gate.state()).isEqualTo(State.OBSERVED);
        assertThat(gate.value()).isNaN();
    }

    @Test
    void rates() {
        assertThat(rate(29, 0, 29, 0.9)).isEqualTo(State.MET);
        assertThat(rate(28, 0, 28, 0.9)).isEqualTo(State.OBSERVED);
        assertThat(rate(28, 1, 29, 0.9)).isEqualTo(State.INCONCLUSIVE);
        assertThat(rate(20, 0, 29, 0.9)).isEqualTo(State.MISSED);
        assertThat(rate(20, 9, 29, 0.9)).isEqualTo(State.INCONCLUSIVE);
        assertThat(rate(0, 0, 0, 0.9)).isEqualTo(State.OBSERVED);
    }

    private static State rate(long successes, long unknown, long trials, double target) {
        return Gate.rate("success", successes, unknown, trials, OptionalDouble.of(target), 0.95)
                .state();
    }

    @Test
    void sameSeedSameBounds() {
        List<Cluster> trials = List.of(new Cluster(9, 10), new Cluster(5, 10), new Cluster(10, 10));
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7)).isEqualTo(ClusterBootstrap.bounds(trials, 0.95, 7));
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).low()).isBetween(0.5, 0.8);
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).high()).isBetween(0.8, 1.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterBootstrap.bounds(List.of(new Cluster(0, 0)), 0.95, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cluster(3, 2));
    }

    /** With clusters of one, the bootstrap's bound is near the one of the normal approximation. */
    @Test
    void bootstrapAgreesWithTheNormalApproximation() {
        List<Cluster> trials = new ArrayList<>(Collections.nCopies(320, new Cluster(1, 1)));
        trials.addAll(Collections.nCopies(80, new Cluster(0, 1)));
        double reach = 1.6449 * Math.sqrt(0.8 * 0.2 / 400);
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).low()).isCloseTo(0.8 - reach, within(0.005));
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).high()).isCloseTo(0.8 + reach, within(0.005));
    }

    private static GateResult time(
            double[] trials, double quantile, String unit, OptionalDouble target, double confidence) {
        return Gate.time("failover.p95", trials, trials, quantile, unit, target, confidence);
    }

    @Test
    void times() {
        double[] trials = new double[59];
        Arrays.fill(trials, 2);
        assertThat(time(trials, 0.95, "s", OptionalDouble.of(3), 0.95).state()).isEqualTo(State.MET);
        GateResult missed = time(trials, 0.95, "s", OptionalDouble.of(1), 0.95);
        assertThat(missed.state()).isEqualTo(State.MISSED);
        assertThat(missed.target()).isEqualTo("<= 1 s");
        trials[0] = Double.POSITIVE_INFINITY;
        assertThat(time(trials, 0.95, "s", OptionalDouble.of(3), 0.95).state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(time(new double[] {2}, 0.95, "s", OptionalDouble.of(3), 0.95).state())
                .isEqualTo(State.OBSERVED);
        assertThat(time(new double[] {2}, 0.95, "s", OptionalDouble.empty(), 0.95)
                        .target())
                .isEmpty();
    }
}
