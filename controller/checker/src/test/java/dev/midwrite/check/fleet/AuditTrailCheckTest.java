package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.AuditTrailCheck.Entry;
import dev.midwrite.check.fleet.AuditTrailCheck.Trail;
import dev.midwrite.check.session.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTrailCheckTest {
    private static final long ERROR = 5;
    private static final long STEP = 50_000_000;
    private final Tally tally = new Tally(20);

    private List<Anomaly> found() {
        return tally.violations().stream().map(Violation::anomaly).toList();
    }

    private long inconclusive() {
        return tally.of(Property.AUDIT_TRAIL).inconclusive();
    }

    private static Trail trail(String node, Entry... entries) {
        return new Trail(node, true, List.of(entries));
    }

    private static Trail cut(String node, Entry... entries) {
        return new Trail(node, false, List.of(entries));
    }

    /** Wall clock and monotonic clock show the same. */
    private static Entry entry(long writeId, long at) {
        return new Entry(writeId, at, at);
    }

    private void check(List<Long> acknowledged, Trail... trails) {
        AuditTrailCheck.check(1, acknowledged, List.of(trails), true, ERROR, Profile.STRONG, tally);
    }

    @Test
    void allThere() {
        check(
                List.of(1L, 2L),
                trail("a", entry(1, 10), entry(2, 20)),
                trail("b", new Entry(1, 11, 5), new Entry(2, 21, 15)));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
        assertThat(tally.of(Property.AUDIT_TRAIL).checked()).isEqualTo(2);
    }

    @Test
    void missingFromCompleteTrails() {
        check(List.of(1L), trail("a"));
        assertThat(found()).containsExactly(Anomaly.AUDIT_MISSING);
    }

    @Test
    void absenceFromATrailThatLostItsEndProvesNothing() {
        check(List.of(1L, 2L), cut("a", entry(1, 10)), trail("b", entry(1, 10)));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.AUDIT_TRAIL).checked()).isEqualTo(1);
    }

    @Test
    void withoutTrailsNothingIsDecided() {
        check(List.of(1L, 2L));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(2);
        assertThat(tally.of(Property.AUDIT_TRAIL).checked()).isZero();
    }

    @Test
    void twiceOnOneNode() {
        check(List.of(1L), trail("a", entry(1, 10), entry(1, 11)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_DUP);
    }

    @Test
    void onceOnEachOfTwoNodesIsAsItShouldBe() {
        check(List.of(1L), trail("a", entry(1, 10)), trail("b", entry(1, 11)));
        assertThat(found()).isEmpty();
    }

    @Test
    void trailsThatDiffer() {
        check(List.of(1L, 2L), trail("a", entry(1, 10), entry(2, 20)), trail("b", entry(1, 10)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_DIVERGENT);
    }

    @Test
    void trailsThatDifferOnlyByADuplicateAreToldOnce() {
        check(List.of(1L), trail("a", entry(1, 10), entry(1, 11)), trail("b", entry(1, 10)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_DUP);
        assertThat(tally.of(Property.AUDIT_TRAIL).suppressed()).isEqualTo(1);
    }

    @Test
    void trailsMayDifferUntilNodesHaveHadTheTimeToAgreeOrIfOneLostItsEnd() {
        Trail one = trail("a", entry(1, 10), entry(2, 20));
        AuditTrailCheck.check(
                1, List.of(1L), List.of(one, trail("b", entry(1, 10))), false, ERROR, Profile.STRONG, tally);
        check(List.of(1L), one, cut("b", entry(1, 10)));
        assertThat(found()).isEmpty();
    }

    @Test
    void laterVersionsWithEarlierTimes() {
        check(List.of(1L, 2L), trail("a", entry(2, 10), entry(1, 20)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_ORDER);
    }

    @Test
    void betweenNodesTheClockErrorDecidesWhatIsKnown() {
        check(List.of(1L, 2L), cut("a", entry(1, 25)), cut("b", entry(2, 20)));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        check(List.of(1L, 2L), cut("a", entry(1, 26)), cut("b", entry(2, 20)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_ORDER);
    }

    @Test
    void onOneNodeThereIsNoClockError() {
        check(List.of(1L, 2L), trail("a", entry(2, 20), entry(1, 21)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_ORDER);
    }

    @Test
    void smallStepsBackAddUp() {
        check(List.of(1L, 2L, 3L), cut("a", entry(1, 24)), cut("b", entry(2, 20)), cut("c", entry(3, 16)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_ORDER);
    }

    @Test
    void aClockThatWasSet() {
        check(List.of(1L, 2L), trail("a", entry(1, 10), new Entry(2, 20 + STEP, 20)));
        assertThat(found()).isEmpty();
        check(List.of(1L, 2L), trail("a", entry(1, 10), new Entry(2, 21 + STEP, 20)));
        assertThat(found()).containsExactly(Anomaly.AUDIT_CLOCK);
        check(List.of(3L), trail("a", entry(3, STEP), new Entry(4, STEP - 1, 2 * STEP)));
        assertThat(tally.of(Anomaly.AUDIT_CLOCK).count()).isEqualTo(2);
    }
}
