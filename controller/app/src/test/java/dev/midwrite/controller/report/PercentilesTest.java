package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
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
        assertThat((double) answers.p90()).isLessThan(61e6);
        assertThat(answers.max()).isEqualTo(Percentiles.NEVER);
    }

    @Test
    void nothingAnsweredIsNoDistribution() {
        assertThat(Percentiles.ofAnswers("request", List.of())).isEmpty();
    }

    @Test
    void whatNeverEndedIsLongerThanAllThatDid() {
        List<UserOperation> operations = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            operations.add(operation(i < 100 ? Outcome.OK : Outcome.INFO, i < 100 ? 10_000_000 : UserOperation.NEVER));
        }
        Percentiles answers = Percentiles.ofAnswers("request", operations).orElseThrow();
        assertThat(answers.count()).isEqualTo(100);
        assertThat(answers.unfinished()).isEqualTo(50);
        assertThat((double) answers.p50()).isCloseTo(10e6, Percentage.withPercentage(0.2));
        assertThat(answers.p90()).isEqualTo(Percentiles.NEVER);
        assertThat(answers.p99()).isEqualTo(Percentiles.NEVER);
        assertThat(answers.max()).isEqualTo(Percentiles.NEVER);
        assertThat(Wording.duration(answers.max())).isEqualTo("never");
    }

    @Test
    void whatWasNeverSentTookNoTime() {
        List<UserOperation> operations =
                List.of(operation(Outcome.OK, 10_000_000), operation(Outcome.FAIL, 1), operation(Outcome.FAIL, 1));
        Percentiles answers = Percentiles.ofAnswers("request", operations).orElseThrow();
        assertThat(answers.count()).isEqualTo(1);
        assertThat((double) answers.min()).isCloseTo(10e6, Percentage.withPercentage(0.2));
        assertThat(Percentiles.ofAnswers("request", operations.subList(1, 3))).isEmpty();
    }

    @Test
    void nothingButSilenceIsADistribution() {
        Percentiles answers = Percentiles.ofAnswers("request", List.of(operation(Outcome.INFO, UserOperation.NEVER)))
                .orElseThrow();
        assertThat(answers.p50()).isEqualTo(Percentiles.NEVER);
        assertThat(answers.min()).isEqualTo(Percentiles.NEVER);
    }

    private static UserOperation operation(Outcome outcome, long returned) {
        return new UserOperation(
                OperationKind.READ, 0, 1, 1, 0, returned, 0, 0, 0, 1, 1, 0, 0, 1, outcome, 0, new long[0]);
    }
}
