package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Violation;
import dev.midwrite.check.session.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change in place that the next request does not see is the store's rule, and never a lost write. */
class InPlaceCheckTest {

    private static List<Anomaly> found(Story story) {
        return story.judged().violations().stream().map(Violation::anomaly).toList();
    }

    @Test
    void whatIsKeptIsSilent() {
        Story story = new Story()
                .create()
                .readMutated(0)
                .mutate(11)
                .readMutated(11)
                .mutate(12)
                .on(2)
                .readMutated(12);
        assertThat(found(story)).isEmpty();
        assertThat(story.judged().of(Property.IN_PLACE).checked()).isEqualTo(3);
    }

    @Test
    void aChangeThatIsNotKeptNamesTheRule() {
        for (Profile profile : Profile.values()) {
            List<Violation> violations = new Story()
                    .profile(profile)
                    .create()
                    .mutate(11)
                    .mutate(12)
                    .on(2)
                    .readMutated(11)
                    .judged()
                    .violations();
            assertThat(violations).hasSize(1);
            Violation violation = violations.get(0);
            assertThat(violation.anomaly()).isEqualTo(Anomaly.CHANGE_IN_PLACE_LOST);
            assertThat(violation.severity()).as(profile.name()).isEqualTo(Severity.SOFT);
            assertThat(violation.what())
                    .startsWith("A read on node-2 returned an old content of the object")
                    .endsWith("after the change of object, acknowledged by node-1.");
            assertThat(violation.why()).contains("store's rule").contains("saves attributes that were set");
            assertThat(violation.witness()).hasSize(3);
        }
    }

    @Test
    void aReadBesideTheChangeMaySeeEither() {
        assertThat(found(new Story()
                        .create()
                        .mutate(11)
                        .at(40, 60)
                        .mutate(12)
                        .at(50, 55)
                        .readMutated(11)))
                .isEmpty();
    }

    @Test
    void aChangeOfUnknownOutcomeMayComeAtAnyTime() {
        assertThat(found(new Story()
                        .create()
                        .mutate(11)
                        .mutate(12)
                        .lostAnswer()
                        .readMutated(11)
                        .readMutated(12)
                        .readMutated(11)))
                .isEmpty();
    }

    @Test
    void thatNothingIsThereIsForOthersToTell() {
        assertThat(found(new Story().create().mutate(11).readMutated(0))).isEmpty();
    }
}
