package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Story;
import dev.midwrite.check.session.Tally;
import org.junit.jupiter.api.Test;

class ConvergenceCheckTest {

    @Test
    void nodesThatAgree() {
        Story story = new Story().create().write(1).settle().finalRead(1).on(2).finalRead(1);
        assertThat(story.anomalies()).isEmpty();
        assertThat(story.judged().of(Property.CONVERGENCE).checked()).isEqualTo(1);
    }

    @Test
    void nodesThatDoNot() {
        assertThat(new Story()
                        .create()
                        .at(20, 40)
                        .write(1)
                        .at(20, 40)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(2)
                        .anomalies())
                .containsExactly(Anomaly.NON_CONVERGENT);
    }

    /** A node that is out of breath may do a request long after its user has gone. */
    @Test
    void whatARequestWithoutAnAnswerDidBetweenTheReadsIsNoDisagreement() {
        Story register = unanswered().settle().finalRead(1).on(2).finalRead(2);
        assertThat(register.anomalies()).isEmpty();
        assertThat(register.inconclusive(Property.CONVERGENCE)).isEqualTo(1);
        Story list = new Story()
                .create()
                .append(21)
                .append(21, 22)
                .lostAnswer()
                .by(2)
                .settle()
                .finalList(21)
                .on(2);
        assertThat(list.finalList(21, 22).inconclusive(Property.CONVERGENCE)).isEqualTo(1);
        Story removal = new Story()
                .create()
                .write(1)
                .remove()
                .lostAnswer()
                .by(2)
                .settle()
                .finalRead(1)
                .on(2);
        assertThat(removal.finalRead(0).inconclusive(Property.CONVERGENCE)).isEqualTo(1);
    }

    @Test
    void whatWasSeenBeforeHadTakenEffectAndMustBeEverywhere() {
        Story story =
                unanswered().on(2).read(2).settle().on(1).finalRead(1).on(2).finalRead(2);
        assertThat(story.inconclusive(Property.CONVERGENCE)).isZero();
        assertThat(story.anomalies()).isNotEmpty();
    }

    @Test
    void aLateEffectDoesNotGoAwayAgain() {
        Story story = unanswered().settle().finalRead(2).on(2).finalRead(1);
        assertThat(story.inconclusive(Property.CONVERGENCE)).isZero();
        assertThat(story.anomalies()).contains(Anomaly.NON_CONVERGENT);
    }

    private static Story unanswered() {
        return new Story().create().write(1).write(2).lostAnswer().by(2);
    }

    @Test
    void oneNodeProvesNothing() {
        Story story = new Story().create().write(1).settle().finalRead(1);
        assertThat(story.judged().of(Property.CONVERGENCE).checked()).isZero();
    }

    @Test
    void aNodeThatDidNotAnswerLeavesItOpen() {
        Story story = new Story()
                .create()
                .write(1)
                .settle()
                .finalRead(1)
                .on(2)
                .finalRead(1)
                .on(3)
                .finalRead(1)
                .lostAnswer();
        assertThat(story.inconclusive(Property.CONVERGENCE)).isEqualTo(1);
    }

    private static String what(Story story) {
        assertThat(story.anomalies()).containsExactly(Anomaly.NON_CONVERGENT);
        return story.judged().violations().get(0).what();
    }

    @Test
    void aNodeThatIsBehind() {
        assertThat(what(new Story()
                        .create()
                        .write(1)
                        .write(2)
                        .write(3)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(3)))
                .isEqualTo("In the final reads node-1 is 2 versions behind node-2 with register a.");
        assertThat(what(new Story()
                        .create()
                        .append(21)
                        .append(21, 22)
                        .settle()
                        .finalList(21, 22)
                        .on(2)
                        .finalList(21)))
                .isEqualTo("In the final reads node-2 is one version behind node-1 with list.");
        assertThat(what(new Story()
                        .create()
                        .update(0, 31)
                        .update(31, 32)
                        .update(32, 33)
                        .settle()
                        .finalDocument(33, 32)
                        .on(2)
                        .finalDocument(31, 0)))
                .contains("node-2 is 2 versions behind node-1 with document");
    }

