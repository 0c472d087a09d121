package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A save from its first record to its last, on whatever threads: a repository that hands the session to another thread
 * and waits has one round, one that returns at once has two, of which only the second stores anything.
 *
 * @param begin sequence number of its first record
 * @param end and of its last
 * @param outcome {@link Outcome#NONE} if it was still under way when the journal ended
 * @param thread that saved, if it was not the request's own; empty otherwise
 * @param steps commands that the store answered
 */
record SaveRound(long begin, long end, long endNanos, Outcome outcome, String thread, int steps) {

    boolean failed() {
        return outcome == Outcome.FAIL;
    }

    /** It had ended by this record of the same journal. */
    boolean endedBefore(EventRecord record) {
        return outcome != Outcome.NONE && end < record.seq();
    }

    /** An injection kept it from the store. */
    boolean dropped() {
        return outcome == Outcome.INFO;
    }

    /** A change that was stored as it was made. */
    static SaveRound of(Entry set) {
        EventRecord event = set.event();
        return new SaveRound(event.seq(), event.seq(), event.monoNanos(), Outcome.OK, "", 1);
    }

    /**
     * The rounds in which something was stored, or was to be; the first to end comes first.
     *
     * @param edges of saves in one journal, in any order; one may be there twice
     * @param withSteps the commands of saves are journaled on this node: then a save without any stored nothing
     */
    static List<SaveRound> of(Collection<Entry> edges, boolean withSteps) {
        Map<Long, Map<Long, EventRecord>> scopes = new LinkedHashMap<>();
        edges.forEach(edge -> scopes.computeIfAbsent(edge.event().scope(), scope -> new TreeMap<>())
                .put(edge.event().seq(), edge.event()));
        List<SaveRound> rounds = new ArrayList<>();
        scopes.values().forEach(scope -> {
            List<SaveRound> all = split(scope.values());
            rounds.addAll(withSteps ? storing(all) : handedOver(all));
        });
        rounds.sort(Comparator.comparingLong(SaveRound::end));
        return rounds;
    }

    private static List<SaveRound> split(Collection<EventRecord> scope) {
        List<SaveRound> rounds = new ArrayList<>();
        List<EventRecord> open = new ArrayList<>();
        int depth = 0;
        for (EventRecord event : scope) {
            open.add(event);
            depth += event.edge() == Edge.BEFORE ? 1 : 0;
            depth -= event.edge() == Edge.AFTER ? 1 : 0;
            if (event.edge() == Edge.AFTER && depth <= 0) {
                rounds.add(round(open));
                open.clear();
                depth = 0;
            }
        }
        if (!open.isEmpty()) {
            rounds.add(round(open));
        }
        return rounds;
    }

    private static SaveRound round(List<EventRecord> events) {
        EventRecord last = events.get(events.size() - 1);
        String thread = "";
        int steps = 0;
        for (EventRecord event : events) {
            if (event.edge() == Edge.BEFORE && event.payload().length > 0) {
                thread = new String(event.payload(), StandardCharsets.UTF_8);
            }
            steps += event.edge() == Edge.STEP && event.outcome() == Outcome.OK.code() ? 1 : 0;
        }
        // Without its end the save is still under way: the journal ends here.
        Outcome outcome = last.edge() == Edge.AFTER ? Outcome.of(last.outcome()) : Outcome.NONE;
        return new SaveRound(events.get(0).seq(), last.seq(), last.monoNanos(), outcome, thread, steps);
    }

    private static List<SaveRound> storing(List<SaveRound> rounds) {
        return rounds.stream()
                .filter(round -> round.steps() > 0 || round.dropped())
                .toList();
    }

    /** Where steps do not tell, the other thread's round is the one that stores. */
    private static List<SaveRound> handedOver(List<SaveRound> rounds) {
        List<SaveRound> storing = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            boolean handedOn = rounds.get(i).thread().isEmpty()
                    && i + 1 < rounds.size()
                    && !rounds.get(i + 1).thread().isEmpty();
            if (!handedOn) {
                storing.add(rounds.get(i));
            }
        }
        return storing;
    }
}
