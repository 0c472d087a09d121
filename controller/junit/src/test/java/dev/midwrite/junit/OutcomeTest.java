package dev.midwrite.junit;

import static dev.midwrite.junit.DrillAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OutcomeTest {
    private static final Path REPORT = Path.of("/runs/1/report.html");

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PASS")
    void whatIsNoPassFailsWithItsSentenceAndItsReason(Verdict verdict) {
        String failure = outcome(verdict, List.of()).failure(false, "mvn test").orElseThrow();

        assertThat(failure.lines())
                .containsExactly(
                        Outcome.words(verdict).toUpperCase(Locale.ROOT) + ": This is how it is.",
                        "This is why.",
                        "report  /runs/1/report.html",
                        "repeat  mvn test");
    }

    @Test
    void aPassIsNoFailure() {
        assertThat(outcome(Verdict.PASS, List.of()).failure(false, "")).isEmpty();
    }

    @Test
    void whatWasExpectedIsNoFailureWhateverItIs() {
        assertThat(outcome(Verdict.VACUOUS, List.of()).failure(true, "")).isEmpty();
    }

    @Test
    void aPassThatWasNotExpectedIsOne() {
        assertThat(outcome(Verdict.PASS, List.of("SESSION_LOST was not found.")).failure(true, ""))
                .hasValueSatisfying(failure -> assertThat(failure.lines())
                        .startsWith("PASS: This is how it is.", "Not as expected: SESSION_LOST was not found."));
    }

    @Test
    void assertionsFailWithTheVerdictsSentence() {
        DrillVerdict verdict = new DrillVerdict();
        verdict.settle(outcome(Verdict.FAIL, List.of()));

        assertThat(verdict).fails().hasFindings("SESSION_LOST").hasNoFindings("STALE_READ");
        refused(() -> assertThat(verdict).passes(), "Expected the verdict pass");
        refused(
                () -> assertThat(verdict).hasFindings("STALE_READ"),
                "Expected the finding STALE_READ; found: SESSION_LOST");
        refused(() -> assertThat(verdict).hasNoFindings("SESSION_LOST"), "Expected no finding SESSION_LOST");
        refused(() -> assertThat(verdict).hasNothingFound(), "Expected no finding; found: SESSION_LOST");
        refused(() -> assertThat(verdict).hasScoreOfAtLeast(0.9), "of at least 0.9; it is unknown");
    }

    @Test
    void aVerdictThatThereIsNotYetSaysSo() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(new DrillVerdict()::sentence)
                .withMessageContaining("There is no verdict yet");
    }

    private static void refused(Runnable assertion, String sentence) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion::run)
                .withMessageStartingWith("FAIL: This is how it is.")
                .withMessageContaining(sentence);
    }

    private static Outcome outcome(Verdict verdict, List<String> surprises) {
        Judgement judgement = new Judgement(
                verdict,
                Profile.SESSION,
                "This is how it is.",
                List.of("This is why."),
                List.of(),
                List.of(),
                List.of());
        return new Outcome(judgement, REPORT, Set.of("SESSION_LOST"), surprises);
    }
}
