package dev.midwrite.controller.report;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of cells as a table of Markdown. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** @param cells the head first; each row of the same length */
    public static String of(List<List<String>> cells) {
        StringBuilder table = new StringBuilder(line(cells.get(0)))
                .append("|---".repeat(cells.get(0).size()))
                .append("|\n");
        cells.subList(1, cells.size()).forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(List<String> row) {
        return "| " + row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |\n";
    }
}
