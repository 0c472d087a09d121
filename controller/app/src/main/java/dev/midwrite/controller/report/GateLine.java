package dev.midwrite.controller.report;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import java.util.stream.Collectors;

/** The verdict in one line for a pipeline's log: what it is, why, the figures, and where the report lies. */
public final class GateLine {

    private GateLine() {}

    /** @param name of the drill, or of all that are judged as one */
    public static String of(String name, Judgement judgement, ReportFiles files, Terminal terminal) {
        String figures = judgement.gates().stream()
                .filter(gate -> gate.measured() && !Wording.struck(judgement, gate))
                .map(GateLine::figure)
                .collect(Collectors.joining(", "));
        return terminal.text(Wording.headline(judgement.verdict()) + "  " + name + ": " + judgement.sentence()
                        + (figures.isEmpty() ? "" : " Figures: " + figures + ".") + " Report: ")
                // A path stays as it is: it is there to be opened.
                + files.html().toAbsolutePath().normalize();
    }

    private static String figure(GateResult gate) {
        String state = gate.target().isEmpty() ? "" : " (" + gate.target() + ": " + Wording.lower(gate.state()) + ")";
        return gate.name() + " " + Wording.value(gate) + state;
    }
}
