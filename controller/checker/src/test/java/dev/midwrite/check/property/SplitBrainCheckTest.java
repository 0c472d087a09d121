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
}
