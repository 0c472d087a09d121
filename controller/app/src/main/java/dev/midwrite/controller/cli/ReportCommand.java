package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.browser.Browser;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.report.ReportPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(paramLabel = "DIR", description = "The run's directory, or that of several trials.")
    private Path directory;

    @Option(names = "--png", required = true, paramLabel = "FILE", description = "Where the picture goes.")
    private Path png;

    @Override
    public Integer call() throws InterruptedException {
        Path html = ReportFiles.in(directory).html();
        if (!Files.isRegularFile(html)) {
            throw new Problem(directory + " has no report.html; midwrite check writes it.");
        }
        Path folder = png.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(png)) {
            throw new Problem(png + " cannot be written: it lies in no directory, or is one.");
        }
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
}
