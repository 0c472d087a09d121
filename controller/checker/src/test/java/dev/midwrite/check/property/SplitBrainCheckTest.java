package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Story;
import org.junit.jupiter.api.Test;

class SplitBrainCheckTest {

    @Test
    void isObservedOnlyWhereTwoNodesServedWhatBranches() {
        assertThat(new Story()
                        .create()
                        .update(0, 1)
                        .update(1, 2)
                        .judged()
                        .of(Property.SPLIT_BRAIN)
                        .checked())
                .isZero();
        Story two = new Story().create().update(0, 1).on(2).update(1, 2);
        assertThat(two.judged().of(Property.SPLIT_BRAIN).checked()).isEqualTo(1);
        assertThat(two.anomalies()).isEmpty();
    }

    @Test
    void branchesThatBothLiveOn() {
        assertThat(new Story()
                        .create()
                        .update(0, 1)
                        .update(1, 2)
                        .on(2)
                        .update(0, 3)
                        .update(3, 4)
                        .anomalies())
                .contains(Anomaly.FORK);
    }

    @Test
    void anUpdateThatNobodySawAgainIsLostNotForked() {
        assertThat(new Story()
                        .create()
                        .update(0, 1)
                        .update(1, 2)
                        .on(2)
                        .update(1, 3)
                        .anomalies())
                .containsExactly(Anomaly.LOST_UPDATE);
    }

    /** Two nodes update the same version; node-1's branch is seen, or built upon, at these times. */
    private static Story twoBranches(long seenAt) {
        return new Story()
                .create()
                .update(0, 1)
                .at(20, 30)
                .update(1, 2)
                .on(2)
                .at(25, 35)
                .update(1, 3)
                .on(1)
                .at(seenAt, seenAt + 5)
                .readDocument(2, 1)
                .settle()
                .finalDocument(3, 1)
                .on(2)
                .finalDocument(3, 1);
    }

    @Test
    void aBranchThatIsGoneInTheEnd() {
        Story story = twoBranches(36);
        assertThat(story.anomalies()).containsExactly(Anomaly.FORK_JOINED);
        assertThat(story.judged().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.what())
                    .isEqualTo("node-1 and node-2 took document different ways; in the end only the branch of node-2 is"
                            + " left, and an acknowledged write of node-1 is gone.");
            assertThat(violation.witness()).hasSize(4);
        });
    }

    @Test
    void aBranchThatWasSeenOnlyUntilTheOtherWasAcknowledgedMayHaveBeenOverwritten() {
        assertThat(twoBranches(35).anomalies()).containsExactly(Anomaly.UPDATE_RACE);
    }

    @Test
    void branchesThatBothStayAreNotJoined() {
        assertThat(new Story()
                        .create()
                        .update(0, 1)
                        .at(20, 30)
                        .update(1, 2)
                        .on(2)
                        .at(25, 35)
                        .update(1, 3)
                        .on(1)
                        .at(36, 40)
                        .readDocument(2, 1)
                        .settle()
                        .finalDocument(2, 1)
                        .on(2)
                        .finalDocument(3, 1)
                        .anomalies())
                .containsExactly(Anomaly.FORK);
    }

    @Test
    void aListOfWhichOneBranchIsGone() {
        Story story = new Story()
                .create()
                .append(20)
                .at(20, 30)
                .append(20, 21)
                .on(2)
                .at(25, 35)
                .append(20, 31)
                .on(1)
                .at(40, 45)
                .append(20, 21, 22)
                .settle()
                .finalList(20, 31)
                .on(2)
                .finalList(20, 31);
        assertThat(story.anomalies()).containsExactly(Anomaly.FORK_JOINED);
        assertThat(story.judged().violations().get(0).what()).endsWith("2 acknowledged writes of node-1 are gone.");
    }

    @Test
    void anAppendThatWasDroppedIsNoFork() {
        assertThat(new Story()
                        .create()
                        .append(20)
                        .at(20, 30)
                        .append(20, 21)
                        .on(2)
                        .at(25, 35)
                        .append(20, 31)
                        .on(1)
                        .at(40, 45)
                        .append(20, 31, 22)
                        .settle()
                        .finalList(20, 31, 22)
                        .on(2)
                        .finalList(20, 31, 22)
                        .anomalies())
                .containsExactly(Anomaly.APPEND_RACE);
    }

    /** Three appends at a time: the last one puts back what it had read before the one that is gone. */
    @Test
    void aBranchThatAThirdRequestMayHavePutBackIsNoFork() {
        assertThat(new Story()
                        .create()
                        .append(20)
                        .at(20, 30)
                        .append(20, 21)
                        .on(2)
                        .at(25, 35)
                        .append(20, 31)
                        .on(1)
                        .at(40, 45)
                        .readList(20, 21)
                        .on(2)
                        .at(26, 60)
                        .append(20, 31, 41)
                        .settle()
                        .finalList(20, 31, 41)
                        .on(1)
                        .finalList(20, 31, 41)
                        .anomalies())
                .containsExactly(Anomaly.APPEND_RACE);
    }

    /** One store that was overwritten shows the other branch no more; what else could show it proves nothing. */
    @Test
    void aJoinedForkNeedsAnotherNodeThatStillShowsWhatIsGone() {
        assertThat(joined(1, 2, 1, 40).anomalies()).containsExactly(Anomaly.FORK_JOINED);
        assertThat(joined(1, 1, 3, 40).anomalies()).as("one node served both").doesNotContain(Anomaly.FORK_JOINED);
        assertThat(joined(1, 2, 2, 40).anomalies())
                .as("the node of the branch that is left shows the other one")
                .doesNotContain(Anomaly.FORK_JOINED);
        assertThat(joined(1, 2, 3, 40).anomalies()).as("a third node").containsExactly(Anomaly.FORK_JOINED);
        assertThat(joined(1, 2, 1, 33).anomalies())
                .as("seen before the other had been acknowledged")
                .doesNotContain(Anomaly.FORK_JOINED);
    }

    private static Story joined(int gone, int left, int sighted, long at) {
        return new Story()
                .create()
                .append(20)
                .on(gone)
                .at(20, 22)
                .append(20, 21)
                .on(left)
                .at(30, 35)
                .append(20, 31)
                .on(sighted)
                .at(at, at + 1)
                .readList(20, 21)
                .settle()
                .on(1)
                .finalList(20, 31)
                .on(2)
                .finalList(20, 31);
    }

    @Test
    void finalReadsThatDisagreeJoinNothing() {
        Story story = new Story()
                .create()
                .append(20)
                .on(1)
                .append(20, 21)
                .on(2)
                .append(20, 31)
                .on(1)
                .readList(20, 21)
                .settle()
                .finalList(20, 21)
                .on(2)
                .finalList(20, 31);
        assertThat(story.anomalies()).containsExactly(Anomaly.FORK);
    }
}
