package dev.midwrite.controller.history;

import dev.midwrite.controller.history.JournalIndex.Entry;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Goes through the journal of one start of a node: gives records their names and times, and sums up what it covers. */
final class JournalScan {
    private static final String RECORDING = "midwrite.recording";

    private final JournalFacts journal;
    private final NodeTime time;
    private final JournalIndex index;
    private final Map<Integer, Name> names = new HashMap<>();
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private boolean interrupted;
    private boolean ending;
    private long writes;
    private long saves;
    private long saveSteps;

    /** @param index takes what is found */
    JournalScan(JournalFacts journal, RunFacts facts, JournalIndex index) {
        this.journal = journal;
        this.time = NodeTime.of(journal, facts);
        this.index = index;
    }

    /** What a number stands for: a point of a kind, or another node's address. */
    private record Name(String text, PointKind kind) {
        private static final Name NONE = new Name("", PointKind.NONE);
    }

    /** The next record. */
    void add(EventRecord event) {
        if (event.type() == EventType.NAME) {
            Name name = new Name(text(event), PointKind.of(event.outcome()));
            names.put(event.point(), name);
            index.named(name.text(), name.kind());
            return;
        }
        if (time.latest(event.monoNanos()) < 0) {
            // Of an earlier run: a node that runs elsewhere goes on from one to the next, and so does its journal.
            return;
        }
        Name point = name(event.point());
        covers(event, point);
        switch (event.type()) {
            case LOCATION -> {
                // The store's audit heard of it while the run went on.
            }
            case HELD_BACK -> index.heldBack(journal.node(), event.injection(), text(event));
            default -> add(entry(event, point));
        }
    }

    private Entry entry(EventRecord event, Name point) {
        return new Entry(
                journal.node(),
                journal.incarnation(),
                event,
                point.text(),
                point.kind(),
                event.peer() == 0 ? "" : name(event.peer()).text(),
                time.at(event.monoNanos()),
                time.error(event.monoNanos()));
    }

    private void add(Entry entry) {
        EventRecord event = entry.event();
        if (event.type() != EventType.CONTENT) {
            if (Passage.ofSave(entry)) {
                saves += event.edge() == Edge.BEFORE && !ending ? 1 : 0;
                saveSteps += Passage.asksStore(entry) ? 1 : 0;
            }
            writes += Passage.named(event.writeId()) && Passage.set(entry) ? 1 : 0;
        }
        index.add(entry);
    }

    private void covers(EventRecord event, Name point) {
        to = time.latest(event.monoNanos());
        if (event.type() != EventType.LIFECYCLE) {
            return;
        }
        // What a container saves as it ends is no way in which it keeps what requests wrote.
        ending |= point.kind() == PointKind.SHUTDOWN_PHASE;
        if (event.edge() == Edge.BEFORE && point.text().equals(RECORDING)) {
            interrupted |= from != Long.MAX_VALUE;
            from = from == Long.MAX_VALUE ? to : from;
        }
    }

    private Name name(int number) {
        return names.getOrDefault(number, Name.NONE);
    }

    private static String text(EventRecord event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    /** Of a journal that was never there. */
    JournalSpan nothing() {
        return new JournalSpan(journal.node(), journal.incarnation(), false, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, 0);
    }

    /** @param good how many records of it could be read */
    JournalSpan span(long good) {
        return new JournalSpan(
                journal.node(),
                journal.incarnation(),
                journal.complete() && good >= journal.records() && !interrupted,
                from,
                to,
                writes,
                saves,
                saveSteps);
    }
}
