package dev.midwrite.controller.sweep;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.judge.Precedence;
import dev.midwrite.controller.history.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a sweep of pairs, and what broke beside their sessions.
 *
 * @param elsewhere hard findings about sessions that no row is about
 * @param run what decides of the verdicts of its runs; of the attempts to let two operations meet most come to nothing, for which
 *     a run is vacuous, which is left aside as the rows say what was tested
 * @param reports of its runs
 */
public record PairResult(List<PairRow> rows, List<Violation> elsewhere, Verdict run, List<Path> reports) {
    public PairResult {
        rows = List.copyOf(rows);
        elsewhere = List.copyOf(elsewhere);
        reports = List.copyOf(reports);
    }

    /** @param pairs by the numbers of their rows, in the order of the drill's injections */
    static PairResult of(SortedMap<Integer, Pair> pairs, SweepRuns.Swept swept) {
        History history = swept.history();
        List<PairRow> rows = new ArrayList<>();
        RowFindings findings = new RowFindings(history);
        for (Map.Entry<Integer, Pair> pair : pairs.entrySet()) {
            int place = rows.size();
            Optional<PairMeeting> meeting = PairMeeting.of(
                    history.operations(),
                    history.journals().faults(),
                    PairCourse.firstOf(place),
                    PairCourse.secondOf(place));
            long over = meeting.map(PairMeeting::over).orElse(0L);
            Survival first = Survival.of(history.operations(), meeting.map(PairMeeting::first), over);
            Survival second = Survival.of(history.operations(), meeting.map(PairMeeting::second), over);
            List<Violation> broken = findings.about(
                    violation -> meeting.isPresent() && (first.concerns(violation) || second.concerns(violation)));
            rows.add(new PairRow(
                    pair.getKey(), pair.getValue(), meeting.isPresent(), first.words(), second.words(), broken));
        }
        return new PairResult(
                rows,
                findings.elsewhere(),
                tested(swept.result().judgement()),
                List.of(swept.result().files().html()));
    }

    /** Of all runs, as if they had been one. */
    static PairResult of(List<PairResult> runs) {
        return new PairResult(
                runs.stream().flatMap(part -> part.rows().stream()).toList(),
                runs.stream().flatMap(part -> part.elsewhere().stream()).toList(),
                Precedence.of(runs.stream().map(PairResult::run).collect(Collectors.toSet())),
                runs.stream().flatMap(part -> part.reports().stream()).toList());
    }

    private static Verdict tested(Judgement judgement) {
        return Stream.concat(Stream.of(judgement.verdict()), judgement.besides().stream())
                .filter(verdict -> verdict != Verdict.VACUOUS)
                .findFirst()
                .orElse(Verdict.PASS);
    }

    public Verdict verdict() {
        return RowFindings.verdict(
                !elsewhere.isEmpty() || rows.stream().anyMatch(PairRow::broke),
                rows.stream().allMatch(PairRow::reached),
                run);
    }
}
