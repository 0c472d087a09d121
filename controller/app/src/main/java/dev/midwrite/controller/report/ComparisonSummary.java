package dev.midwrite.controller.report;

import dev.midwrite.check.campaign.Comparison;
import dev.midwrite.check.stats.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison for a terminal: the answer, then one line per figure. */
public final class ComparisonSummary {
    private ComparisonSummary() {}

    public static String of(Comparison comparison, List<String> notes) {
        StringBuilder out = new StringBuilder();
        out.append(headline(comparison))
                .append(" · ")
                .append(Wording.count(comparison.pairs(), "pair"))
                .append(" of trials · exit code ")
                .append(comparison.verdict().exitCode())
                .append('\n');
        if (comparison.unpaired() > 0) {
            out.append("- ")
                    .append(Wording.count(comparison.unpaired(), "trial"))
                    .append(" without a counterpart of the same drill and seed, left out.\n");
        }
        notes.forEach(note -> out.append("- ").append(note).append('\n'));
        List<String[]> rows = new ArrayList<>();
        comparison.changes().forEach(change -> rows.add(row(change)));
        Columns.align(rows).forEach(line -> out.append('\n').append(line));
        return out.append('\n').toString();
    }

    private static String headline(Comparison comparison) {
        return switch (comparison.verdict()) {
            case PASS -> "NO REGRESSION  No figure is worse by what matters";
            case GATE_MISSED ->
                "REGRESSION  Worse, surely and by what matters: "
                        + comparison.changes().stream()
                                .filter(change -> change.state() == Change.State.REGRESSION)
                                .map(Change::name)
                                .collect(Collectors.joining(", "));
            case INVALID -> "INVALID  No pair of trials can be judged";
            default -> "CANNOT TELL  These trials prove neither a regression nor that there is none";
        };
    }

    private static String[] row(Change change) {
        return new String[] {
            change.name(),
            figure(change, change.base()) + " -> " + figure(change, change.candidate()),
            difference(change, change.value()),
            difference(change, change.low()) + " … " + difference(change, change.high()) + ", each bound "
                    + Wording.figure(change.confidence() * 100, 3) + " % sure",
            "matters from " + difference(change, change.relative() ? change.minimum() : -change.minimum()),
            switch (change.state()) {
                case NO_REGRESSION -> "no regression";
                case REGRESSION -> "regression";
                case UNDECIDED -> "cannot tell";
            }
        };
    }

    private static String figure(Change change, double value) {
        return Wording.figure(value, 4) + (change.relative() && !Double.isNaN(value) ? " ms" : "");
    }

    /** In percent of the base, or in percentage points. */
    private static String difference(Change change, double value) {
        String figure = Wording.figure(value * 100, 3);
        return Double.isNaN(value) ? figure : (value > 0 ? "+" : "") + figure + (change.relative() ? " %" : " pp");
    }
}
