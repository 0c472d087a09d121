package dev.midwrite.check.campaign;

import dev.midwrite.check.Judgement;
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

    /** It tested what it was to test: what it found in order counts. */
    public boolean usable() {
        return !judgement.is(Verdict.INVALID) && !judgement.is(Verdict.VACUOUS);
    }

    /** Its figures count, too. */
    boolean measured() {
        return usable() && !figures.doubted();
    }

    /** Something hard was found, and what it rests on holds; whatever else happened excuses nothing. */
    public boolean hard() {
        return judgement.verdict() == Verdict.FAIL;
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
