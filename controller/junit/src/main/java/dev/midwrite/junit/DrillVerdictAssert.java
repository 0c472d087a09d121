package dev.midwrite.junit;

import dev.midwrite.check.Verdict;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a verdict; each failure begins with the verdict's own sentence. */
public final class DrillVerdictAssert extends AbstractAssert<DrillVerdictAssert, DrillVerdict> {

    DrillVerdictAssert(DrillVerdict actual) {
        super(actual, DrillVerdictAssert.class);
    }

    public DrillVerdictAssert passes() {
        return is(Verdict.PASS);
    }

    public DrillVerdictAssert fails() {
        return is(Verdict.FAIL);
    }

    /** Each of these was found, such as {@code SESSION_LOST}. */
    public DrillVerdictAssert hasFindings(String... findings) {
        isNotNull();
        for (String finding : findings) {
            if (!actual.findings().contains(finding)) {
                throw failure("%s%nExpected the finding %s; found: %s", actual, finding, found());
            }
        }
        return this;
    }

    /** None of these was found. */
    public DrillVerdictAssert hasNoFindings(String... findings) {
        isNotNull();
        for (String finding : findings) {
            if (actual.findings().contains(finding)) {
                throw failure("%s%nExpected no finding %s; found: %s", actual, finding, found());
            }
        }
        return this;
    }

    /** Nothing at all was found, not even what fails no drill. */
    public DrillVerdictAssert hasNothingFound() {
        isNotNull();
        if (!actual.findings().isEmpty()) {
            throw failure("%s%nExpected no finding; found: %s", actual, found());
        }
        return this;
    }

    /** The score that was observed, which one trial does not prove: for that there is {@link Require}. */
    public DrillVerdictAssert hasScoreOfAtLeast(double least) {
        isNotNull();
        OptionalDouble score = actual.score();
        if (score.isEmpty() || score.getAsDouble() < least) {
            throw failure(
                    "%s%nExpected a session persistence score of at least %s; it is %s",
                    actual, least, score.isEmpty() ? "unknown" : score.getAsDouble());
        }
        return this;
    }

    private DrillVerdictAssert is(Verdict wanted) {
        isNotNull();
        if (actual.verdict() != wanted) {
            throw failure("%s%nExpected the verdict %s", actual, Outcome.words(wanted));
        }
        return this;
    }

    private String found() {
        return actual.findings().isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(actual.findings()));
    }
}
