package dev.midwrite.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Property;
import dev.midwrite.event.UserOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakageTest {

    /** A check with a bug. */
    private static final class Broken implements SessionCheck {
        private static final long serialVersionUID = 1L;

        @Override
        public Property property() {
            return Property.GROUP;
        }

        @Override
        public void check(SessionHistory history, Findings findings) {
            throw new IllegalStateException("no such stamp");
        }
    }

    /** A check without. */
    private static final class Sound implements SessionCheck {
        private static final long serialVersionUID = 1L;

        @Override
        public Property property() {
            return Property.LIST;
        }

        @Override
        public void check(SessionHistory history, Findings findings) {
            findings.checked(Property.LIST, 1);
        }
    }

    @Test
    void aCheckThatBreaksIsUnknownWithItsStackAndLeavesTheOthersAlone() {
        Story story = new Story().create();
        SessionChecker checker = new SessionChecker(Terms.of(story.trial()), List.of(new Broken(), new Sound()), 5);
        checker.begin(1);
        for (UserOperation operation : story.operations()) {
            checker.accept(operation);
        }
        assertThat(checker.finish()).isFalse();
        Tally tally = checker.take();
        assertThat(tally.of(Property.GROUP).inconclusive()).isEqualTo(1);
        assertThat(tally.of(Property.GROUP).reason())
                .startsWith(
                        "The check broke: java.lang.IllegalStateException: no such stamp at BreakageTest$Broken.check:")
                .contains(" < SessionChecker.")
                .endsWith(".");
        assertThat(tally.of(Property.LIST).checked()).isEqualTo(1);
        assertThat(tally.of(Property.LIST).inconclusive()).isZero();
    }
}
