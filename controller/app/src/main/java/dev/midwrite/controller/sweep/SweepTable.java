package dev.midwrite.controller.sweep;

import dev.midwrite.controller.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A sweep as rows of cells, and as a page. */
public final class SweepTable {
    private SweepTable() {}

    /** The head first; each row of the same length. */
    public static List<List<String>> cells(SweepResult result) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("", "operation", result.fault().head(), "what survived", "what broke"));
        for (SweepRow row : result.rows()) {
            cells.add(List.of(
                    Integer.toString(row.number()),
                    row.position().operation().label(),
                    row.position().words(),
                    row.reached() ? row.survived() : "not reached",
                    row.broken()));
        }
        return cells;
    }

    /** What broke beside the rows, each kind once; empty if nothing did. */
    public static List<String> elsewhere(SweepResult result) {
        return result.elsewhere().stream()
                .collect(Collectors.groupingBy(
                        violation -> violation.anomaly().title(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + ", " + kind.getValue() + (kind.getValue() == 1 ? " time" : " times")
                        + " in sessions that no row is about: of requests that were under way on a node when it died, or of"
                        + " all that it held")
                .toList();
    }

    /**
     * In Markdown.
     *
     * @param command that repeats the sweep
     */
    public static String page(String title, String command, SweepResult result) {
        StringBuilder page =
                new StringBuilder("# ").append(title).append("\n\n").append(MarkdownTable.of(cells(result)));
        elsewhere(result)
                .forEach(sentence ->
                        page.append('\n').append("Besides: ").append(sentence).append(".\n"));
        return page.append("\n    ").append(command).append('\n').toString();
    }
}
