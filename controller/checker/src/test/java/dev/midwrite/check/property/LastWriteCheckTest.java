package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class LastWriteCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void theLastAcknowledgedWriteMustBeThere() {
        assertThat(story().write(1)
                        .write(2)
                        .settle()
                        .finalRead(2)
                        .on(2)
                        .finalRead(2)
                        .anomalies())
                .isEmpty();
        assertThat(story().write(1)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(1)
                        .anomalies())
                .containsExactly(Anomaly.LOST_LAST_WRITE);
        assertThat(story().write(1).settle().finalRead(0).anomalies()).containsExactly(Anomaly.LOST_LAST_WRITE);
        assertThat(story().writeGroup(1)
                        .writeGroup(2)
                        .settle()
                        .finalGroup(1, 1, 1)
                        .anomalies())
                .containsExactly(Anomaly.LOST_LAST_WRITE);
        assertThat(story().update(0, 1)
                        .update(1, 2)
                        .settle()
                        .finalDocument(1, 0)
                        .anomalies())
                .contains(Anomaly.LOST_LAST_WRITE);
    }

    @Test
    void writesThatOverlapHaveNoLast() {
        assertThat(story().at(20, 40)
                        .write(1)
                        .at(20, 40)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void aLaterWriteOfUnknownOutcomeThatShowsIsTheLast() {
        assertThat(story().write(1)
                        .write(2)
                        .write(3)
                        .lostAnswer()
                        .settle()
                        .finalRead(3)
                        .anomalies())
                .isEmpty();
        assertThat(story().write(1)
                        .write(2)
                        .write(3)
                        .lostAnswer()
                        .settle()
                        .finalRead(1)
                        .anomalies())
                .containsExactly(Anomaly.LOST_LAST_WRITE);
    }

    @Test
    void withoutFinalReadsNothingIsProved() {
        assertThat(story().write(1).inconclusive(Property.LAST_WRITE)).isEqualTo(1);
    }

    @Test
    void aLogoutOfUnknownOutcomeMayHaveTakenIt() {
        Story stays = new Story().create().write(5).settle().finalRead(0).on(2).finalRead(0);
        assertThat(stays.anomalies()).contains(Anomaly.LOST_LAST_WRITE);
        Story left = new Story()
                .create()
                .write(5)
                .logout()
                .lostAnswer()
                .settle()
                .finalRead(0)
                .on(2)
                .finalRead(0);
        assertThat(left.anomalies()).doesNotContain(Anomaly.LOST_LAST_WRITE);
        Story rejected = new Story()
                .create()
                .write(5)
                .logout()
                .rejected()
                .settle()
                .finalRead(0)
                .on(2)
                .finalRead(0);
        assertThat(rejected.anomalies()).contains(Anomaly.LOST_LAST_WRITE);
    }
}
