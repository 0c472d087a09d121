package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Property;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What journals know of operations that nobody answered counts; what was acknowledged they cannot excuse. */
class EffectEvidenceTest {

    private static EffectEvidence applied(long version, long parent) {
        return new EffectEvidence(Set.of(version), Map.of(version, parent), Set.of());
    }

    private static EffectEvidence absent(long... ids) {
        return new EffectEvidence(
                Set.of(), Map.of(), Set.copyOf(Arrays.stream(ids).boxed().toList()));
    }

    /** Version 2 was sent and not answered; version 3 was made from 1, as if 2 had never been. */
    private static Story unansweredUpdate() {
        return new Story()
                .create()
                .update(0, 1)
                .on(1)
                .update(1, 2)
                .lostAnswer()
                .on(2)
                .update(1, 3)
                .readDocument(3, 1);
    }

    @Test
    void anUpdateThatNobodyAnsweredMayNeverHaveBeen() {
        assertThat(unansweredUpdate().anomalies()).isEmpty();
    }

    @Test
    void anUpdateThatTheStoreAnsweredMayBeUnderWayWhenTheNextIsMade() {
        assertThat(unansweredUpdate().journaled(applied(2, 1)).anomalies()).containsExactly(Anomaly.UPDATE_RACE);
    }

    @Test
    void withoutItsParentNothingIsSaid() {
        Tally tally = unansweredUpdate()
                .journaled(new EffectEvidence(Set.of(2L), Map.of(), Set.of()))
                .judged();
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.DOCUMENT).inconclusive()).isZero();
    }

    @Test
    void theParentThatTheNodeReadDecidesWhatNobodySaw() {
        Story story =
                new Story().create().update(0, 1).update(1, 2).lostAnswer().update(2, 3);
        assertThat(story.inconclusive(Property.DOCUMENT)).isEqualTo(1);
        story.journaled(new EffectEvidence(Set.of(), Map.of(2L, 1L), Set.of()));
        assertThat(story.inconclusive(Property.DOCUMENT)).isZero();
        assertThat(story.anomalies()).isEmpty();
    }

    @Test
    void anAttemptThatItsOwnRetryReplacedIsNoLoss() {
        Story story = new Story()
                .create()
                .update(0, 1)
                .on(1)
                .update(1, 2)
                .lostAnswer()
                .on(2)
                .retry()
                .update(1, 3)
                .update(3, 4)
                .readDocument(4, 3)
                .readDocument(1, 0);
        assertThat(story.anomalies()).containsExactly(Anomaly.STALE_READ);
        assertThat(story.journaled(applied(2, 1)).anomalies())
                .as("versions of the retry are followed as ever")
                .containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void anIncrementThatNoNodeGotMakesNoRoomForADuplicate() {
        Story story = new Story()
                .create()
                .increment(1, 1)
                .increment(2, 2)
                .lostAnswer()
                .readCounter(2);
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.journaled(absent(2)).anomalies()).containsExactly(Anomaly.DUP_INCREMENT);
    }

    @Test
    void aLogoutThatNoNodeGotEndsNothing() {
        Story story = new Story().create().logout().lostAnswer().absent();
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.journaled(absent(0)).anomalies()).containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void anAcknowledgedOperationStandsWhateverJournalsLack() {
        Story story = new Story()
                .create()
                .increment(1, 1)
                .readCounter(0)
                .write(5)
                .settle()
                .finalRead(0);
        assertThat(story.anomalies()).contains(Anomaly.LOST_INCREMENT, Anomaly.LOST_LAST_WRITE);
        assertThat(story.journaled(absent(1, 5)).anomalies()).contains(Anomaly.LOST_INCREMENT, Anomaly.LOST_LAST_WRITE);
    }
}
