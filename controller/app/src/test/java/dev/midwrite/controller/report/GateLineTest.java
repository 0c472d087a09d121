package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GateLineTest {
    private static final ReportFiles FILES = ReportFiles.in(Path.of("/run/of mine"));

    @Test
    void saysInOneLineWhatAPipelineMustKnow() {
        String line = GateLine.of("crash-mid-save", SampleRun.failed().judgement(), FILES, Terminal.PLAIN);

        assertThat(line)
                .startsWith("FAIL  crash-mid-save: 1 acknowledged write on 1 session was lost")
                .endsWith(" Report: /run/of mine/report.html")
                .doesNotContain("\n");
        assertThat(line).as("no score beside a hard violation").doesNotContain("score 0.99");
    }

    @Test
    void showsEachFigureWithItsTarget() {
        assertThat(GateLine.of("nothing", SampleRun.vacuous().judgement(), FILES, new Terminal(false, false)))
                .startsWith("VACUOUS  nothing: ")
                .matches("\\p{ASCII}*");
    }
}
