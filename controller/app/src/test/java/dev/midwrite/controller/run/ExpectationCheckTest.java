package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.plan.Expectation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectationCheckTest {
    private static final Expectation IMMORTAL =
            new Expectation(Optional.of(Verdict.FAIL), List.of("IMMORTAL_SESSION"), List.of());

    private static Violation violation(Anomaly anomaly, Severity severity) {
        return new Violation(anomaly, severity, 1, -1, List.of(), "What.", "Why.", 0, 0, true);
    }

    private static PropertyResult result(Violation... violations) {
        return new PropertyResult(
                Property.STORE_AUDIT, Validity.FALSE, 9, violations.length, 0, 0, "", List.of(violations));
    }

    private static Judgement judgement(Verdict verdict, List<PropertyResult> properties, List<AnomalyCard> cards) {
        return new Judgement(verdict, List.of(), Profile.SESSION, "So it is.", List.of(), properties, List.of(), cards);
    }

    private static Judgement failed(Violation... violations) {
        return judgement(Verdict.FAIL, List.of(result(violations)), List.of());
    }

    @Test
    void whatWasExpectedIsNoSurprise() {
        assertThat(ExpectationCheck.surprises(IMMORTAL, failed(violation(Anomaly.IMMORTAL_SESSION, Severity.HARD))))
                .isEmpty();
    }

    @Test
    void aHardFindingThatNobodyExpectedIsASurpriseThoughTheVerdictIsRight() {
        assertThat(ExpectationCheck.surprises(
                        IMMORTAL,
                        failed(
                                violation(Anomaly.IMMORTAL_SESSION, Severity.HARD),
                                violation(Anomaly.MISSING_FIELDS, Severity.HARD))))
                .containsExactly("MISSING_FIELDS was found.");
    }

    @Test
    void whatMayBeFoundBesidesIsNoSurpriseFoundOrNot() {
        Expectation expected =
                new Expectation(Optional.of(Verdict.FAIL), List.of("IMMORTAL_SESSION"), List.of("MISSING_FIELDS"));
        Violation immortal = violation(Anomaly.IMMORTAL_SESSION, Severity.HARD);
        assertThat(ExpectationCheck.surprises(expected, failed(immortal))).isEmpty();
        assertThat(ExpectationCheck.surprises(
                        expected, failed(immortal, violation(Anomaly.MISSING_FIELDS, Severity.HARD))))
                .isEmpty();
        assertThat(ExpectationCheck.surprises(
                        expected, failed(immortal, violation(Anomaly.UNAVAILABLE, Severity.HARD))))
                .containsExactly("UNAVAILABLE was found.");
        assertThat(ExpectationCheck.surprises(expected, failed(violation(Anomaly.MISSING_FIELDS, Severity.HARD))))
                .containsExactly("IMMORTAL_SESSION was not found.");
    }

    @Test
    void oneThatStandsOnlyOnACardIsASurpriseToo() {
        AnomalyCard card = new AnomalyCard(
                "A-1", violation(Anomaly.LOST_ACKED_WRITE, Severity.HARD), "", "", "", "", 0, List.of());
        assertThat(ExpectationCheck.surprises(
                        IMMORTAL,
                        judgement(
                                Verdict.FAIL,
                                List.of(result(violation(Anomaly.IMMORTAL_SESSION, Severity.HARD))),
                                List.of(card))))
                .containsExactly("LOST_ACKED_WRITE was found.");
    }

    @Test
    void softFindingsNeedNotBeExpected() {
        assertThat(ExpectationCheck.surprises(
                        IMMORTAL,
                        failed(
                                violation(Anomaly.IMMORTAL_SESSION, Severity.HARD),
                                violation(Anomaly.WRONG_TTL, Severity.SOFT),
                                violation(Anomaly.DUP_APPLY, Severity.INFO))))
                .isEmpty();
    }

    @Test
    void aFindingThatDidNotComeAndAnotherVerdictAreSurprises() {
        assertThat(ExpectationCheck.surprises(IMMORTAL, judgement(Verdict.PASS, List.of(), List.of())))
                .containsExactly("the verdict is pass, not fail.", "IMMORTAL_SESSION was not found.");
    }

    @Test
    void whoExpectsNothingIsNotSurprised() {
        assertThat(ExpectationCheck.surprises(Expectation.NONE, failed(violation(Anomaly.GARBAGE, Severity.HARD))))
                .isEmpty();
    }
}
