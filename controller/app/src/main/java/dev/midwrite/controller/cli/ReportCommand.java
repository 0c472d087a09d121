package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.browser.Browser;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.report.ReportPicture;
import dev.midwrite.controller.run.CampaignPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite report}. */
@Command(
        name = "report",
        description = {
            "Write the top of a run's report as a picture, for a message: verdict, figures, first finding, curves.",
            "It is drawn by an installed browser: Chromium, Chrome or Edge, or the one that " + Browser.VARIABLE
                    + " names."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 written, 5 the browser broke or the file could not be written,",
            "64 no browser is installed, or there is no report."
        })
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The run's directory, or that of several trials.")
    private Path directory;

    @Option(names = "--png", required = true, paramLabel = "FILE", description = "Where the picture goes.")
    private Path png;

    @Override
    public Integer call() throws InterruptedException {
        Path html = ReportFiles.in(directory).html();
        if (!Files.isRegularFile(html)) {
            throw new Problem(directory + without(directory));
        }
        Path folder = png.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(png)) {
            throw new Problem(png + " cannot be written: it lies in no directory, or is one.");
        }
        asWritten();
        Path program = Browser.installed()
                .orElseThrow(() -> new Problem("No browser is installed that could draw the picture; install Chromium"
                        + " (Debian's package chromium), or name one in " + Browser.VARIABLE + "."));
        try {
            Files.write(png, ReportPicture.of(html.toAbsolutePath(), program));
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        } catch (IOException e) {
            throw new BrokeException(png + " cannot be written: " + e.getMessage() + ".", e);
        }
        return 0;
    }

    private static String without(Path directory) {
        if (!Bundle.begun(directory) && !CampaignPlan.in(directory)) {
            return " has no report.html, and nothing of a run that one could be written of.";
        }
        return Bundle.underWay(directory)
                ? " has no report.html yet: its run goes on."
                : " has no report.html; midwrite check writes it.";
    }

    /** A picture of a page that somebody has edited would look like one of the run's. */
    private void asWritten() {
        Edits page = Seal.editsOfReport(directory);
        Edits run = CampaignPlan.in(directory) ? Seal.editsOfTrials(directory) : Seal.edits(directory);
        for (Edits edits : List.of(page, run)) {
            if (edits.edited()) {
                throw new BrokeException(edits.sentence() + " midwrite check writes the report anew.", null);
            }
        }
        if (!page.known()) {
            tell("Nobody can tell whether this report was edited: it has no report.sha256.");
        }
    }

    private void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
