package dev.midwrite.controller.storm;

import dev.midwrite.check.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What storms have shown.
 *
 * @param drill name of the one that they went over
 * @param rows in the order in which they ran; one of number 0 only if something failed without any fault
 * @param failure of the last one, if it failed
 */
public record StormResult(String drill, StormPlan plan, List<StormRow> rows, Optional<StormFailure> failure) {
    /** The worst decides. */
    private static final List<Verdict> WORST_FIRST =
            List.of(Verdict.FAIL, Verdict.INVALID, Verdict.VACUOUS, Verdict.INCONCLUSIVE, Verdict.GATE_MISSED);

    public StormResult {
        rows = List.copyOf(rows);
    }

    /** Pass only if all did. */
    public Verdict verdict() {
        return WORST_FIRST.stream()
                .filter(verdict -> rows.stream().anyMatch(row -> row.outcome().verdict() == verdict))
                .findFirst()
                .orElse(Verdict.PASS);
    }
}
