package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Terminal COLOURED = new Terminal(true, true);
    private static final String UNSURE = "14 reads lie within the clock error";
    private static final ReportFiles FILES = ReportFiles.in(Path.of("/run/of mine"));

    @Test
    void beginsWithTheVerdictAndEndsWithTheReportsPath() {
        String[] lines = Report.summary(SampleRun.failed(), FILES, Terminal.PLAIN)
                .strip()
                .split("\n");
        assertThat(lines[0]).isEqualTo("FAIL  crash-mid-save · profile session · exit code 1");
        assertThat(lines[1]).startsWith("1 acknowledged write on 1 session was lost");
        assertThat(lines[2])
                .isEqualTo("Evidence A: own users with values that can be told apart: every property can be decided.");
        assertThat(lines[lines.length - 2]).endsWith("--seed 42");
        assertThat(lines[lines.length - 1]).isEqualTo("report      /run/of mine/report.html");
    }

    @Test
    void showsWhatHoldsWhatDoesNotAndWhatWasNotLookedAt() {
        assertThat(Report.summary(SampleRun.failed(), FILES, Terminal.PLAIN))
                .contains("✖  list", "1 of 41,118 violated")
                .contains("✔  group", "41,118 checked")
                .contains("?  guarantees", "14 inconclusive of 9,134: " + UNSURE)
                .contains("–  not observed: document, split-brain, convergence")
                .contains("2 of 4,000 violated, which this profile allows")
                .contains("A-1  hard  Acknowledged write lost (and 3 similar)")
                .contains("asked for 50 ms, got p50 50.1 ms, p99 52.3 ms")
                .contains("0.9992", "0.9954 … 1, each bound 95 % sure", "target >= 0.999: inconclusive", "1 trial ");
    }

    @Test
    void aReasonThatStandsAboveIsNotRepeatedForEachProperty() {
        ReportInput run = SampleRun.input(Verdict.INCONCLUSIVE, "", List.of(UNSURE), List.of());
        assertThat(Report.summary(run, FILES, Terminal.PLAIN))
                .contains("- " + UNSURE, "?  guarantees", "14 inconclusive of 9,134\n")
                .doesNotContain(": " + UNSURE);
    }

    /** A throttle is asked for as a rate, and makes delays of its own. */
    @Test
    void delaysStandBesideWhatWasAskedForThoughThatIsNoTime() {
        RunHealth.FaultHealth throttle = new RunHealth.FaultHealth(
                1,
                "throttle",
                "store.bytes",
                "node-1",
                "24576 B/s, before",
                9,
                9,
                Optional.empty(),
                Optional.of(new RunHealth.Achieved(9, 1_000_000, 98_000_000, 338_000_000, 400_000_000)));
        ReportInput throttled = new ChangedInput(SampleRun.failed())
                .health(new RunHealth(List.of(throttle), List.of(), List.of(), List.of(), List.of(), List.of()))
                .build();

        assertThat(Report.summary(throttled, FILES, Terminal.PLAIN))
                .contains("asked for 24576 B/s, got p50 98 ms, p99 338 ms");
    }

    @Test
    void isPlainUnlessATerminalWantsColours() {
        assertThat(Report.summary(SampleRun.failed(), FILES, Terminal.PLAIN)).doesNotContain("\u001B");
        assertThat(Report.summary(SampleRun.failed(), FILES, COLOURED)).contains("\u001B[1;31mFAIL\u001B[0m");
    }

    @Test
    void reasonsOfAVacuousDrillAreTold() {
        assertThat(Report.summary(SampleRun.vacuous(), FILES, Terminal.PLAIN))
                .contains(
                        "VACUOUS",
                        "exit code 4",
                        "- Injection 1 (crash at session.save on node-2) matched no passage.");
    }

    @Test
    void explainsEachCardInFull() {
        String text = Report.explanation(SampleRun.failed(), FILES, Set.of(), Terminal.PLAIN);

        assertThat(text)
                .contains("A-1  hard  Acknowledged write lost (and 3 similar)\nsession 17, attribute cart")
                .contains("\nwhat        Item 300000000002a was acknowledged")
                .contains("\nimpossible  It must be item 42")
                .contains("\nevidence    1.  user 17  12.790 – 12.804 s  node-2  append 300000000002a → length 42")
                .contains("\nwhen        1.1 s before crash of node-2")
                .contains("\ncause       node-2 committed the response")
                .contains("\nblast       1 of 1,204 sessions")
                .contains("\nincident    may be immortal-session: ./midwrite incident show NAME")
                .contains("\ncertainty   The witness operations are 15.6 s apart")
                .contains("\ncontrast    Session 18 did the same and was fine:\n            1.  user 18")
                .contains("A-2  hard", "stored session 7f3a91c044de0b12")
                .endsWith("report      /run/of mine/report.html\n")
                .doesNotContain("\u001B");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(Report.explanation(SampleRun.failed(), FILES, Set.of(), COLOURED))
                .contains("\u001B[31mA-1");
    }

    @Test
    void explainsOneCardOrSaysWhichThereAre() {
        assertThat(Report.explanation(SampleRun.failed(), FILES, Set.of("A-2"), Terminal.PLAIN))
                .contains("A-2  hard")
                .doesNotContain("A-1  hard");
        assertThatThrownBy(() -> Report.explanation(SampleRun.failed(), FILES, Set.of("A-9"), Terminal.PLAIN))
                .isInstanceOf(Problem.class)
                .hasMessage("This run has no card A-9; it has A-1, A-2.");
        assertThat(Report.explanation(SampleRun.passed(), FILES, Set.of(), Terminal.PLAIN))
                .contains("There is no finding to explain.");
    }
}
