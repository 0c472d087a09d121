package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.EffectEvidence;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Story;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void acceptsAChain() {
        assertThat(story().readDocument(0, 0)
                        .update(0, 1)
                        .update(1, 2)
                        .readDocument(2, 1)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void anUpdateOfUnknownOutcomeCountsOnceItWasSeen() {
        assertThat(story().update(0, 1).update(1, 2).lostAnswer().update(1, 3).anomalies())
                .isEmpty();
        assertThat(story().update(0, 1)
                        .update(1, 2)
                        .lostAnswer()
                        .readDocument(2, 1)
                        .update(2, 3)
                        .anomalies())
                .isEmpty();
        assertThat(story().update(0, 1)
                        .update(1, 2)
                        .lostAnswer()
                        .readDocument(2, 1)
                        .update(1, 3)
                        .anomalies())
                .contains(Anomaly.LOST_UPDATE);
    }

    @Test
    void overwrittenUnseen() {
        assertThat(story().update(0, 1).update(1, 2).update(1, 3).anomalies()).containsExactly(Anomaly.LOST_UPDATE);
    }

    @Test
    void twoNodesThatWentDifferentWays() {
        Story story = story().update(0, 1)
                .update(1, 2)
                .readDocument(2, 1)
                .on(2)
                .update(1, 3)
                .readDocument(3, 1);
        assertThat(story.anomalies()).containsExactly(Anomaly.FORK);
        assertThat(story.judged().violated(Property.SPLIT_BRAIN)).isEqualTo(1);
    }

    @Test
    void oldVersionAfterItsSuccessor() {
        assertThat(story().update(0, 1)
                        .update(1, 2)
                        .readDocument(2, 1)
                        .readDocument(1, 0)
                        .anomalies())
                .containsExactly(Anomaly.STALE_READ);
    }

    @Test
    void versionsInACircle() {
        assertThat(story().at(20, 40).update(2, 1).at(20, 40).update(1, 2).anomalies())
                .containsExactly(Anomaly.VERSION_CYCLE);
        assertThat(story().update(2, 3).update(0, 2).anomalies()).containsExactly(Anomaly.VERSION_CYCLE);
    }

    @Test
    void versionsThatCannotBe() {
        assertThat(story().readDocument(9, 0).anomalies()).containsExactly(Anomaly.THIN_AIR);
        assertThat(story().update(0, 1).rejected().readDocument(1, 0).anomalies())
                .containsExactly(Anomaly.ABORTED_READ);
    }

    @Test
    void unknownParentIsUndecided() {
        Story story = story().update(0, 1).update(1, 2).lostAnswer().update(2, 3);
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.inconclusive(Property.DOCUMENT)).isEqualTo(1);
    }

    /** Its own retry replaced an attempt that somebody had seen: two users' views, not one that nobody noticed. */
    @Test
    void anAttemptThatWasSeenIsNotReplacedUnseen() {
        EffectEvidence stored = new EffectEvidence(Set.of(2L), Map.of(2L, 1L), Set.of());
        assertThat(retried(false).journaled(stored).anomalies()).isEmpty();
        assertThat(retried(true).journaled(stored).anomalies()).containsExactly(Anomaly.LOST_UPDATE);
    }

    private static Story retried(boolean seen) {
        Story story = new Story().create().update(0, 1).update(1, 2).lostAnswer();
        long request = story.operations().get(2).request();
        if (seen) {
            story.readDocument(2, 1);
        }
        return story.asking(request).update(1, 3).readDocument(3, 1);
    }
}
