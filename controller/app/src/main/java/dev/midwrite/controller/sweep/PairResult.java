package dev.midwrite.controller.sweep;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

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

    /** Both operations of a pair, as they were held up. */
    private record Meeting(Entry first, Entry second) {}

    /** @param pairs by the numbers of their rows, in the order of the drill's injections, of which each has two */
    static PairResult of(SortedMap<Integer, Pair> pairs, History history, Judgement judgement) {
        List<PairRow> rows = new ArrayList<>();
        RowFindings findings = new RowFindings(history);
        for (Map.Entry<Integer, Pair> pair : pairs.entrySet()) {
            Optional<Meeting> meeting = meeting(history, 2 * rows.size() + 1);
            Survival first = Survival.of(history.operations(), meeting.map(Meeting::first));
            Survival second = Survival.of(history.operations(), meeting.map(Meeting::second));
            List<Violation> broken = findings.about(
                    violation -> meeting.isPresent() && (first.concerns(violation) || second.concerns(violation)));
            rows.add(new PairRow(
                    pair.getKey(), pair.getValue(), meeting.isPresent(), first.words(), second.words(), broken));
        }
        return new PairResult(rows, findings.elsewhere(), judgement);
    }

    /** The first that was held up, and one of the same session that came while it was. */
    private static Optional<Meeting> meeting(History history, int injection) {
        long held = TimeUnit.SECONDS.toNanos(PairCourse.FIRST_SECONDS);
        return faults(history, injection).stream()
                .flatMap(first -> faults(history, injection + 1).stream()
                        .filter(second -> sameSession(history, first, second)
                                && second.at() >= first.at()
                                && second.at() < first.at() + held)
                        .map(second -> new Meeting(first, second)))
                .findFirst();
    }

    private static List<Entry> faults(History history, int injection) {
        return history.journals().faults().stream()
                .filter(entry -> entry.event().injection() == injection)
                .toList();
    }

    private static boolean sameSession(History history, Entry first, Entry second) {
        long session = Survival.of(history.operations(), Optional.of(first)).session();
        return session != 0
                && session
                        == Survival.of(history.operations(), Optional.of(second))
                                .session();
    }

    public Verdict verdict() {
        return RowFindings.verdict(
                !elsewhere.isEmpty() || rows.stream().anyMatch(PairRow::broke),
                rows.stream().allMatch(PairRow::reached),
                judgement.verdict());
    }
}
