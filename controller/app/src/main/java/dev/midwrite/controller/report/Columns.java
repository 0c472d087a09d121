package dev.midwrite.controller.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as lines in which the cells stand below each other. */
public final class Columns {
    private Columns() {}

    /** Each line without trailing blanks. */
    public static List<String> align(List<String[]> rows) {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                if (widths[i] > 0) {
                    line.append(" ".repeat(widths[i] - width(row[i]) + 2));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
