package dev.midwrite.check.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Property;
import dev.midwrite.check.session.Story;
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
}
