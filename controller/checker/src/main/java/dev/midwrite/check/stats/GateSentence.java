package dev.midwrite.check.stats;

import dev.midwrite.check.GateResult;
import java.util.Locale;

/** Gates in words. */
public final class GateSentence {
    private GateSentence() {}

    public static String missed(GateResult gate) {
        return "The gate " + gate.name() + " " + gate.target() + " is missed: " + measured(gate) + ".";
    }

    public static String open(GateResult gate) {
        return "The gate " + gate.name() + " " + gate.target() + " is open: " + measured(gate)
                + "; more samples would decide it.";
    }

    private static String measured(GateResult gate) {
        if (gate.samples() == 0) {
            return "there are no " + gate.of() + " to measure";
        }
        return String.format(
                        Locale.ROOT,
                        "%.4g %s, between %.4g and %.4g with %.0f %% confidence from %d %s",
                        gate.value(),
                        gate.unit(),
                        Math.min(gate.low(), gate.high()),
                        Math.max(gate.low(), gate.high()),
                        gate.confidence() * 100,
                        gate.samples(),
                        gate.of())
                .replace("  ", " ");
    }
}
