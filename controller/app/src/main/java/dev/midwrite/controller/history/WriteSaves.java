package dev.midwrite.controller.history;

import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * For each acknowledged write: had its node saved the session before the answer began? By the order of records within
 * one journal, so no clocks are compared. O(n log n).
 *
 * <p>Left out are writes of which a journal cannot say: on a node whose container has no point where answers begin, or
 * whose repository none where sessions are saved; a request that was served more than once, ended its session, or lost
 * its save to a fault; a removal without any save, whose value may not have been there. If it was, the next read shows it. So is a
 * value that was set as it had been loaded, as Spring does with the objects of a session whatever became of them.
 */
final class WriteSaves {
    /** Of the statuses of HTTP the first that says that nothing was done. */
    private static final int ERROR = 400;

    private final JournalIndex journals;
    private final List<String> nodes;
    private final Map<Long, JournalSpan> spans = new HashMap<>();
    /** What is known of values, by request. */
    private final Map<Long, List<Entry>> contents = new HashMap<>();

    private WriteSaves(JournalIndex journals, List<String> nodes) {
        this.journals = journals;
        this.nodes = nodes;
        journals.spans().forEach(span -> spans.put(span.incarnation(), span));
        for (Entry content : journals.contents().records()) {
            contents.computeIfAbsent(content.event().request(), request -> new ArrayList<>())
                    .add(content);
        }
    }

    /**
     * One of each acknowledged write that a journal can judge.
     *
     * @param nodes names by number
     * @param foreign the load is somebody else's: then each request that succeeded may have written
     */
    static List<WriteSave> of(
            List<UserOperation> operations, JournalIndex journals, List<String> nodes, boolean foreign) {
        WriteSaves saves = new WriteSaves(journals, nodes);
        return operations.stream()
                .filter(operation -> foreign ? succeeded(operation) : SessionPersistence.acknowledgedWrite(operation))
                .map(saves::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean succeeded(UserOperation operation) {
        return operation.kind() == OperationKind.STEP
                && operation.outcome() == Outcome.OK
                && operation.request() != 0
                && operation.value() < ERROR
                && !operation.is(UserOperation.ABSENT);
    }

    private Optional<WriteSave> of(UserOperation operation) {
        String node = NodeNames.of(operation, nodes);
        List<Entry> entries = journals.ofRequest(operation.request()).stream()
                .filter(entry -> entry.node().equals(node))
                .toList();
        List<Entry> sets = entries.stream()
                .filter(Passage::changed)
                .filter(set -> !isUnchanged(set, entries))
                .toList();
        Optional<Entry> answer =
                entries.stream().filter(Passage::responseBegins).findFirst();
        JournalSpan span = entries.isEmpty() ? null : spans.get(entries.get(0).incarnation());
        if (sets.isEmpty()
                || answer.isEmpty()
                || span == null
                || span.saves() == 0
                || entries.stream().filter(Passage::requestBegins).count() != 1
                || entries.stream().anyMatch(Passage::deletes)) {
            return Optional.empty();
        }
        List<SaveRound> rounds = SaveRound.of(saves(entries, sets), span.saveSteps() > 0);
        WriteSave worst = null;
        for (Entry set : sets) {
            Optional<WriteSave> found = storedAtOnce(set, entries)
                    ? Optional.of(judged(operation, set, answer.get(), SaveRound.of(set), span))
                    : of(operation, set, answer.get(), rounds, span);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            worst = worse(worst, found.get());
        }
        return Optional.ofNullable(worst);
    }

    /** Its request has loaded and sent this attribute, and with the same bytes only. */
    private boolean isUnchanged(Entry set, List<Entry> entries) {
        long name = entries.stream()
                .filter(entry -> Passage.beginsSet(entry)
                        && entry.event().scope() == set.event().scope())
                .mapToLong(entry -> entry.event().digest())
                .findFirst()
                .orElse(0);
        Set<Long> loaded = new HashSet<>();
        Set<Long> sent = new HashSet<>();
        for (Entry content : contents.getOrDefault(set.event().request(), List.of())) {
            Long digest = ContentDigest.read(content.event().payload()).get(name);
            if (digest != null && content.incarnation() == set.incarnation()) {
                (content.event().edge() == Edge.BEFORE ? sent : loaded).add(digest);
            }
        }
        return name != 0 && sent.size() == 1 && sent.equals(loaded);
    }

    private static Optional<WriteSave> of(
            UserOperation operation, Entry set, Entry answer, List<SaveRound> rounds, JournalSpan span) {
        boolean late = set.event().seq() > answer.event().seq();
        Optional<SaveRound> save = rounds.stream()
                .filter(round -> round.begin() > set.event().seq() && !round.failed())
                .findFirst();
        if (save.isEmpty() && operation.kind() == OperationKind.REMOVE) {
            return Optional.empty(); // Of what was not there: a store that looks what has changed has nothing to save.
        }
        if (save.isEmpty()) {
            boolean whole = span.complete();
            Order order = whole ? Order.NEVER_SAVED : Order.UNKNOWN;
            return Optional.of(new WriteSave(operation, span.node(), order, late, 0, ""));
        }
        return save.get().dropped() ? Optional.empty() : Optional.of(judged(operation, set, answer, save.get(), span));
    }

    private static WriteSave judged(
            UserOperation operation, Entry set, Entry answer, SaveRound save, JournalSpan span) {
        if (save.endedBefore(answer.event())) {
            return new WriteSave(operation, span.node(), Order.SAVED_FIRST, false, 0, "");
        }
        boolean late = set.event().seq() > answer.event().seq();
        long gap = Math.max(0, save.endNanos() - answer.event().monoNanos());
        return new WriteSave(operation, span.node(), Order.ANSWERED_FIRST, late, gap, save.thread());
    }

    /** A repository may store each change as it is made: then its commands lie within the change. */
    private static boolean storedAtOnce(Entry set, List<Entry> entries) {
        return entries.stream()
                .anyMatch(entry -> Passage.storedAtOnce(entry)
                        && entry.event().scope() == set.event().scope());
    }

    private static WriteSave worse(WriteSave one, WriteSave other) {
        if (one == null || other.order().ordinal() > one.order().ordinal()) {
            return other;
        }
        return one.order() == other.order() && other.gapNanos() > one.gapNanos() ? other : one;
    }

    /** Edges of saves that may be this request's: its own, and those of its session that no request is named for. */
    private List<Entry> saves(List<Entry> entries, List<Entry> sets) {
        Set<Long> sessions = new HashSet<>();
        sets.forEach(set -> sessions.add(set.event().session()));
        entries.stream()
                .filter(Passage::renamed)
                .forEach(rename -> sessions.add(rename.event().digest()));
        sessions.remove(0L);
        List<Entry> saves =
                new ArrayList<>(entries.stream().filter(Passage::ofSave).toList());
        long incarnation = sets.get(0).incarnation();
        for (long session : sessions) {
            journals.savesOf(session).stream()
                    .filter(save -> save.incarnation() == incarnation)
                    .forEach(saves::add);
        }
        return saves;
    }
}
