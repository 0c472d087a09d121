package dev.midwrite.controller.sweep;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The rows of a sweep of pairs, and what broke beside their sessions.
 *
 * @param elsewhere hard findings about sessions that no row is about
 */
public record PairResult(List<PairRow> rows, List<Violation> elsewhere, Judgement judgement) {
    public PairResult {
        rows = List.copyOf(rows);
        elsewhere = List.copyOf(elsewhere);
    }

    /** @param pairs by the numbers of their rows, in the order of the drill's injections */
    static PairResult of(SortedMap<Integer, Pair> pairs, History history, Judgement judgement) {
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
        return new PairResult(rows, findings.elsewhere(), judgement);
    }

    /** Of the attempts to let two operations meet most come to nothing, for which the run is vacuous; its rows say what was tested. */
    public Verdict verdict() {
        Verdict run = Stream.concat(Stream.of(judgement.verdict()), judgement.besides().stream())
                .filter(verdict -> verdict != Verdict.VACUOUS)
                .findFirst()
                .orElse(Verdict.PASS);
        return RowFindings.verdict(
                !elsewhere.isEmpty() || rows.stream().anyMatch(PairRow::broke),
                rows.stream().allMatch(PairRow::reached),
                run);
    }
}
