package dev.midwrite.agent.meter;

import dev.midwrite.agent.journal.Journal;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.util.Arrays;

/** Counts operations on their way into a journal. Thread-safe. */
final class CountingJournal implements Journal {
    private final Journal journal;
    private final OperationCounts counts;
    /** By the point's number; replaced, never changed. */
    private volatile PointKind[] numbered = {};

    CountingJournal(Journal journal, OperationCounts counts) {
        this.journal = journal;
        this.counts = counts;
    }

    @Override
    @SuppressWarnings("TooManyParameters")
    public long append(
            EventType type,
            long session,
            long scope,
            long request,
            long writeId,
            long digest,
            int point,
            Edge edge,
            int outcome,
            int step,
            int injection,
            int peer,
            byte[] payload) {
        if (type == EventType.OPERATION) {
            PointKind[] known = numbered;
            counts.edge(point < known.length ? known[point] : PointKind.NONE, edge, outcome);
        }
        return journal.append(
                type, session, scope, request, writeId, digest, point, edge, outcome, step, injection, peer, payload);
    }

    @Override
    public int name(String name, PointKind kind) {
        int number = journal.name(name, kind);
        if (kind != PointKind.NONE && (number >= numbered.length || numbered[number] == PointKind.NONE)) {
            remember(number, kind);
        }
        return number;
    }

    private synchronized void remember(int number, PointKind kind) {
        PointKind[] old = numbered;
        PointKind[] next = Arrays.copyOf(old, Math.max(old.length, number + 1));
        Arrays.fill(next, old.length, next.length, PointKind.NONE);
        next[number] = kind;
        numbered = next;
    }
}
