package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Profile;
import dev.midwrite.event.OperationKind;
import org.junit.jupiter.api.Test;

/** What checks ask of a session before they decide: whose a value is, what was removed, what overlapped, which list is whole. */
class SessionStateTest {
    private final Removals removals = new Removals();
    private final Overlaps overlaps = new Overlaps();

    private static SessionHistory history(Story story) {
        return FindingsTest.history(story);
    }

    private CanonicalList list(Story story) {
        CanonicalList list = new CanonicalList();
        list.build(history(story), Terms.of(Story.trial(Profile.STRONG, false, 0)), Story.LIST);
        return list;
    }

    private static long at(long millis) {
        return Story.millis(millis);
    }

    @Test
    void aRemovalIsPossibleFromItsBeginToItsEnd() {
        removals.collect(history(new Story().create().at(20, 40).remove()));

        assertThat(removals.possible(Story.REGISTER, at(40), at(50))).isTrue();
        assertThat(removals.possible(Story.REGISTER, at(41), at(50))).isFalse();
        assertThat(removals.possible(Story.REGISTER, at(0), at(20))).isTrue();
        assertThat(removals.possible(Story.REGISTER, at(0), at(19))).isFalse();
        assertThat(removals.of(Story.REGISTER)).isTrue();
        assertThat(removals.of(Story.SESSION)).isFalse();
        assertThat(removals.of(99)).isFalse();
        assertThat(removals.possible(Story.SESSION, at(0), at(99))).isFalse();
    }

    @Test
    void aRemovalLiesBetweenOnlyIfAllOfItDoes() {
        removals.collect(history(new Story().create().at(20, 40).remove()));

        assertThat(removals.between(Story.REGISTER, at(19), at(41))).isEqualTo(1);
        assertThat(removals.between(Story.REGISTER, at(20), at(41))).isEqualTo(-1);
        assertThat(removals.between(Story.REGISTER, at(19), at(40))).isEqualTo(-1);
        assertThat(removals.between(Story.SESSION, at(0), at(99))).isEqualTo(-1);
    }

    @Test
    void theLatestThatFitsIsTheOneBetween() {
        removals.collect(history(new Story()
                .create()
                .at(20, 21)
                .remove()
                .at(30, 31)
                .remove()
                .at(50, 90)
                .remove()));

        assertThat(removals.between(Story.REGISTER, at(10), at(60))).isEqualTo(2);
        assertThat(removals.between(Story.REGISTER, at(10), at(25))).isEqualTo(1);
        assertThat(removals.between(Story.REGISTER, at(10), at(15))).isEqualTo(-1);
    }

    @Test
    void aRemovalThatFailedRemovedNothing() {
        removals.collect(history(new Story().create().at(20, 40).remove().rejected()));

        assertThat(removals.of(Story.REGISTER)).isFalse();
        removals.collect(history(new Story().create().write(1)));
        assertThat(removals.of(Story.REGISTER)).as("of the session before").isFalse();
    }

    @Test
    void operationsOverlapThroughTheOneThatLasts() {
        SessionHistory history = history(new Story()
                .create()
                .at(20, 100)
                .append(1)
                .at(30, 40)
                .append(2)
                .at(50, 60)
                .append(3)
                .at(110, 120)
                .append(4));
        overlaps.find(history, Story.LIST, OperationKind.APPEND);

        assertThat(overlaps.of(1)).isTrue();
        assertThat(overlaps.of(2)).isTrue();
        assertThat(overlaps.of(3))
                .as("beside the first, though not beside the second")
                .isTrue();
        assertThat(overlaps.of(4)).isFalse();
        assertThat(overlaps.of(0)).as("another kind").isFalse();
        assertThat(overlaps.of(-1)).isFalse();
        assertThat(overlaps.of(999)).isFalse();
    }

    @Test
    void touchingIsOverlapping() {
        overlaps.find(
                history(new Story().create().at(20, 30).append(1).at(30, 40).append(2)),
                Story.LIST,
                OperationKind.APPEND);

        assertThat(overlaps.of(1)).isTrue();
        assertThat(overlaps.of(2)).isTrue();
    }

    /** An attempt and its retry are one request; the other one hides behind the retry, which ends later. */
    @Test
    void attemptsOfOneRequestAreNotBesideEachOther() {
        SessionHistory alone = history(
                new Story().create().at(20, 90).append(1).at(30, 100).asking(1).append(1));
        overlaps.find(alone, Story.LIST, OperationKind.APPEND);
        assertThat(overlaps.of(1)).isFalse();
        assertThat(overlaps.of(2)).isFalse();

        SessionHistory hidden = history(new Story()
                .create()
                .at(20, 80)
                .append(2)
                .at(30, 100)
                .append(1)
                .at(70, 75)
                .asking(1)
                .append(1));
        overlaps.find(hidden, Story.LIST, OperationKind.APPEND);
        assertThat(overlaps.of(3)).isTrue();
    }

