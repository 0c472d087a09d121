package dev.midwrite.controller.storm;

import dev.midwrite.check.Verdict;
import dev.midwrite.check.judge.Precedence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What storms have shown.
 *
 * @param drill name of the one that they went over
 * @param rows in the order in which they ran; one of number 0 only if something failed without any fault
 * @param failure of the last one, if it failed
 */
public record StormResult(String drill, StormPlan plan, List<StormRow> rows, Optional<StormFailure> failure) {
    public StormResult {
        rows = List.copyOf(rows);
    }

    /** Pass only if all did. */
    public Verdict verdict() {
        return Precedence.of(rows.stream().map(row -> row.outcome().verdict()).collect(Collectors.toSet()));
    }
}
