package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Saves that a node began and did not end, because it ended itself: a crash that one of them asked for cuts off whatever
 * else is under way.
 */
final class UnfinishedSaves {
    private final Map<Long, List<Entry>> bySession = new LinkedHashMap<>();

    private record Save(long incarnation, long scope) {}

    /** @param entries of each node in the order of its journal */
    UnfinishedSaves(Stream<Entry> entries) {
        Map<Save, List<Entry>> open = new LinkedHashMap<>();
        entries.filter(Passage::ofSave).forEach(entry -> {
            Save save = new Save(entry.incarnation(), entry.event().scope());
            if (entry.event().edge() == Edge.AFTER) {
                open.remove(save);
            } else {
                open.computeIfAbsent(save, began -> new ArrayList<>()).add(entry);
            }
        });
        open.values().forEach(save -> bySession.put(save.get(0).event().session(), save));
    }

    /** What is known of the last such save of the session with this keyed hash of its id; empty if there is none. */
    String of(long idHash) {
        List<Entry> save = bySession.getOrDefault(idHash, List.of());
        if (save.isEmpty()) {
            return "";
        }
        List<String> answered = save.stream()
                .filter(entry ->
                        entry.event().edge() == Edge.STEP && entry.event().outcome() == Outcome.OK.code())
                .map(Entry::text)
                .filter(command -> !command.isEmpty())
                .toList();
        Entry last = save.get(save.size() - 1);
        return last.node() + " began to save this session and did not end: the store had answered "
                + (answered.isEmpty() ? "no command" : String.join(", ", answered)) + " (up to journal record "
                + last.event().seq() + ").";
    }
}