    @Test
    void whatOverlappedInTheSessionBeforeIsForgotten() {
        overlaps.find(
                history(new Story().create().at(20, 40).append(1).at(30, 50).append(2)),
                Story.LIST,
                OperationKind.APPEND);
        overlaps.find(
                history(new Story().create().at(20, 30).append(1).at(40, 50).append(2)),
                Story.LIST,
                OperationKind.APPEND);

        assertThat(overlaps.of(1)).isFalse();
        assertThat(overlaps.of(2)).isFalse();
    }

    @Test
    void theListThatCountsIsTheLongestOfTheLastReads() {
        Story story = new Story()
                .create()
                .append(1)
                .finalList(1, 2, 3, 4)
                .settle()
                .finalList(1, 2)
                .finalList(1, 2, 3)
                .finalList(1);
        CanonicalList list = list(story);

        assertThat(list.row()).isEqualTo(4);
        assertThat(list.length()).isEqualTo(3);
        assertThat(list.position(3)).isEqualTo(2);
        assertThat(list.position(4)).isEqualTo(-1);
        assertThat(list.repeated()).isEqualTo(-1);
        assertThat(list.hash(0)).isZero();
    }

    @Test
    void withoutLastReadsTheLongestWholeOneCounts() {
        CanonicalList list =
                list(new Story().create().finalList(1).finalList(1, 2).finalList(2));

        assertThat(list.row()).isEqualTo(2);
    }

    @Test
    void aListThatIsNotWholeIsNone() {
        CanonicalList list = list(new Story().create().append(1).readList(1).finalAbsent());

        assertThat(list.row()).isEqualTo(-1);
        assertThat(list.length()).isZero();
        assertThat(list.position(1)).isEqualTo(-1);
    }

    @Test
    void theFirstThatStandsTwiceIsNamed() {
        assertThat(list(new Story().create().finalList(5, 6, 5, 6)).repeated()).isEqualTo(2);
        assertThat(list(new Story().create().finalList(5, 5)).repeated()).isEqualTo(1);
        assertThat(list(new Story().create().finalList(5, 6, 5)).position(5)).isZero();
    }

    @Test
    void aValueThatTwoAttributesShareIsDoubtfulInBoth() {
        Values values = history(new Story().create().write(11).update(0, 11)).values();

        assertThat(values.duplicate()).isEqualTo(2);
        assertThat(values.twice().get(Story.REGISTER)).isTrue();
        assertThat(values.twice().get(Story.DOCUMENT)).isTrue();
        assertThat(history(new Story().create().write(11).update(0, 12))
                        .values()
                        .duplicate())
                .isEqualTo(-1);
    }

    @Test
    void aValueHasItsWriter() {
        Values values =
                history(new Story().create().write(11).write(12).read(12)).values();

        assertThat(values.writer(12, Story.REGISTER)).isEqualTo(2);
        assertThat(values.writer(12, Story.DOCUMENT)).isEqualTo(Values.UNKNOWN);
        assertThat(values.writer(13, Story.REGISTER)).isEqualTo(Values.UNKNOWN);
        assertThat(values.writer(0, Story.REGISTER)).isEqualTo(Values.INITIAL);
        assertThat(values.writerOf(3)).isEqualTo(2);
    }

    @Test
    void whatIsDamagedOrGoneIsNotReadWhole() {
        SessionHistory history =
                history(new Story().create().write(11).read(11).garbage().absent());

        assertThat(Values.readsWhole(history, 2)).isTrue();
        assertThat(Values.readsWhole(history, 3)).isFalse();
        assertThat(Values.readsWhole(history, 4)).isFalse();
    }

    /** Whose session it is, is what was answered when it was made, whatever another one shows meanwhile. */
    @Test
    void aSessionIsTheOneThatWasCreated() {
        SessionHistory history = history(new Story()
                .incarnation(5)
                .probe()
                .incarnation(7)
                .create()
                .write(11)
                .incarnation(9)
                .read(11));

        assertThat(history.belongs(1)).isTrue();
        assertThat(history.belongs(2)).isTrue();
        assertThat(history.belongs(0)).isFalse();
        assertThat(history.belongs(3)).isFalse();
    }

    @Test
    void aSessionThatNobodyCreatedIsTheFirstThatWasSeen() {
        SessionHistory history =
                history(new Story().incarnation(5).probe().incarnation(7).probe());

        assertThat(history.belongs(0)).isTrue();
        assertThat(history.belongs(1)).isFalse();
    }
}
