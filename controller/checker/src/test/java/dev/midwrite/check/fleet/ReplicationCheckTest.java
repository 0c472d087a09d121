package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.fleet.ReplicationCheck.Degraded;
import dev.midwrite.check.fleet.ReplicationCheck.Fed;
import dev.midwrite.check.fleet.ReplicationCheck.Mode;
import dev.midwrite.check.fleet.ReplicationCheck.Replicated;
import dev.midwrite.check.session.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplicationCheckTest {
    private static final long NEVER = Long.MAX_VALUE;
    private final Tally tally = new Tally(10);

    private static List<Replicated> writes(String phase, int confirmed, int unconfirmed) {
        List<Replicated> writes =
                new ArrayList<>(Collections.nCopies(confirmed, new Replicated(1, phase, "b", 10, 5, true)));
        writes.addAll(Collections.nCopies(unconfirmed, new Replicated(1, phase, "b", 10, 50, false)));
        return writes;
    }

    private static Mode mode(int confirmed, int unconfirmed) {
        return ReplicationCheck.modes(writes("steady", confirmed, unconfirmed))
                .get(0)
                .mode();
    }

    @Test
    void inStepNeedsSoManyWritesWithoutAnException() {
        assertThat(mode(299, 0)).isEqualTo(Mode.SYNC);
        assertThat(mode(298, 0)).isEqualTo(Mode.UNDECIDED);
        assertThat(mode(100_000, 1)).isEqualTo(Mode.MIXED);
    }

    @Test
    void asynchronousNeedsMoreThanHalfWithConfidence() {
        assertThat(mode(0, 300)).isEqualTo(Mode.ASYNC);
        assertThat(mode(200, 100)).isEqualTo(Mode.MIXED);
        // 59 of 100: the lower bound is 0.503; 58 of 100: 0.493.
        assertThat(mode(41, 59)).isEqualTo(Mode.ASYNC);
        assertThat(mode(42, 58)).isEqualTo(Mode.MIXED);
    }

    @Test
    void phasesAndReplicasAreCountedApart() {
        List<Replicated> writes = writes("steady", 299, 0);
        writes.add(new Replicated(1, "steady", "c", 10, 50, false));
        writes.addAll(writes("fault", 0, 10));
        assertThat(ReplicationCheck.modes(writes))
                .containsExactly(
                        new Fed("steady", "b", Mode.SYNC, 299, 0),
                        new Fed("steady", "c", Mode.MIXED, 1, 1),
                        new Fed("fault", "b", Mode.ASYNC, 10, 10));
    }

    @Test
    void aReplicaThatFallsOutOfStepUnderAFault() {
        List<Replicated> writes = writes("steady", 299, 0);
        writes.addAll(writes("fault", 0, 10));
        writes.addAll(writes("recovery", 299, 0));
        List<Fed> fed = ReplicationCheck.modes(writes);
        assertThat(ReplicationCheck.degraded(fed, "steady"))
                .containsExactly(new Degraded(
                        new Fed("steady", "b", Mode.SYNC, 299, 0), new Fed("fault", "b", Mode.ASYNC, 10, 10)));
        List<Replicated> always = writes("steady", 0, 299);
        always.addAll(writes("fault", 0, 10));
        assertThat(ReplicationCheck.degraded(ReplicationCheck.modes(always), "steady"))
                .isEmpty();
    }

    private void budget(long appliedAt, boolean confirmedFirst) {
        ReplicationCheck.check(
                List.of(new Replicated(1, "steady", "b", 100, appliedAt, confirmedFirst)),
                OptionalLong.of(100),
                5,
                Profile.STRONG,
                tally);
    }

    @Test
    void withinTheBudget() {
        budget(150, false);
        budget(50, false);
        budget(300, true);
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.REPLICATION).checked()).isEqualTo(3);
    }

    @Test
    void beyondTheBudgetOrNever() {
        budget(300, false);
        budget(NEVER, false);
        assertThat(tally.of(Anomaly.REPLICATION_LAG).count()).isEqualTo(2);
        assertThat(tally.violations())
                .allSatisfy(violation -> assertThat(violation.severity()).isEqualTo(Severity.SOFT))
                .anySatisfy(violation -> assertThat(violation.what()).contains("never reached b"));
    }

    @Test
    void withinTheClockErrorOfTheBudgetNobodyKnows() {
        budget(195, false);
        budget(205, false);
        assertThat(tally.of(Property.REPLICATION).inconclusive()).isEqualTo(2);
        budget(194, false);
        budget(206, false);
        assertThat(tally.of(Property.REPLICATION).inconclusive()).isEqualTo(2);
        assertThat(tally.of(Anomaly.REPLICATION_LAG).count()).isEqualTo(1);
    }

    @Test
    void withoutABudgetLagIsOnlyMeasured() {
        ReplicationCheck.check(
                List.of(new Replicated(1, "steady", "b", 0, NEVER, false)),
                OptionalLong.empty(),
                5,
                Profile.STRONG,
                tally);
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.REPLICATION).checked()).isEqualTo(1);
    }
}
