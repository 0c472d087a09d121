package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.OwnershipCheck;
import dev.midwrite.check.fleet.OwnershipCheck.Hold;
import dev.midwrite.check.fleet.ReplicationCheck;
import dev.midwrite.check.fleet.ReplicationCheck.Replicated;
import dev.midwrite.check.session.Story;
import dev.midwrite.check.session.Tally;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** If a node's clock cannot be compared with the users', what compared them is unknown; the rest stands. */
class NodeClocksTest {
    private static final String DOUBT = "The clock of node-1 was set.";

    private static Trial trial(String doubt) {
        Trial plain = Story.trial(Profile.STRONG, false, 0);
        return plain.but().clockErrorNanos(5).clockDoubt(doubt).build();
    }

    private static Tally tally() {
        Tally tally = new Tally(10);
        OwnershipCheck.check(
                1,
                List.of(new Hold("a", 7, 0, 100, List.of(90L)), new Hold("b", 7, 50, 200, List.of(60L))),
                5,
                Profile.STRONG,
                tally);
        ReplicationCheck.check(
                List.of(
                        new Replicated(1, "steady", "b", 100, 110, false),
                        new Replicated(1, "steady", "b", 100, 1100, false)),
                OptionalLong.of(50),
                5,
                Profile.STRONG,
                tally);
        tally.checked(Property.REGISTER, 3);
        return tally;
    }

    @Test
    void standsWhileClocksAgree() {
        Tally tally = tally();
        NodeClocks.doubt(trial(""), tally);
        assertThat(tally.violations())
                .extracting(violation -> violation.anomaly())
                .containsExactlyInAnyOrder(Anomaly.DUAL_OWNER, Anomaly.EPOCH_REUSE, Anomaly.REPLICATION_LAG);
    }

    @Test
    void isUnknownWhenTheyDoNot() {
        Tally tally = tally();
        NodeClocks.doubt(trial(DOUBT), tally);
        assertThat(tally.violations())
                .as("an epoch is no time")
                .extracting(violation -> violation.anomaly())
                .containsExactly(Anomaly.EPOCH_REUSE);
        assertThat(tally.of(Property.SPLIT_BRAIN).reason()).isEqualTo(DOUBT);
        assertThat(tally.of(Property.REPLICATION).checked()).isZero();
        assertThat(tally.of(Property.REPLICATION).inconclusive()).isEqualTo(2);
        assertThat(tally.of(Property.REPLICATION).reason()).isEqualTo(DOUBT);
        assertThat(tally.of(Property.REGISTER).checked()).isEqualTo(3);
        assertThat(tally.of(Property.REGISTER).inconclusive()).isZero();
    }
}
