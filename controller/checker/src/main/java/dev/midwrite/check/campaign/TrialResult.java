package dev.midwrite.check.campaign;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;

/**
 * One trial of a campaign.
 *
 * @param name such as {@code trial-3}
 * @param drill that it is a trial of
 * @param kind of its faults; trials of one kind are a stratum
 */
public record TrialResult(String name, String drill, String kind, long seed, Judgement judgement, Figures figures) {

    /** It tested something, so what it says counts. */
    public boolean usable() {
        return judgement.verdict() != Verdict.INVALID && judgement.verdict() != Verdict.VACUOUS;
    }

    /** Something hard was found. A fault that hit nothing excuses nothing; a history that cannot be judged proves nothing. */
    public boolean hard() {
        return judgement.verdict() == Verdict.FAIL
                || (judgement.verdict() == Verdict.VACUOUS
                        && judgement.properties().stream().anyMatch(TrialResult::hard));
    }

    private static boolean hard(PropertyResult result) {
        return result.violations().stream().anyMatch(violation -> violation.severity() == Severity.HARD);
    }

    /** Whether the trial succeeded: nothing hard, and what the objectives ask of its figures. */
    Validity success(Targets targets) {
        if (hard()) {
            return Validity.FALSE;
        }
        if (!usable()) {
            return Validity.UNKNOWN;
        }
        Validity figuresHold = targets.of(figures);
        if (figuresHold == Validity.FALSE) {
            return Validity.FALSE;
        }
        return judgement.verdict() == Verdict.PASS ? figuresHold : Validity.UNKNOWN;
    }
}
