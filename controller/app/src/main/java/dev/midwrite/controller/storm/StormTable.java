package dev.midwrite.controller.storm;

import dev.midwrite.controller.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** Storms as rows of cells, and as a page. */
public final class StormTable {
    private StormTable() {}

    /** The head first; each row of the same length. */
    public static List<List<String>> cells(StormResult result) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("storm", "seed", "steps", "without effect", "verdict", "what broke"));
        result.rows().forEach(row -> cells.add(row.cells()));
        return cells;
    }

    /**
     * In Markdown.
     *
     * @param command that repeats all
     */
    public static String page(StormResult result, String command) {
        StringBuilder page =
                new StringBuilder("# Storms over ").append(result.drill()).append("\n\n");
        page.append(MarkdownTable.of(cells(result)));
        for (StormRow row : result.rows()) {
            page.append("\n## ")
                    .append(row.number() == 0 ? "Calm" : "Storm " + row.number())
                    .append("\n\n");
            list(page, row.steps(), "No step.");
        }
        result.failure()
                .ifPresent(failure -> failure(page, failure, result.plan().tries()));
        return page.append("\n    ").append(command).append('\n').toString();
    }

    private static void failure(StringBuilder page, StormFailure failure, int tries) {
        page.append("\n## The smallest that fails\n\n");
        list(page, failure.smallest(), "No step: it fails without any fault.");
        page.append("\n")
                .append(failure.finding())
                .append(" (")
                .append(failure.property().label())
                .append("). ")
                .append(failure.size())
                .append(", and ")
                .append(failure.state().words())
                .append(". How often it fails: ")
                .append(failure.rate())
                .append(".\n\nThe drill: ")
                .append(failure.file())
                .append("\n");
        if (failure.trials().isEmpty()) {
            return;
        }
        page.append("\n## What was tried\n\nA schedule of fewer steps had up to ")
                .append(tries)
                .append(tries == 1 ? " run" : " runs")
                .append(
                        ", one with less to a step a single one. It counts as one that fails when the same property fails in"
                                + " one of them.\n\n");
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("steps", "runs", "fails"));
        failure.trials()
                .forEach(trial -> cells.add(List.of(
                        trial.steps().isEmpty() ? "none" : String.join("; ", trial.steps()),
                        Integer.toString(trial.runs()),
                        trial.failed() ? "yes" : "not seen")));
        page.append(MarkdownTable.of(cells));
    }

    private static void list(StringBuilder page, List<String> steps, String none) {
        if (steps.isEmpty()) {
            page.append(none).append('\n');
        }
        steps.forEach(step -> page.append("- ").append(step).append('\n'));
    }
}
