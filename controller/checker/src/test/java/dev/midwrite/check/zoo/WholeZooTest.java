package dev.midwrite.check.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.session.Tally;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing can be reported that no bug of the zoo has ever raised: a new anomaly needs a bug first. */
class WholeZooTest {
    private static final int SEEDS = 40;

    @Test
    void everyAnomalyHasABugThatRaisesIt() {
        Set<Anomaly> raised = EnumSet.noneOf(Anomaly.class);
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (Bug bug : Bug.values()) {
                raised.addAll(FleetZooTest.found(ZooTest.judge(new SimulatedSession(seed, seed, bug).run(60))));
            }
            for (FleetBug bug : FleetBug.values()) {
                Tally tally = FleetZooTest.judge(seed, bug);
                if (tally != null) {
                    raised.addAll(FleetZooTest.found(tally));
                }
            }
        }
        assertThat(raised).containsExactlyInAnyOrder(Anomaly.values());
    }
}
