package dev.midwrite.controller.sweep;

import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Precedence;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The rows of a sweep, and what broke beside the sessions that were hit.
 *
 * @param elsewhere hard findings about other sessions: of requests that were under way on a node when it died, or of all that
 *     it held
 * @param run what decides of the verdicts of its runs
 * @param reports of its runs
 */
public record SweepResult(
        SweptFault fault, List<SweepRow> rows, List<Violation> elsewhere, Verdict run, List<Path> reports) {
    public SweepResult {
        rows = List.copyOf(rows);
        elsewhere = List.copyOf(elsewhere);
        reports = List.copyOf(reports);
    }

    /** @param positions by the numbers of their rows, in the order of the drill's injections, which are counted from 1 */
    static SweepResult of(SweptFault fault, SortedMap<Integer, Position> positions, SweepRuns.Swept swept) {
        History history = swept.history();
        List<SweepRow> rows = new ArrayList<>();
        RowFindings findings = new RowFindings(history);
        for (Map.Entry<Integer, Position> position : positions.entrySet()) {
            Optional<Entry> hit = hit(history, rows.size() + 1);
            Survival survival = Survival.of(history.operations(), hit);
            List<Violation> broken = findings.about(violation -> hit.isPresent() && survival.concerns(violation));
            rows.add(new SweepRow(position.getKey(), position.getValue(), hit.isPresent(), survival.words(), broken));
        }
        return new SweepResult(
                fault,
                rows,
                findings.elsewhere(),
                swept.result().judgement().verdict(),
                List.of(swept.result().files().html()));
    }

    /** Of all runs, of which there is one at least, as if they had been one. */
    static SweepResult of(List<SweepResult> runs) {
        return new SweepResult(
                runs.get(0).fault(),
                runs.stream().flatMap(part -> part.rows().stream()).toList(),
                runs.stream().flatMap(part -> part.elsewhere().stream()).toList(),
                Precedence.of(runs.stream().map(SweepResult::run).collect(Collectors.toSet())),
                runs.stream().flatMap(part -> part.reports().stream()).toList());
    }

    private static Optional<Entry> hit(History history, int injection) {
        return history.journals().faults().stream()
                .filter(entry -> entry.event().injection() == injection)
                .findFirst();
    }

    public Verdict verdict() {
        return RowFindings.verdict(
                !elsewhere.isEmpty() || rows.stream().anyMatch(SweepRow::broke),
                rows.stream().allMatch(SweepRow::reached),
                run);
    }
}
