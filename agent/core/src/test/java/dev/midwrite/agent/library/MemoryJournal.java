package dev.midwrite.agent.library;

import dev.midwrite.agent.journal.Journal;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps records; can be made to refuse them, or to fail as only a mistake of ours would. */
public final class MemoryJournal implements Journal {
    public final List<EventRecord> records = new CopyOnWriteArrayList<>();
    public boolean full;
    public boolean broken;
    private final List<String> names = new ArrayList<>();

    @Override
    public synchronized long append(
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
        if (broken) {
            throw new IllegalStateException("a mistake of ours");
        }
        if (full) {
            return -1;
        }
        records.add(new EventRecord(
                type,
                records.size(),
                0,
                session,
                scope,
                request,
                writeId,
                digest,
                point,
                edge,
                outcome,
                step,
                injection,
                peer,
                payload));
        return records.size() - 1L;
    }

    @Override
    public synchronized int name(String name, PointKind kind) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name) + 1;
    }

    public synchronized String pointOf(EventRecord record) {
        return names.get(record.point() - 1);
    }

    /** The other node of this record, as host:port; empty for none. */
    public synchronized String peerOf(EventRecord record) {
        return record.peer() == 0 ? "" : names.get(record.peer() - 1);
    }
}
