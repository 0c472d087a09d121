package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

    @Test
    void whatItCanEncodeItShows() {
        Terminal terminal = Terminal.of(false, StandardCharsets.UTF_8);
        assertThat(terminal.marks()).isTrue();
        assertThat(terminal.mark("✖")).isEqualTo("✖");
        assertThat(terminal.text("1 … ∞ µs")).isEqualTo("1 … ∞ µs");
    }

    /** These have some of the marks, and a legend of both would be none. */
    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "windows-1252", "IBM437"})
    void whatItCannotEncodeIsSpelt(String charset) {
        Terminal terminal = Terminal.of(false, Charset.forName(charset));
        assertThat(terminal.mark("✔")).isEqualTo("ok  ");
        assertThat(terminal.mark("✖")).isEqualTo("FAIL");
        assertThat(terminal.mark("?")).isEqualTo("?   ");
        assertThat(terminal.mark("–")).isEqualTo("-   ");
        assertThat(terminal.text("1 … ∞ µs · a → b")).isEqualTo("1 ... inf us | a -> b");
    }

    @Test
    void aSummaryWithoutMarksIsAlignedAndHasNoneOfThem() {
        String text = Report.summary(
                SampleRun.failed(), ReportFiles.in(Path.of("run")), Terminal.of(false, StandardCharsets.US_ASCII));
        assertThat(text).doesNotContain("✔", "✖", "–", "…", "∞", "·");
        assertThat(text).contains("FAIL  list", "ok    group", "?     guarantees", "-     not observed: ");
    }
}
