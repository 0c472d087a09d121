package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class RegisterCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void acceptsWhatFitsOneOrder() {
        assertThat(story().read(0).write(1).read(1).write(2).read(2).anomalies())
                .isEmpty();
    }

    @Test
    void writesThatOverlapMayComeInEitherOrder() {
        assertThat(story().at(20, 40)
                        .write(1)
                        .at(20, 40)
                        .write(2)
                        .at(50, 51)
                        .read(1)
                        .anomalies())
                .isEmpty();
        assertThat(story().at(20, 40)
                        .write(1)
                        .at(20, 40)
                        .write(2)
                        .at(50, 51)
                        .read(2)
                        .anomalies())
                .isEmpty();
        assertThat(story().at(20, 40)
                        .write(1)
                        .at(30, 31)
                        .read(0)
                        .at(32, 33)
                        .read(1)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void equalTimesAreConcurrent() {
        assertThat(story().at(20, 30).write(1).at(30, 31).read(0).anomalies()).isEmpty();
    }

    @Test
    void aWriteOfUnknownOutcomeMayOrMayNotShow() {
        assertThat(story().write(1).write(2).lostAnswer().read(1).anomalies()).isEmpty();
        assertThat(story().write(1)
                        .write(2)
                        .lostAnswer()
                        .read(1)
                        .read(2)
                        .read(2)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void staleAfterAnAcknowledgedWrite() {
        Story story = story().write(1).read(1).write(2).read(2).on(2).read(1);
        assertThat(story.anomalies()).containsExactly(Anomaly.STALE_READ);
        Violation violation = story.judged().violations().get(0);
        assertThat(violation.witness()).hasSizeBetween(2, 4);
        assertThat(violation.what()).contains("node-2").contains("old value of register a");
        assertThat(violation.severity()).isEqualTo(Severity.HARD);
        assertThat(story.profile(Profile.EVENTUAL).judged().violations())
                .extracting(Violation::severity)
                .contains(Severity.INFO);
    }

    @Test
    void acknowledgedAndNeverSeen() {
        assertThat(story().write(1).read(1).write(2).read(1).write(3).read(3).anomalies())
                .containsExactly(Anomaly.LOST_OR_MASKED);
    }

    @Test
    void valuesBackAndForth() {
        assertThat(story().at(20, 60)
                        .write(1)
                        .at(20, 60)
                        .write(2)
                        .at(61, 62)
                        .read(1)
                        .at(63, 64)
                        .read(2)
                        .at(65, 66)
                        .read(1)
                        .anomalies())
                .contains(Anomaly.OSCILLATION);
    }

    @Test
    void readOfUnknownWriteThatGoesBack() {
        assertThat(story().write(1).write(2).lostAnswer().read(2).read(1).anomalies())
                .contains(Anomaly.STALE_READ);
    }

    @Test
    void valuesThatCannotBe() {
        assertThat(story().write(1).read(99).anomalies()).containsExactly(Anomaly.THIN_AIR);
        assertThat(story().garbage().anomalies()).containsExactly(Anomaly.GARBAGE);
        assertThat(story().write(1).rejected().read(1).anomalies()).containsExactly(Anomaly.ABORTED_READ);
        assertThat(story().at(50, 60).write(1).at(20, 30).read(1).anomalies()).containsExactly(Anomaly.FUTURE_READ);
    }

    @Test
    void readsOfAnotherSessionAreNotMixedIn() {
        assertThat(story().write(1).incarnation(99).read(0).anomalies()).containsExactly(Anomaly.SESSION_REPLACED);
    }
}
