package dev.midwrite.controller.sweep;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The rows of a sweep, and what broke beside the sessions that were hit.
 *
 * @param elsewhere hard findings about other sessions: of requests that were under way on a node when it died, or of all that
 *     it held
 */
public record SweepResult(SweptFault fault, List<SweepRow> rows, List<Violation> elsewhere, Judgement judgement) {
    public SweepResult {
        rows = List.copyOf(rows);
        elsewhere = List.copyOf(elsewhere);
    }

    /** @param positions by the numbers of their rows, in the order of the drill's injections, which are counted from 1 */
    static SweepResult of(
            SweptFault fault, SortedMap<Integer, Position> positions, History history, Judgement judgement) {
        List<SweepRow> rows = new ArrayList<>();
        // All of them: a row whose finding is one of many alike must not look sound.
        List<Violation> violations = Judge.violations(history.trial(), history.operations(), history.explanations());
        Set<Violation> placed = new HashSet<>();
        for (Map.Entry<Integer, Position> position : positions.entrySet()) {
            Optional<Entry> hit = hit(history, rows.size() + 1);
            Survival survival = Survival.of(history.operations(), hit);
            List<Violation> broken = violations.stream()
                    .filter(violation -> hit.isPresent() && survival.concerns(violation))
                    .toList();
            placed.addAll(broken);
            rows.add(new SweepRow(position.getKey(), position.getValue(), hit.isPresent(), survival.words(), broken));
        }
        List<Violation> elsewhere = violations.stream()
                .filter(violation -> violation.severity() == Severity.HARD && !placed.contains(violation))
                .toList();
        return new SweepResult(fault, rows, elsewhere, judgement);
    }

    private static Optional<Entry> hit(History history, int injection) {
        return history.journals().faults().stream()
                .filter(entry -> entry.event().injection() == injection)
                .findFirst();
    }

    /** A hard finding is a fail wherever it is; a position that was not reached was not looked at. */
    public Verdict verdict() {
        if (!elsewhere.isEmpty() || rows.stream().anyMatch(SweepRow::broke)) {
            return Verdict.FAIL;
        }
        if (rows.stream().anyMatch(row -> !row.reached())) {
            return Verdict.VACUOUS;
        }
        return judgement.verdict();
    }
}
