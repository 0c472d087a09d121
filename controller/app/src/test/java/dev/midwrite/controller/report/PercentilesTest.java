package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.UserOperation;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void answersAreMeasuredAndWhatNeverEndedIsCounted() {
        List<UserOperation> operations = SampleRun.operations(SampleRun.LABEL);
        Percentiles answers = Percentiles.ofAnswers("request", operations).orElseThrow();
        assertThat(answers.count()).isEqualTo(operations.size() - 1);
        assertThat(answers.unfinished()).isEqualTo(1);
        assertThat((double) answers.p50()).isCloseTo(14e6, Percentage.withPercentage(0.2));
        assertThat((double) answers.max()).isCloseTo(60e6, Percentage.withPercentage(0.2));
    }

    @Test
    void nothingAnsweredIsNoDistribution() {
        assertThat(Percentiles.ofAnswers("request", List.of())).isEmpty();
    }
}
