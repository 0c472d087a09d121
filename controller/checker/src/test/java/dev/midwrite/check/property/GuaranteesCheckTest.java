package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class GuaranteesCheckTest {

    private static Story story() {
        return new Story().create().profile(Profile.SESSION);
    }

    @Test
    void readYourWrites() {
        Story other = story().append(1).on(2).readList();
        assertThat(other.anomalies()).containsExactly(Anomaly.READ_YOUR_WRITES);
        assertThat(other.judged().violations()).extracting(v -> v.severity()).containsExactly(Severity.SOFT);
        Story same = story().append(1).readList();
        assertThat(same.judged().violations()).extracting(v -> v.severity()).containsExactly(Severity.HARD);
        assertThat(story().write(1).on(2).read(0).anomalies()).contains(Anomaly.READ_YOUR_WRITES);
        assertThat(story().append(1).append(1, 2).readList(1, 2).anomalies()).isEmpty();
    }

    /** Nobody may read such a session in the end: it was left by a logout. */
    @Test
    void anAppendWhoseAnswerShowsNoListIsInTheNextList() {
        assertThat(story().appendBlind(1)
                        .appendBlind(2)
                        .readList(1, 2)
                        .appendBlind(3)
                        .readList(1, 2, 3)
                        .anomalies())
                .isEmpty();
        Story lost = story().appendBlind(1).appendBlind(2).readList(2).readList(2);
        assertThat(lost.anomalies()).containsExactly(Anomaly.READ_YOUR_WRITES);
        assertThat(lost.judged().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
            assertThat(violation.what()).contains("did not show");
        });
        Story elsewhere = story().appendBlind(1).on(2).readList();
        assertThat(elsewhere.judged().violations())
                .extracting(v -> v.severity())
                .containsExactly(Severity.SOFT);
    }

    @Test
    void aListThatShowsItsLastEntriesOnlySaysNothingOfOthers() {
        Story story = story().appendBlind(1).readList(11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(story.judged().of(Anomaly.READ_YOUR_WRITES).count()).isZero();
    }

    @Test
    void aListThatWasReadMeanwhileNeedNotShowAnAppend() {
        assertThat(story().at(20, 40).appendBlind(1).at(30, 50).readList().anomalies())
                .isEmpty();
    }

    @Test
    void aReadThatOverlapsTheWriteNeedNotShowIt() {
        assertThat(story().at(20, 40).append(1).at(30, 50).readList().anomalies())
                .isEmpty();
    }

    @Test
    void monotonicReads() {
        assertThat(story().append(1).lostAnswer().readList(1).on(2).readList().anomalies())
                .containsExactly(Anomaly.MONOTONIC_READS);
        assertThat(story().write(1).lostAnswer().read(1).on(2).read(0).anomalies())
                .contains(Anomaly.MONOTONIC_READS);
    }

    @Test
    void monotonicWrites() {
        // The first reply already contradicts the final order, which is told instead.
        Story story = story().append(1).append(1, 2).settle().finalList(2, 1);
        assertThat(story.anomalies()).containsExactly(Anomaly.DIVERGENT_ORDER);
        assertThat(story.judged().of(Property.GUARANTEES).suppressed()).isEqualTo(1);
        assertThat(story().append(1).append(1, 2).settle().finalList(1, 2).anomalies())
                .isEmpty();
    }

    @Test
    void writesFollowReads() {
        // Entry 1 was seen; the append after it stands before it in the end, and nobody acknowledged either.
        assertThat(story().append(1)
                        .lostAnswer()
                        .append(2)
                        .lostAnswer()
                        .at(900_000, 900_001)
                        .readList(2, 1)
                        .at(900_010, 900_011)
                        .append(3)
                        .lostAnswer()
                        .settle()
                        .finalList(2, 1)
                        .anomalies())
                .isEmpty();
        assertThat(story().append(1)
                        .lostAnswer()
                        .readList(3, 1)
                        .append(3)
                        .lostAnswer()
                        .settle()
                        .finalList(3, 1)
                        .anomalies())
                .contains(Anomaly.WRITES_FOLLOW_READS);
    }

    @Test
    void aLostSessionIsToldOnce() {
        Story story = story().append(1).append(1, 2).absent().absent().settle().finalAbsent();
        assertThat(story.anomalies()).containsExactly(Anomaly.SESSION_LOST);
        assertThat(story.judged().of(Anomaly.SESSION_LOST).count()).isEqualTo(1);
    }

    /** The first attempt put it there before the user saw what stands after it. */
    @Test
    void anEarlierAttemptOfTheSameRequestMayHaveComeFirst() {
        assertThat(seenThenAppended(true).anomalies()).doesNotContain(Anomaly.WRITES_FOLLOW_READS);
        assertThat(seenThenAppended(false).anomalies()).contains(Anomaly.WRITES_FOLLOW_READS);
    }

    /** 7 stands first, and is asked for (again) after the user saw both. */
    private static Story seenThenAppended(boolean attempted) {
        Story story = story();
        if (attempted) {
            story.append(7).lostAnswer();
        }
        story.append(8).lostAnswer().readList(7, 8);
        return story.append(7).lostAnswer().settle().finalList(7, 8);
    }
}
