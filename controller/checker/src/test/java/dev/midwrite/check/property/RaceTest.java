package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several requests of one session at a time: what the application does to itself is told apart from what the store does. */
class RaceTest {

    private static List<Anomaly> found(Story story) {
        return story.judged().violations().stream().map(Violation::anomaly).toList();
    }

    private static Severity worst(Story story) {
        return story.judged().violations().stream()
                .map(Violation::severity)
                .max(Severity::compareTo)
                .orElseThrow();
    }

    /** Both read the empty list; 21 is set first, then 22 over it. */
    private static Story appends(long begin) {
        return new Story()
                .create()
                .at(10, 20)
                .append(21)
                .on(2)
                .at(begin, begin + 20)
                .append(22)
                .at(40, 41)
                .readList(22)
                .append(22, 23)
                .settle()
                .finalList(22, 23)
                .on(1)
                .finalList(22, 23);
    }

    @Test
    void appendsAtATimeUndoEachOther() {
        assertThat(found(appends(15))).containsExactly(Anomaly.APPEND_RACE);
        assertThat(worst(appends(15))).isEqualTo(Severity.INFO);
    }

    @Test
    void appendsThatFollowEachOtherDoNot() {
        assertThat(found(appends(21))).contains(Anomaly.LOST_ACKED_WRITE);
        assertThat(worst(appends(21))).isEqualTo(Severity.HARD);
    }

    /** Its own answer is long gone when the read comes: the user does not see it, and that is the same race. */
    @Test
    void whatTheRaceTookIsNotMissedAsOnesOwnWrite() {
        Story story = new Story()
                .create()
                .at(10, 60)
                .append(21)
                .on(2)
                .at(15, 20)
                .append(22)
                .at(25, 30)
                .append(22, 23)
                .at(70, 71)
                .readList(21)
                .settle()
                .finalList(21)
                .on(1)
                .finalList(21);
        assertThat(found(story)).containsOnly(Anomaly.APPEND_RACE);
    }

    @Test
    void anotherAttributesRequestIsNoExcuse() {
        Story story = new Story()
                .create()
                .at(10, 20)
                .append(21)
                .on(2)
                .at(15, 30)
                .write(5)
                .settle()
                .finalList()
                .finalRead(5)
                .on(1)
                .finalList()
                .finalRead(5);
        assertThat(found(story)).containsExactly(Anomaly.LOST_ACKED_WRITE);
        assertThat(story.judged().violations().get(0).why())
                .contains("At the same time the write of register a, acknowledged by node-2, was under way")
                .contains("saves the whole session");
    }

    @Test
    void aRegisterThatAnotherAttributesSaveOverwroteIsLost() {
        Story story = new Story()
                .create()
                .at(10, 20)
                .write(5)
                .on(2)
                .at(15, 30)
                .append(21)
                .settle()
                .finalRead(0)
                .finalList(21)
                .on(1)
                .finalRead(0)
                .finalList(21);
        assertThat(found(story)).containsExactly(Anomaly.LOST_LAST_WRITE);
        assertThat(worst(story)).isEqualTo(Severity.HARD);
        assertThat(story.judged().violations().get(0).why()).contains("At the same time the append of list");
    }

    private static Story increments(long begin) {
        return new Story()
                .create()
                .at(10, 20)
                .increment(1, 1)
                .on(2)
                .at(begin, begin + 20)
                .increment(2, 1)
                .at(60, 61)
                .increment(3, 2)
                .at(70, 71)
                .readCounter(2);
    }

    @Test
    void incrementsAtATimeUndoEachOther() {
        assertThat(found(increments(15))).containsExactly(Anomaly.INCREMENT_RACE);
        assertThat(worst(increments(15))).isEqualTo(Severity.INFO);
        assertThat(found(increments(30))).contains(Anomaly.LOST_INCREMENT);
        assertThat(worst(increments(30))).isEqualTo(Severity.HARD);
    }

    /** Two were alone, so the counter cannot be below two, whatever the others did to each other. */
    @Test
    void aRaceExcusesNoMoreThanItCanTake() {
        Story story = new Story()
                .create()
                .increment(1, 1)
                .increment(2, 2)
                .at(30, 50)
                .increment(3, 3)
                .at(40, 60)
                .increment(4, 3)
                .at(70, 71)
                .readCounter(1);
        assertThat(found(story)).contains(Anomaly.LOST_INCREMENT);
    }

    private static Story updates(long begin) {
        return new Story()
                .create()
                .at(10, 20)
                .update(0, 1)
                .on(2)
                .at(begin, begin + 20)
                .update(0, 2)
                .at(60, 61)
                .readDocument(2, 0);
    }

    @Test
    void updatesAtATimeUndoEachOther() {
        assertThat(found(updates(15))).containsExactly(Anomaly.UPDATE_RACE);
        assertThat(worst(updates(15))).isEqualTo(Severity.INFO);
        assertThat(found(updates(21))).containsExactly(Anomaly.LOST_UPDATE);
        assertThat(worst(updates(21))).isEqualTo(Severity.HARD);
    }

    @Test
    void branchesThatAreBothReadAfterwardsAreAForkAllTheSame() {
        Story story = updates(15).on(1).at(70, 71).readDocument(1, 0);
        assertThat(found(story)).containsExactly(Anomaly.FORK);
    }

    @Test
    void attemptsOfOneRequestAreNoRace() {
        Story story = new Story()
                .create()
                .append(21)
                .lostAnswer()
                .retry()
                .append(21)
                .append(21, 22)
                .settle()
                .finalList(22)
                .on(2)
                .finalList(22);
        assertThat(found(story)).contains(Anomaly.LOST_ACKED_WRITE);
    }

    /** It was sent with the id that the session had, and arrived when it had another one. */
    @Test
    void aRequestUnderWayWhileTheIdChangesMayFindNothing() {
        assertThat(found(new Story().create().at(20, 40).rotate().at(25, 45).absent()))
                .isEmpty();
        assertThat(found(new Story().create().at(20, 40).rotate().at(41, 45).absent()))
                .containsExactly(Anomaly.SESSION_LOST);
    }

    @Test
    void aRequestUnderWayBesideALogoutMayFindItOrNot() {
        assertThat(found(new Story().create().at(20, 40).logout().at(25, 45).absent()))
                .isEmpty();
        assertThat(found(new Story().create().at(20, 40).logout().at(25, 45).probe()))
                .isEmpty();
        assertThat(found(new Story().create().at(20, 40).logout().at(41, 45).probe()))
                .containsExactly(Anomaly.RESURRECTION);
    }
}
