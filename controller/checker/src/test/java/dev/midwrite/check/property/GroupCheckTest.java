package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Severity;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class GroupCheckTest {

    private static Story story() {
        return new Story().create();
    }

    @Test
    void wholeReads() {
        assertThat(story().readGroup(0, 0, 0)
                        .writeGroup(1)
                        .readGroup(1, 1, 1)
                        .writeGroup(2)
                        .readGroup(2, 2, 2)
                        .anomalies())
                .isEmpty();
    }

    @Test
    void partsOfTwoWrites() {
        assertThat(story().writeGroup(1).readGroup(1, 0, 0).anomalies()).containsExactly(Anomaly.TORN);
        assertThat(story().writeGroup(1).writeGroup(2).readGroup(2, 2, 1).anomalies())
                .containsExactly(Anomaly.TORN);
    }

    @Test
    void whatLastsIsWorse() {
        Story passing = story().profile(Profile.SESSION).writeGroup(1).readGroup(1, 0, 0);
        assertThat(passing.judged().violations()).extracting(v -> v.severity()).containsExactly(Severity.SOFT);
        Story lasting = story().profile(Profile.SESSION).writeGroup(1).settle().finalGroup(1, 0, 0);
        assertThat(lasting.judged().violations()).extracting(v -> v.severity()).containsExactly(Severity.HARD);
    }

    @Test
    void oldPartsAfterTheNewWasWhole() {
        assertThat(story().writeGroup(1)
                        .writeGroup(2)
                        .readGroup(2, 2, 2)
                        .readGroup(2, 1, 2)
                        .anomalies())
                .containsExactly(Anomaly.PARTIAL_ROLLBACK);
    }

    @Test
    void stampsThatCannotBe() {
        assertThat(story().readGroup(9, 9, 9).anomalies()).containsExactly(Anomaly.THIN_AIR);
        assertThat(story().writeGroup(1).rejected().readGroup(1, 1, 1).anomalies())
                .containsExactly(Anomaly.ABORTED_READ);
    }

    @Test
    void aNewWriteIsNewerThanOneOfUnknownOutcomeThatHadBeenSeen() {
        assertThat(new Story()
                        .create()
                        .writeGroup(1)
                        .lostAnswer()
                        .readGroup(1, 1, 1)
                        .writeGroup(2)
                        .writeGroup(3)
                        .readGroup(3, 3, 3)
                        .readGroup(3, 3, 2)
                        .anomalies())
                .containsExactly(Anomaly.PARTIAL_ROLLBACK);
    }

    @Test
    void nothingBesideAStampIsTorn() {
        assertThat(new Story().create().writeGroup(1).readGroup(1, 0, 1).anomalies())
                .containsExactly(Anomaly.TORN);
        assertThat(new Story().create().writeGroup(1).readGroup(0, 0, 1).anomalies())
                .containsExactly(Anomaly.TORN);
        assertThat(new Story()
                        .create()
                        .writeGroup(1)
                        .readGroup(1, 1, 1)
                        .readGroup(1, 1, 0)
                        .anomalies())
                .containsExactly(Anomaly.PARTIAL_ROLLBACK);
        assertThat(new Story().create().readGroup(0, 0, 0).anomalies()).isEmpty();
    }

    @Test
    void onlyAWholeReadThatHadEndedMakesItARollback() {
        Story overlapping = new Story().create().writeGroup(1).writeGroup(2);
        overlapping.at(30, 40).readGroup(2, 2, 2).at(35, 45).readGroup(1, 1, 2);
        assertThat(overlapping.anomalies()).containsExactly(Anomaly.TORN);
        Story after = new Story().create().writeGroup(1).writeGroup(2);
        after.at(30, 40).readGroup(2, 2, 2).at(41, 45).readGroup(1, 1, 2);
        assertThat(after.anomalies()).containsExactly(Anomaly.PARTIAL_ROLLBACK);
    }
}
