package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.fleet.OwnershipCheck.Hold;
import dev.midwrite.check.session.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipCheckTest {
    private static final long ERROR = 5;
    private final Tally tally = new Tally(10);

    private static Hold hold(String node, long epoch, long from, long to, Long... writes) {
        return new Hold(node, epoch, from, to, List.of(writes));
    }

    private long check(Hold... holds) {
        return OwnershipCheck.check(1, List.of(holds), ERROR, Profile.SESSION, tally);
    }

    private List<Anomaly> found() {
        return tally.violations().stream().map(Violation::anomaly).toList();
    }

    private long inconclusive() {
        return tally.of(Property.SPLIT_BRAIN).inconclusive();
    }

    @Test
    void oneAfterTheOther() {
        assertThat(check(hold("a", 1, 0, 100, 50L), hold("b", 2, 100, 200, 150L)))
                .isZero();
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
        assertThat(tally.of(Property.SPLIT_BRAIN).checked()).isEqualTo(2);
    }

    @Test
    void twoThatBothWrite() {
        assertThat(check(hold("b", 2, 50, 200, 70L), hold("a", 1, 0, 100, 90L))).isZero();
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.DUAL_OWNER);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.gapNanos()).isEqualTo(50);
        });
    }

    @Test
    void oneThatNeverGaveUp() {
        check(hold("a", 1, 0, Long.MAX_VALUE, 90L), hold("b", 2, 50, Long.MAX_VALUE, 70L));
        assertThat(found()).containsExactly(Anomaly.DUAL_OWNER);
    }

    @Test
    void anOverlapInWhichOneIsQuietIsAWarning() {
        assertThat(check(hold("a", 1, 0, 100, 10L), hold("b", 2, 50, 200, 60L))).isEqualTo(1);
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isZero();
    }

    @Test
    void anOverlapOfTheClockErrorIsUndecidedAndALongerOneIsNot() {
        check(hold("a", 1, 0, 110, 102L), hold("b", 2, 100, 200, 104L));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        check(hold("a", 1, 0, 121, 111L), hold("b", 2, 100, 200, 111L));
        assertThat(found()).containsExactly(Anomaly.DUAL_OWNER);
    }

    @Test
    void aWriteAtTheEdgeOfTheOverlapIsUndecided() {
        check(hold("a", 1, 0, 200, 109L), hold("b", 2, 100, 300, 150L));
        assertThat(found()).isEmpty();
        assertThat(inconclusive()).isEqualTo(1);
        check(hold("a", 1, 0, 200, 110L), hold("b", 2, 100, 300, 150L));
        assertThat(found()).containsExactly(Anomaly.DUAL_OWNER);
    }

    @Test
    void oneNodeMayTakeUpAgainWhatItHeld() {
        check(hold("a", 7, 0, 100, 50L), hold("a", 7, 60, 200, 70L));
        assertThat(found()).isEmpty();
    }

    @Test
    void oneEpochForTwo() {
        check(hold("a", 7, 0, 10), hold("b", 7, 2_000, 3_000), hold("b", 7, 4_000, 5_000));
        assertThat(found()).containsExactly(Anomaly.EPOCH_REUSE);
    }

    @Test
    void withoutEpochsNoneIsUsedTwice() {
        check(hold("a", 0, 0, 10), hold("b", 0, 20, 30));
        assertThat(found()).isEmpty();
    }
}
