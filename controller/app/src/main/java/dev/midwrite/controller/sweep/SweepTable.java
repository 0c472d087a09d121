package dev.midwrite.controller.sweep;

import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.report.MarkdownTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A sweep as rows of cells, and as a page.
 *
 * @param cells the head first; each row of the same length
 * @param elsewhere what broke beside the rows, each kind once, a sentence without its stop; empty if nothing did
 * @param reports of the runs, with the witnesses of what broke
 */
public record SweepTable(Verdict verdict, List<List<String>> cells, List<String> elsewhere, List<Path> reports) {
    private static final String NOT_REACHED = "not reached";

    public SweepTable {
        cells = List.copyOf(cells);
        elsewhere = List.copyOf(elsewhere);
        reports = List.copyOf(reports);
    }

    public static SweepTable of(SweepResult result) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("", "operation", result.fault().head(), "what survived", "what broke"));
        for (SweepRow row : result.rows()) {
            cells.add(List.of(
                    Integer.toString(row.number()),
                    row.position().operation().label(),
                    row.position().words(),
                    row.reached() ? row.survived() : NOT_REACHED,
                    row.broken()));
        }
        return new SweepTable(
                result.verdict(),
                cells,
                elsewhere(
                        result.elsewhere(),
                        ": of requests that were under way on a node when it died, or of all that it held"),
                result.reports());
    }

    public static SweepTable of(PairResult result) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of(
                "",
                "the first",
                "was held up",
                "the second",
                "ended after it from",
                "what users saw then",
                "what broke"));
        for (PairRow row : result.rows()) {
            cells.add(List.of(
                    Integer.toString(row.number()),
                    row.pair().first().operation().label(),
                    row.pair().first().words(),
                    row.pair().second().operation().label(),
                    row.pair().second().words(),
                    row.reached() ? seen(row) : NOT_REACHED,
                    row.broken()));
        }
        return new SweepTable(
                result.verdict(),
                cells,
                elsewhere(result.elsewhere(), ": of requests that met without being held up"),
                result.reports());
    }

    private static String seen(PairRow row) {
        return row.first().equals(row.second())
                ? row.first()
                : "of the first: " + row.first() + "; of the second: " + row.second();
    }

    private static List<String> elsewhere(List<Violation> violations, String why) {
        return violations.stream()
                .collect(Collectors.groupingBy(
                        violation -> violation.anomaly().title(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + ", " + kind.getValue() + (kind.getValue() == 1 ? " time" : " times")
                        + " in sessions that no row is about" + why)
                .toList();
    }

    /**
     * In Markdown.
     *
     * @param command that repeats the sweep
     */
    public String page(String title, String command) {
        StringBuilder page =
                new StringBuilder("# ").append(title).append("\n\n").append(MarkdownTable.of(cells));
        elsewhere.forEach(sentence ->
                page.append('\n').append("Besides: ").append(sentence).append(".\n"));
        return page.append("\n    ").append(command).append('\n').toString();
    }
}
