package dev.midwrite.controller.history;

import dev.midwrite.check.fleet.AuditTrailCheck;
import dev.midwrite.check.fleet.AuditTrailCheck.Trail;
import dev.midwrite.check.fleet.SessionTrail;
import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the nodes' journals as audit trails: the application's own writes, as {@code session.set} recorded them, against
 * the writes that users were told of. Linear in both, but for sorting within a session.
 *
 * <p>Left out are writes answered by a node that was not recording when they began, or whose start has journaled no write
 * at all; absence from such a journal proves nothing. An entry's time is on the users' clock.
 */
final class AuditTrails {
    private final JournalIndex journals;
    private final List<String> nodes;
    private final Map<String, List<JournalSpan>> spans = new HashMap<>();

    private AuditTrails(JournalIndex journals, List<String> nodes) {
        this.journals = journals;
        this.nodes = nodes;
        journals.spans()
                .forEach(span -> spans.computeIfAbsent(span.node(), node -> new ArrayList<>())
                        .add(span));
    }

    /** @param nodes names by number */
    static List<SessionTrail> of(List<UserOperation> operations, JournalIndex journals, List<String> nodes) {
        AuditTrails trails = new AuditTrails(journals, nodes);
        Map<Long, List<UserOperation>> sessions = new LinkedHashMap<>();
        for (UserOperation operation : operations) {
            if (acknowledged(operation) && trails.recorded(operation)) {
                sessions.computeIfAbsent(operation.session(), session -> new ArrayList<>())
                        .add(operation);
            }
        }
        return sessions.entrySet().stream()
                .map(session -> trails.of(session.getKey(), session.getValue()))
                .toList();
    }

    private static boolean acknowledged(UserOperation operation) {
        return operation.outcome() == Outcome.OK
                && !operation.is(UserOperation.ABSENT)
                && Passage.named(operation.value())
                && (operation.kind() == OperationKind.WRITE
                        || operation.kind() == OperationKind.WRITE_GROUP
                        || operation.kind() == OperationKind.UPDATE);
    }

    private boolean recorded(UserOperation operation) {
        List<JournalSpan> own = spans.getOrDefault(node(operation), List.of());
        // A start that has journaled no write may be another build, which keeps its sessions elsewhere.
        return own.stream().anyMatch(span -> span.writes() > 0 && span.covers(operation.invoked()));
    }

    private String node(UserOperation operation) {
        return NodeNames.of(operation, nodes);
    }

    private SessionTrail of(long session, List<UserOperation> writes) {
        Map<Long, List<Entry>> byStart = new LinkedHashMap<>();
        Map<Long, Long> times = new HashMap<>();
        Set<String> served = new LinkedHashSet<>();
        long error = 0;
        for (UserOperation write : writes) {
            served.add(node(write));
            for (Entry entry : once(journals.ofWrite(write.value()))) {
                served.add(entry.node());
                times.merge(write.value(), entry.at(), Math::min);
                error = Math.max(error, entry.error());
                byStart.computeIfAbsent(entry.incarnation(), start -> new ArrayList<>())
                        .add(entry);
            }
        }
        List<Trail> trails = new ArrayList<>();
        for (String node : served) {
            for (JournalSpan span : spans.getOrDefault(node, List.of())) {
                trails.add(
                        new Trail(node, span.complete(), entries(byStart.getOrDefault(span.incarnation(), List.of()))));
            }
        }
        boolean measured = error < Long.MAX_VALUE;
        return new SessionTrail(
                session, inOrder(writes, times, measured), trails, measured ? 2 * error : Long.MAX_VALUE / 2);
    }

    /**
     * A write stands in the trail once for each time a request that makes it was served: a group sets several attributes,
     * and some applications set one again so that it is saved. What no request is named for stands there once.
     */
    private List<Entry> once(List<Entry> ofWrite) {
        List<Entry> sets = new ArrayList<>();
        Set<Serving> servings = new HashSet<>();
        for (Entry entry : ofWrite) {
            if (Passage.set(entry) && servings.add(serving(entry))) {
                sets.add(entry);
            }
        }
        return sets;
    }

    /** One time at which one start of a node served a request. */
    private record Serving(long incarnation, long request, long number) {}

    private Serving serving(Entry set) {
        long begun = journals.ofRequest(set.event().request()).stream()
                .filter(entry -> entry.incarnation() == set.incarnation()
                        && Passage.requestBegins(entry)
                        && entry.event().seq() < set.event().seq())
                .count();
        return new Serving(set.incarnation(), set.event().request(), begun);
    }

    private static List<AuditTrailCheck.Entry> entries(Collection<Entry> sets) {
        return sets.stream()
                .sorted(Comparator.comparingLong(entry -> entry.event().seq()))
                .map(entry -> new AuditTrailCheck.Entry(
                        entry.event().writeId(), entry.at(), entry.event().monoNanos()))
                .toList();
    }

    /** Writes that followed each other are in the order of their versions; which of two at a time came first, nobody knows. */
    private static List<Long> inOrder(List<UserOperation> writes, Map<Long, Long> times, boolean measured) {
        List<UserOperation> sorted = new ArrayList<>(writes);
        sorted.sort(Comparator.comparingLong(UserOperation::invoked));
        boolean ordered = measured;
        long returned = Long.MIN_VALUE;
        for (UserOperation write : sorted) {
            ordered &= returned < write.invoked();
            returned = Math.max(returned, write.returned());
        }
        if (!ordered) {
            sorted.sort(Comparator.comparingLong(write -> times.getOrDefault(write.value(), Long.MAX_VALUE)));
        }
        Set<Long> once = new HashSet<>();
        return sorted.stream().map(UserOperation::value).filter(once::add).toList();
    }
}
