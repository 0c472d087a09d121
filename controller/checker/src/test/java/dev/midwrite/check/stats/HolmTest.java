package dev.midwrite.check.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class HolmTest {

    /** What R's p.adjust(p, "holm") gives. */
    @Test
    void adjustedValues() {
        assertThat(Holm.adjusted(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjusted(0.5, 0.9)).containsExactly(new double[] {1, 1}, within(1e-12));
        assertThat(Holm.adjusted(0.02)).containsExactly(0.02);
        assertThat(Holm.adjusted()).isEmpty();
    }

    @Test
    void eachQuestionIsAskedAsStrictlyAsOthersAreOpen() {
        List<Double> asked = new ArrayList<>();
        DoubleFunction<Boolean> clear = confidence -> confidence <= 1 - 0.01;
        DoubleFunction<Boolean> close = confidence -> {
            asked.add(1 - confidence);
            return confidence <= 1 - 0.03;
        };
        assertThat(Holm.stepDown(List.of(clear, close), answer -> answer, 0.95)).containsExactly(true, true);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).isCloseTo(0.025, within(1e-12));
        assertThat(asked.get(1)).isCloseTo(0.05, within(1e-12));
        assertThat(Holm.stepDown(List.of(close, close), answer -> answer, 0.95)).containsExactly(false, false);
        assertThat(Holm.stepDown(List.<DoubleFunction<Boolean>>of(), answer -> answer, 0.95))
                .isEmpty();
    }

    /** Stepping down over exact bounds decides as the adjusted p-values of the binomial test do. */
    @Test
    void agreesWithAdjustedValues() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 500; round++) {
            int[] trials = random.ints(4, 20, 200).toArray();
            double[] p = new double[trials.length];
            List<DoubleFunction<GateResult>> questions = new ArrayList<>();
            for (int i = 0; i < trials.length; i++) {
                int n = trials[i];
                int good = n - random.nextInt(Math.max(1, n / 8));
                p[i] = 1 - BinomialDistribution.of(n, 0.9).cumulativeProbability(good - 1);
                questions.add(confidence -> Gate.rate("success", good, 0, n, OptionalDouble.of(0.9), confidence));
            }
            double[] adjusted = Holm.adjusted(p);
            List<GateResult> gates = Holm.stepDown(questions, gate -> gate.state() == State.MET, 0.95);
            for (int i = 0; i < p.length; i++) {
                assertThat(gates.get(i).state() == State.MET).isEqualTo(adjusted[i] <= 0.05);
            }
        }
    }
}
