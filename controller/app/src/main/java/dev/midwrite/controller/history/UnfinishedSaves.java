package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Saves that a node began and did not end: because it ended itself, as a crash that one of them asked for cuts off whatever else is
 * under way, because it still runs, or because it gave the save up, as a reactive one is when its client goes away.
 */
final class UnfinishedSaves {
    private final Map<Long, List<Entry>> bySession = new LinkedHashMap<>();
    private final Map<Long, Entry> givenUp = new LinkedHashMap<>();

    private record Save(long incarnation, long scope) {}

    /** @param entries of each node in the order of its journal */
    UnfinishedSaves(Stream<Entry> entries) {
        Map<Save, List<Entry>> open = new LinkedHashMap<>();
        entries.filter(Passage::ofSave).forEach(entry -> {
            Save save = new Save(entry.incarnation(), entry.event().scope());
            if (entry.event().edge() == Edge.AFTER) {
                open.remove(save);
                end(entry);
            } else {
                open.computeIfAbsent(save, began -> new ArrayList<>()).add(entry);
            }
        });
        open.values().forEach(save -> bySession.put(save.get(0).event().session(), save));
    }

    /** A save that went through later makes up for one that did not. */
    private void end(Entry after) {
        if (after.event().outcome() == Outcome.INFO.code()) {
            givenUp.put(after.event().session(), after);
        } else if (after.event().outcome() == Outcome.OK.code()) {
            givenUp.remove(after.event().session());
        }
    }

    /**
     * Those of nodes that still run, each a sentence, by session.
     *
     * @param ended incarnations whose processes have ended
     */
    Map<Long, String> underWay(Set<Long> ended) {
        Map<Long, String> sentences = new LinkedHashMap<>();
        bySession.forEach((session, save) -> {
            if (!ended.contains(save.get(0).incarnation())) {
                sentences.put(
                        session,
                        save.get(0).node()
                                + " ran on and had not ended the save of a session when the store was read.");
            }
        });
        return sentences;
    }

    /** What is known of the last such save of the session with this keyed hash of its id; empty if there is none. */
    String of(long idHash) {
        List<Entry> save = bySession.getOrDefault(idHash, List.of());
        if (save.isEmpty()) {
            return Optional.ofNullable(givenUp.get(idHash))
                    .map(end -> end.node() + " gave up a save of this session before its end (journal record "
                            + end.event().seq() + "): who had asked for it was gone, or it was held or left out.")
                    .orElse("");
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
