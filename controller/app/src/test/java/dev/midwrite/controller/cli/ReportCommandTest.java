package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveRunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    private int report(Path png) {
        return Midwrite.commandLine()
                .setErr(new PrintWriter(err))
                .execute("report", directory.toString(), "--png", png.toString());
    }

    @Test
    void withoutAReportThereIsNoPicture() throws IOException {
        Path png = directory.resolve("it.png");
        assertThat(report(png)).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("has no report.html, and nothing of a run that one could be written of.");
        try (StartFile running = StartFile.create(new Bundle(directory), LiveRunFiles.FACTS)) {
            assertThat(running).isNotNull();
            assertThat(report(png)).isEqualTo(ExitCode.REFUSED);
            assertThat(err.toString()).contains("has no report.html yet: its run goes on.");
        }
        assertThat(report(png)).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("has no report.html; midwrite check writes it.");
        assertThat(png).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsToldBeforeABrowserStarts() throws IOException {
        Files.writeString(directory.resolve("report.html"), "<!doctype html><title>it</title>");
        assertThat(report(directory.resolve("no").resolve("it.png"))).isEqualTo(ExitCode.REFUSED);
        assertThat(report(directory)).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("cannot be written"));
    }
}
