package dev.midwrite.controller.report;

import java.nio.file.Path;

/** What a report consists of, all in one directory. */
public record ReportFiles(Path html, Path verdict, Path junit, Path anomalies) {

    public static ReportFiles in(Path directory) {
        return new ReportFiles(
                directory.resolve("report.html"),
                directory.resolve("verdict.json"),
                directory.resolve("junit.xml"),
                directory.resolve("anomalies.jsonl"));
    }
}
