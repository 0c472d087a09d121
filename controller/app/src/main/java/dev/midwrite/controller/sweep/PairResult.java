package dev.midwrite.controller.sweep;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
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

    /** Both operations of a pair, as they were held up. */
    private record Meeting(Entry first, Entry second) {}

    /** @param pairs by the numbers of their rows, in the order of the drill's injections */
    static PairResult of(SortedMap<Integer, Pair> pairs, History history, Judgement judgement) {
        List<PairRow> rows = new ArrayList<>();
        RowFindings findings = new RowFindings(history);
        for (Map.Entry<Integer, Pair> pair : pairs.entrySet()) {
            Optional<Meeting> meeting = meeting(history, rows.size());
            long over = meeting.map(both -> over(history, both)).orElse(0L);
            Survival first = Survival.of(history.operations(), meeting.map(Meeting::first), over);
            Survival second = Survival.of(history.operations(), meeting.map(Meeting::second), over);
            List<Violation> broken = findings.about(
                    violation -> meeting.isPresent() && (first.concerns(violation) || second.concerns(violation)));
            rows.add(new PairRow(
                    pair.getKey(), pair.getValue(), meeting.isPresent(), first.words(), second.words(), broken));
        }
        return new PairResult(rows, findings.elsewhere(), judgement);
    }

    /** The first that was held up, and one of the same session that came while it was; on another node if there is one. */
    private static Optional<Meeting> meeting(History history, int pair) {
        long held = TimeUnit.MILLISECONDS.toNanos(PairCourse.FIRST_MILLIS);
        return faults(history, PairCourse.firstOf(pair)).stream()
                .flatMap(first -> faults(history, PairCourse.secondOf(pair)).stream()
                        .filter(second -> sameSession(history, first, second)
                                && second.at() >= first.at()
                                && second.at() < first.at() + held)
                        .map(second -> new Meeting(first, second)))
                .min(Comparator.comparing(meeting ->
                        meeting.first().node().equals(meeting.second().node())));
    }

    private static List<Entry> faults(History history, Set<Integer> injections) {
        return history.journals().faults().stream()
                .filter(entry -> injections.contains(entry.event().injection()))
                .toList();
    }

    /** When both had been answered: what users saw before says nothing of what is left. */
    private static long over(History history, Meeting both) {
        Set<Long> requests =
                Set.of(both.first().event().request(), both.second().event().request());
        return history.operations().stream()
                .filter(operation ->
                        requests.contains(operation.request()) && operation.returned() != UserOperation.NEVER)
                .mapToLong(UserOperation::returned)
                .max()
                .orElse(0);
    }

    private static boolean sameSession(History history, Entry first, Entry second) {
        long session = Survival.of(history.operations(), Optional.of(first)).session();
        return session != 0
                && session
                        == Survival.of(history.operations(), Optional.of(second))
                                .session();
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
