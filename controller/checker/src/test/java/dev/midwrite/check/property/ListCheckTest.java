package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import dev.midwrite.event.OperationKind;
import org.junit.jupiter.api.Test;

class ListCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void acceptsAListThatOnlyGrows() {
        Story story = story().append(1)
                .readList(1)
                .append(1, 2)
                .settle()
                .finalList(1, 2)
                .on(2)
                .finalList(1, 2);
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.judged().of(Property.LIST).checked()).isEqualTo(7);
    }

    @Test
    void anAcknowledgedAppendThatIsNowhereIsLost() {
        Story story = story().append(1)
                .append(1, 2)
                .readList(1, 2)
                .settle()
                .finalList(1)
                .on(2)
                .finalList(1);
        assertThat(story.anomalies()).containsExactly(Anomaly.LOST_ACKED_WRITE);
        Violation violation = story.judged().violations().get(0);
        assertThat(violation.severity()).isEqualTo(Severity.HARD);
        assertThat(violation.lasting()).isTrue();
        assertThat(violation.witness()).hasSize(3);
        assertThat(violation.what()).contains("as entry 2").contains("all 2 nodes");
    }

    @Test
    void somethingElseStoredIsDamageAndNotALostWrite() {
        Story list = story().append(1).damaged(OperationKind.READ_LIST, Story.LIST);
        assertThat(list.settle().finalList(1).on(2).finalList(1).anomalies()).containsExactly(Anomaly.GARBAGE);
        Story counter = story().damaged(OperationKind.READ_COUNTER, Story.COUNTER);
        assertThat(counter.anomalies()).containsExactly(Anomaly.GARBAGE);
    }

    @Test
    void anAppendOfUnknownOutcomeIsNotLostButMayBeThere() {
        assertThat(story().append(1)
                        .append(1, 2)
                        .lostAnswer()
                        .settle()
                        .finalList(1)
                        .anomalies())
                .isEmpty();
        assertThat(story().append(1)
                        .append(1, 2)
                        .lostAnswer()
                        .settle()
                        .finalList(1, 2)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void withoutFinalReadsNothingIsProved() {
        Story story = story().append(1).readList(1);
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.inconclusive(Property.LIST)).isEqualTo(1);
        Story early = story().append(1).finalList();
        assertThat(early.inconclusive(Property.LIST)).isEqualTo(1);
        Story half = story().append(1).settle().finalList().on(2).finalList().lostAnswer();
        assertThat(half.inconclusive(Property.LIST)).isEqualTo(1);
    }

    @Test
    void whatALoggedOutSessionHeldIsNotMissed() {
        Story story = story().append(1).logout();
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.inconclusive(Property.LIST)).isZero();
    }

    @Test
    void readersThatDisagreeOnTheOrder() {
        assertThat(story().append(1)
                        .append(1, 2)
                        .readList(2, 1)
                        .settle()
                        .finalList(1, 2)
                        .anomalies())
                .containsExactly(Anomaly.DIVERGENT_ORDER);
        assertThat(story().append(1)
                        .append(1, 2)
                        .settle()
                        .finalList(1, 2)
                        .on(2)
                        .finalList(2, 1)
                        .anomalies())
                .containsExactly(Anomaly.FORK);
    }

    /** A replica that got the session without its mark answers appends; what it adds reaches the others. */
    @Test
    void anEntryFromACopyThatDoesNotSayWhichSessionItIsComesFromSomebody() {
        assertThat(story().append(1)
                        .incarnation(0)
                        .append(2)
                        .incarnation(Story.NONCE)
                        .settle()
                        .finalList(1, 2)
                        .anomalies())
                .doesNotContain(Anomaly.THIN_AIR);
    }

    @Test
    void entriesThatCannotBe() {
        assertThat(story().append(1).settle().finalList(1, 9).anomalies()).contains(Anomaly.THIN_AIR);
        assertThat(story().append(1)
                        .append(1, 2)
                        .rejected()
                        .settle()
                        .finalList(1, 2)
                        .anomalies())
                .contains(Anomaly.ABORTED_READ);
    }

    @Test
    void aLogoutOfUnknownOutcomeMayHaveTakenIt() {
        Story stays = new Story().create().append(21).settle().finalList().on(2).finalList();
        assertThat(stays.anomalies()).contains(Anomaly.LOST_ACKED_WRITE);
        Story left = new Story()
                .create()
                .append(21)
                .logout()
                .lostAnswer()
                .settle()
                .finalList()
                .on(2)
                .finalList();
        assertThat(left.anomalies()).doesNotContain(Anomaly.LOST_ACKED_WRITE);
        Story rejected = new Story()
                .create()
                .append(21)
                .logout()
                .rejected()
                .settle()
                .finalList()
                .on(2)
                .finalList();
        assertThat(rejected.anomalies()).contains(Anomaly.LOST_ACKED_WRITE);
    }
}
