package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store was asked in one operation after the other, as journals of a run tell: of what users do to a session, which
 * commands it takes, and in which order. Immutable.
 */
public final class OperationSteps {
    private final Map<SessionOperation, Map<List<String>, Integer>> sequences = new HashMap<>();

    /**
     * The commands of most operations of a kind.
     *
     * @param commands in their order; empty where the store's commands are not watched
     * @param times how many operations took these
     * @param of how many there were
     */
    public record Sequence(List<String> commands, int times, int of) {
        public Sequence {
            commands = List.copyOf(commands);
        }
    }

    private record Scope(long incarnation, long scope) {}

    OperationSteps(JournalIndex journals) {
        journals.requests().forEach(request -> add(journals.ofRequest(request)));
    }

    /** Of operations that succeeded; empty if there was none. */
    public Optional<Sequence> of(SessionOperation operation) {
        Map<List<String>, Integer> seen = sequences.getOrDefault(operation, Map.of());
        int of = seen.values().stream().mapToInt(Integer::intValue).sum();
        return seen.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<List<String>, Integer> sequence) -> sequence.getValue())
                        .thenComparing(sequence -> String.join(" ", sequence.getKey())))
                .map(most -> new Sequence(most.getKey(), most.getValue(), of));
    }

    private void add(List<Entry> request) {
        boolean made = request.stream().anyMatch(Passage::made);
        boolean renamed = request.stream().anyMatch(Passage::renamed);
        boolean changed = request.stream().anyMatch(Passage::changed);
        boolean first = true;
        for (List<Entry> scope : scopes(request)) {
            PointKind kind = scope.get(0).kind();
            if (kind == PointKind.SESSION_DELETE) {
                count(SessionOperation.DELETE, scope);
            } else if (made) {
                // What a request saves of its new session after the first time is neither a creation nor a change of an
                // old one.
                if (first) {
                    count(SessionOperation.CREATE, scope);
                }
                first = false;
            } else if (renamed) {
                count(SessionOperation.RENAME, scope);
            } else if (changed) {
                count(SessionOperation.SAVE, scope);
            }
        }
    }

    private static Collection<List<Entry>> scopes(List<Entry> request) {
        Map<Scope, TreeMap<Long, Entry>> scopes = new LinkedHashMap<>();
        request.stream()
                .filter(entry -> Passage.ofSave(entry) || Passage.ofDelete(entry))
                .forEach(entry -> scopes.computeIfAbsent(
                                new Scope(entry.incarnation(), entry.event().scope()), scope -> new TreeMap<>())
                        .put(entry.event().seq(), entry));
        return scopes.values().stream()
                .<List<Entry>>map(scope -> new ArrayList<>(scope.values()))
                .toList();
    }

    private void count(SessionOperation operation, List<Entry> scope) {
        EventRecord last = scope.get(scope.size() - 1).event();
        if (last.edge() == Edge.AFTER && last.outcome() == Outcome.OK.code()) {
            List<String> commands = scope.stream()
                    .filter(entry -> entry.event().edge() == Edge.STEP)
                    .map(Entry::text)
                    .toList();
            sequences.computeIfAbsent(operation, any -> new HashMap<>()).merge(commands, 1, Integer::sum);
        }
    }
}
