package dev.midwrite.check.judge;

import dev.midwrite.check.Verdict;
import java.util.List;
import java.util.Set;

/**
 * The one order of verdicts, of a trial and of a campaign. What was proved comes before what was not: a hard finding whose
 * own assumptions hold is a fail whatever else happened. Of what proves nothing, the broken run comes before the one that
 * tested nothing, for the broken one may not even know that it tested nothing.
 */
public final class Precedence {
    private static final List<Verdict> WORST_FIRST = List.of(
            Verdict.FAIL, Verdict.INVALID, Verdict.VACUOUS, Verdict.GATE_MISSED, Verdict.INCONCLUSIVE, Verdict.PASS);

    private Precedence() {}

    /** Of all that is the matter with a run, what decides; PASS if nothing is. */
    public static Verdict of(Set<Verdict> matters) {
        return WORST_FIRST.stream().filter(matters::contains).findFirst().orElse(Verdict.PASS);
    }

    /** The rest, worst first: what else is the matter. */
    public static List<Verdict> besides(Set<Verdict> matters) {
        Verdict decides = of(matters);
        return WORST_FIRST.stream()
                .filter(matters::contains)
                .filter(verdict -> verdict != decides && verdict != Verdict.PASS)
                .toList();
    }
}