    @Test
    void aNodeThatHoldsNothing() {
        assertThat(what(new Story()
                        .create()
                        .write(1)
                        .write(2)
                        .settle()
                        .finalRead(2)
                        .on(2)
                        .finalRead(0)))
                .contains("node-2 holds nothing of register a, while node-1 holds 2 versions of it");
    }

    @Test
    void nodesOfWhichNeitherIsOlder() {
        assertThat(what(new Story()
                        .create()
                        .at(20, 40)
                        .write(1)
                        .at(20, 40)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(2)))
                .contains("neither is known to be an older version");
        // One write ended at the very moment at which the other began: they may have come in either order.
        assertThat(what(new Story()
                        .create()
                        .at(20, 40)
                        .write(1)
                        .at(40, 50)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(2)))
                .contains("neither is known to be an older version");
        assertThat(what(new Story()
                        .create()
                        .at(20, 40)
                        .write(1)
                        .at(41, 50)
                        .write(2)
                        .settle()
                        .finalRead(1)
                        .on(2)
                        .finalRead(2)))
                .contains("node-1 is one version behind node-2");
    }

    @Test
    void aNodeThatWasAskedForSomethingElseOnlyLeavesItOpen() {
        Story story = new Story()
                .create()
                .write(1)
                .settle()
                .finalRead(1)
                .on(2)
                .finalRead(1)
                .lostAnswer();
        assertThat(story.inconclusive(Property.CONVERGENCE)).isEqualTo(1);
        assertThat(story.judged().of(Property.CONVERGENCE).checked()).isZero();
    }

    private static Story present(Story story, int node) {
        return story.on(node).finalProbe();
    }

    @Test
    void aNodeWithoutTheSession() {
        // The session was lost for whoever asked this node; that it is missing there in the end is told beside it.
        Story missing = present(new Story().create().settle().on(2).finalAbsent(), 1);
        assertThat(missing.judged().of(Property.CONVERGENCE).checked()).isEqualTo(1);
        assertThat(missing.judged().drifted()).isEqualTo(1);
        assertThat(missing.anomalies()).containsExactly(Anomaly.SESSION_LOST);
        Story there = present(present(new Story().create().settle(), 1), 2);
        assertThat(there.anomalies()).isEmpty();
        assertThat(there.judged().drifted()).isZero();
        assertThat(there.judged().compared()).isEqualTo(1);
    }

    @Test
    void aSessionMayEndBetweenTheReadsOfTwoNodes() {
        Story late = new Story()
                .ttl(100)
                .create()
                .settle()
                .at(1_000_000, 1_000_001)
                .finalProbe()
                .on(2)
                .at(1_000_050, 1_000_100)
                .finalAbsent();
        assertThat(late.judged().compared()).isZero();
        Story early = new Story()
                .ttl(100)
                .create()
                .settle()
                .at(1_000_000, 1_000_001)
                .finalProbe()
                .on(2)
                .at(1_000_050, 1_000_099)
                .finalAbsent();
        assertThat(early.judged().compared()).isEqualTo(1);
        assertThat(early.judged().drifted()).isEqualTo(1);
    }

    @Test
    void anEndedSessionThatOneNodeStillHolds() {
        Story extra =
                new Story().create().logout().settle().finalOldIdAbsent().on(2).finalOldId();
        assertThat(extra.anomalies()).containsExactly(Anomaly.RESURRECTION);
        assertThat(extra.judged().drifted()).isEqualTo(1);
        Story gone =
                new Story().create().logout().settle().finalOldIdAbsent().on(2).finalOldIdAbsent();
        assertThat(gone.anomalies()).isEmpty();
        assertThat(gone.judged().compared()).isEqualTo(1);
        assertThat(gone.judged().drifted()).isZero();
        Story fresh = new Story()
                .create()
                .logout()
                .settle()
                .finalOldIdAbsent()
                .on(2)
                .incarnation(4711)
                .finalOldId();
        assertThat(fresh.judged().drifted()).isZero();
    }

    @Test
    void twoKindsOfNothingAreTheSame() {
        Story story = new Story()
                .create()
                .settle()
                .on(1)
                .finalProbe()
                .finalGroup()
                .on(2)
                .finalProbe()
                .finalGroup(0, 0, 0);
        Tally tally = story.judged();
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.CONVERGENCE).inconclusive()).isZero();
        assertThat(tally.of(Property.CONVERGENCE).checked()).isPositive();
    }
}
