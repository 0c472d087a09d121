package dev.midwrite.controller.run;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.controller.plan.Objectives;
import java.util.List;

/**
 * Compares figures with what a drill asks of them. Three answers: met if even the pessimistic bound meets it, missed if
 * even the optimistic bound misses it, else inconclusive. What the drill does not ask for stays observed.
 */
final class Gates {
    private static final double NANOS_PER_SECOND = 1e9;

    private Gates() {}

    static List<GateResult> of(List<GateResult> figures, Objectives objectives) {
        return figures.stream().map(figure -> gate(figure, objectives)).toList();
    }

    private static GateResult gate(GateResult figure, Objectives objectives) {
        if (figure.name().equals("score") && objectives.score().isPresent()) {
            return least(figure, objectives.score().get());
        }
        if (figure.name().startsWith("failover") && objectives.failover().isPresent()) {
            return most(figure, objectives.failover().get().toNanos() / NANOS_PER_SECOND);
        }
        return figure;
    }

    private static GateResult least(GateResult figure, double target) {
        return decided(figure, ">= " + target, figure.low() >= target, figure.high() < target);
    }

    private static GateResult most(GateResult figure, double seconds) {
        double target = switch (figure.unit()) {
            case "ms" -> seconds * 1e3;
            case "ns" -> seconds * 1e9;
            default -> seconds;
        };
        return decided(figure, "<= " + target + " " + figure.unit(), figure.high() <= target, figure.low() > target);
    }

    private static GateResult decided(GateResult figure, String target, boolean met, boolean missed) {
        // Comparisons with NaN, which stands for nothing measured, are false: then it is inconclusive.
        State state = met ? State.MET : missed ? State.MISSED : State.INCONCLUSIVE;
        return new GateResult(
                figure.name(),
                figure.value(),
                figure.low(),
                figure.high(),
                figure.confidence(),
                figure.unit(),
                target,
                figure.samples(),
                figure.of(),
                state);
    }
}
