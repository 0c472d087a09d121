package dev.midwrite.controller.report;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Writes all files of a report. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html}, {@code verdict.json}, {@code junit.xml} and {@code anomalies.jsonl}; files of an
     * earlier report in the directory are replaced.
     *
     * @param directory created if it is not there
     * @throws Problem if the directory cannot be written
     */
    public static ReportFiles write(Path directory, ReportInput input) {
        ReportFiles files = ReportFiles.in(directory);
        VerdictFile verdict = new VerdictFile(input);
        try {
            PrivateFiles.directory(directory);
            // Machine files first: should the page fail, the verdict is there.
            Files.writeString(files.verdict(), verdict.verdict());
            Files.writeString(files.junit(), JUnitFile.of(input).text());
            Files.writeString(files.anomalies(), verdict.anomalies());
            Files.writeString(files.html(), HtmlPage.of(input));
        } catch (IOException e) {
            throw new Problem("The report cannot be written to " + directory + ": " + e + ".", e);
        }
        return files;
    }

    /**
     * The summary for a terminal: plain, aligned lines; the last one names the HTML report.
     *
     * @param terminal where it will be shown
     */
    public static String summary(ReportInput input, ReportFiles files, Terminal terminal) {
        return new Summary(input, terminal).text(files);
    }

    /**
     * The verdict and the cards in full, for a terminal of a hundred columns; the last line names the HTML report.
     *
     * @param ids of the cards to be printed; all if there are none
     * @param terminal where it will be shown
     * @throws Problem if the run has no card of one of the ids
     */
    public static String explanation(ReportInput input, ReportFiles files, Set<String> ids, Terminal terminal) {
        return new Summary(input, terminal).explanation(files, ids);
    }
}
