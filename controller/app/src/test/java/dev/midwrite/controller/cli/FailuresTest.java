package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int tell(Exception failure) {
        CommandLine commandLine = Midwrite.commandLine().setErr(new PrintWriter(err));
        return new Failures().handleExecutionException(failure, commandLine, commandLine.parseArgs());
    }

    @Test
    void aFullDiskIsNoBug() {
        IOException full = new IOException("/runs/1/junit.xml: No space left on device");
        assertThat(tell(new UncheckedIOException("cannot write the report", full)))
                .isEqualTo(5);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("midwrite: a disk is full: /runs/1/junit.xml: No space left on device.");
    }
}
