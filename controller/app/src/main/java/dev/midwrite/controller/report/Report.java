package dev.midwrite.controller.report;

import java.nio.file.Path;

/** Writes all files of a report. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html}, {@code verdict.json}, {@code junit.xml} and {@code anomalies.jsonl}; files of an
     * earlier report in the directory are replaced.
     *
     * @param directory created if it is not there
     * @throws dev.midwrite.controller.Problem if the directory cannot be written
     */
    public static ReportFiles write(Path directory, ReportInput input) {
        throw new UnsupportedOperationException();
    }

    /**
     * The summary for a terminal: plain, aligned lines; the last one names the HTML report.
     *
     * @param colour use ANSI colours; only if the output is a terminal
     */
    public static String summary(ReportInput input, ReportFiles files, boolean colour) {
        throw new UnsupportedOperationException();
    }
}
