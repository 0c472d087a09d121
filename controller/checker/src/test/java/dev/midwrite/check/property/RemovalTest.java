package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import dev.midwrite.check.session.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A removal is a write of nothing: right to read after it, and wrong to read before it. */
class RemovalTest {

    private static List<Anomaly> found(Story story) {
        return story.judged().violations().stream().map(Violation::anomaly).toList();
    }

    private static Story finals(Story story, long value) {
        return story.settle().on(1).finalRead(value).on(2).finalRead(value);
    }

    @Test
    void nothingIsRightAfterARemoval() {
        Story story = finals(
                new Story().create().write(11).read(11).remove().read(0).on(2).read(0), 0);
        Tally tally = story.judged();
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.REGISTER).checked()).isPositive();
        assertThat(tally.of(Property.LAST_WRITE).checked()).isEqualTo(1);
    }

    @Test
    void aValueThatIsWrittenAgainIsThere() {
        Story story =
                finals(new Story().create().write(11).remove().read(0).write(12).read(12), 12);
        assertThat(found(story)).isEmpty();
    }

    @Test
    void aRemovedValueThatComesBackIsFound() {
        Story again = new Story().create().write(11).remove().read(11);
        assertThat(again.judged().violations()).extracting(Violation::anomaly).containsExactly(Anomaly.STALE_READ);
        assertThat(again.judged().violations().get(0).what())
                .contains("returned a value of register a")
                .contains("after its removal was acknowledged");
        Story lasting = finals(new Story().create().write(11).remove().read(0), 11);
        assertThat(found(lasting)).containsExactly(Anomaly.LOST_LAST_WRITE);
        assertThat(lasting.judged().of(Property.REGISTER).suppressed()).isPositive();
    }

    @Test
    void aValueThatNobodyRemovedMustBeThere() {
        assertThat(found(new Story().create().remove().write(11).read(0))).containsExactly(Anomaly.STALE_READ);
        Story story = finals(new Story().create().remove().write(11), 0);
        assertThat(found(story)).containsExactly(Anomaly.LOST_LAST_WRITE);
    }

    @Test
    void aRemovalOfUnknownOutcomeMayHaveBeenAtAnyTime() {
        assertThat(found(new Story()
                        .create()
                        .write(11)
                        .remove()
                        .lostAnswer()
                        .read(11)
                        .read(0)))
                .isEmpty();
        Story gone = finals(new Story().create().remove().lostAnswer().write(11), 0);
        assertThat(found(gone)).isEmpty();
    }

    @Test
    void aRemovalThatOverlapsItsReadExplainsEitherAnswer() {
        Story before =
                new Story().create().write(11).at(20, 40).remove().at(30, 35).read(0);
        assertThat(found(before)).isEmpty();
        Story after =
                new Story().create().write(11).at(20, 40).remove().at(30, 35).read(11);
        assertThat(found(after)).isEmpty();
    }

    @Test
    void writesAreHeldAgainstEachOtherAsWithoutRemovals() {
        Story story = new Story().create().remove().write(11).write(12).read(12).read(11);
        assertThat(found(story)).contains(Anomaly.STALE_READ);
    }
}
