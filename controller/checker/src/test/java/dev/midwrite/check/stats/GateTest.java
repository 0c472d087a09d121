package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;

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
        return Gate.share("score", trials, OptionalDouble.of(target), 0.95, 42);
    }

    @Test
    void oneTrialIsObservedHoweverGoodItWas() {
        GateResult gate = share(List.of(new Cluster(200, 200)), 0.9);
        assertThat(gate.state()).isEqualTo(State.OBSERVED);
        assertThat(gate.samples()).isEqualTo(1);
        assertThat(gate.of()).isEqualTo("trial");
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

    @Test
    void sameSeedSameBounds() {
        List<Cluster> trials = List.of(new Cluster(9, 10), new Cluster(5, 10), new Cluster(10, 10));
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7)).isEqualTo(ClusterBootstrap.bounds(trials, 0.95, 7));
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).low()).isBetween(0.5, 0.8);
        assertThat(ClusterBootstrap.bounds(trials, 0.95, 7).high()).isBetween(0.8, 1.0);
    }

    @Test
    void times() {
        double[] trials = new double[59];
        Arrays.fill(trials, 2);
        assertThat(Gate.time("failover.p95", trials, 0.95, "s", OptionalDouble.of(3), 0.95)
                        .state())
                .isEqualTo(State.MET);
        GateResult missed = Gate.time("failover.p95", trials, 0.95, "s", OptionalDouble.of(1), 0.95);
        assertThat(missed.state()).isEqualTo(State.MISSED);
        assertThat(missed.target()).isEqualTo("<= 1 s");
        trials[0] = Double.POSITIVE_INFINITY;
        assertThat(Gate.time("failover.p95", trials, 0.95, "s", OptionalDouble.of(3), 0.95)
                        .state())
                .isEqualTo(State.INCONCLUSIVE);
        assertThat(Gate.time("failover.p95", new double[] {2}, 0.95, "s", OptionalDouble.of(3), 0.95)
                        .state())
                .isEqualTo(State.OBSERVED);
        assertThat(Gate.time("failover.p95", new double[] {2}, 0.95, "s", OptionalDouble.empty(), 0.95)
                        .target())
                .isEmpty();
    }
}
