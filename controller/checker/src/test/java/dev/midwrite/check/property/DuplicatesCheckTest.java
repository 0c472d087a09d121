package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class DuplicatesCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void countsEveryRequestOnce() {
        assertThat(story().increment(1, 1).increment(2, 2).readCounter(2).anomalies())
                .isEmpty();
    }

    @Test
    void aRetryThatAppliedTwice() {
        Story story = story().increment(1, 0).lostAnswer().increment(1, 2).readCounter(2);
        assertThat(story.anomalies()).containsExactly(Anomaly.DUP_INCREMENT);
        assertThat(story.judged().violations()).extracting(v -> v.severity()).containsExactly(Severity.INFO);
        assertThat(story.idempotencyKeys().judged().violations())
                .extracting(v -> v.severity())
                .containsExactly(Severity.HARD);
    }

    @Test
    void aRetryThatAppliedOnce() {
        assertThat(story().increment(1, 0)
                        .lostAnswer()
                        .increment(1, 1)
                        .readCounter(1)
                        .anomalies())
                .isEmpty();
        assertThat(story().increment(1, 0)
                        .lostAnswer()
                        .readCounter(0)
                        .readCounter(1)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void anAcknowledgedIncrementThatIsMissing() {
        assertThat(story().increment(1, 1).increment(2, 2).readCounter(1).anomalies())
                .containsExactly(Anomaly.LOST_INCREMENT);
        assertThat(story().increment(1, 1).increment(2, 1).anomalies()).containsExactly(Anomaly.LOST_INCREMENT);
    }

    @Test
    void incrementsUnderWayMayOrMayNotCount() {
        assertThat(story().at(20, 40).increment(1, 1).at(30, 31).readCounter(0).anomalies())
                .isEmpty();
        assertThat(story().at(20, 40).increment(1, 1).at(30, 31).readCounter(1).anomalies())
                .isEmpty();
    }

    @Test
    void anEntryThatStandsTwice() {
        Story story = story().append(1)
                .append(1, 2)
                .lostAnswer()
                .append(1, 2, 2)
                .settle()
                .finalList(1, 2, 2);
        assertThat(story.anomalies()).containsExactly(Anomaly.DUP_APPLY);
        assertThat(story.judged().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.severity()).isEqualTo(Severity.INFO);
            assertThat(violation.what()).contains("as entries 2 and 3").contains("sent again");
        });
    }
}
