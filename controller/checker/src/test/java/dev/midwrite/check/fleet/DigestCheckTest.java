package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.property.Drift;
import dev.midwrite.check.property.ReplicaDigest;
import dev.midwrite.check.property.ReplicaDigest.Item;
import dev.midwrite.check.session.Tally;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestCheckTest {
    private final Tally tally = new Tally(10);

    private static ReplicaDigest digest(String replica, long content, long version) {
        return new ReplicaDigest(replica, 7, List.of(new Item(1, content, version)));
    }

    private List<Drift> check(boolean live, ReplicaDigest... replicas) {
        return DigestCheck.check(1, live, Set.of("a", "b"), List.of(replicas), 99, Profile.EVENTUAL, tally);
    }

    @Test
    void replicasThatAgree() {
        assertThat(check(true, digest("a", 10, 3), digest("b", 10, 3))).isEmpty();
        assertThat(tally.of(Property.CONVERGENCE).checked()).isEqualTo(1);
        assertThat(tally.compared()).isEqualTo(1);
        assertThat(tally.drifted()).isZero();
    }

    @Test
    void oneThatIsBehind() {
        assertThat(check(true, digest("a", 10, 3), digest("b", 9, 1)))
                .containsExactly(new Drift(Drift.Kind.BEHIND, 1, "b", "a", 2));
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.NON_CONVERGENT);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).isEqualTo("b is 2 versions behind a with attribute 1.");
            assertThat(violation.at()).isEqualTo(99);
        });
        assertThat(tally.drifted()).isEqualTo(1);
    }

    @Test
    void aReplicaThatSaidNothingLeavesTheSessionOpen() {
        assertThat(check(true, digest("a", 10, 3))).isEmpty();
        assertThat(tally.of(Property.CONVERGENCE).inconclusive()).isEqualTo(1);
        assertThat(tally.compared()).isZero();
    }

    @Test
    void anEndedSessionThatOneStillHolds() {
        assertThat(check(false, digest("a", 10, 3), new ReplicaDigest("b", 0, List.of())))
                .containsExactly(new Drift(Drift.Kind.EXTRA, -1, "a", "b", 0));
        assertThat(tally.violations().get(0).what())
                .isEqualTo("a still holds the session, which has ended and is gone from b.");
    }
}
