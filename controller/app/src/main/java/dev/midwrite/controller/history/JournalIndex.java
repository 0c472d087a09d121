package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.serve.EventFile;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes' journals say about a request, a write, an injection. Immutable once read. */
public final class JournalIndex {
    private final Map<Long, List<Entry>> byRequest = new HashMap<>();
    private final Map<Long, List<Entry>> byWrite = new HashMap<>();
    private final List<Entry> faults = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private boolean complete = true;
    private long records;

    private JournalIndex() {}

    /**
     * One record with its names.
     *
     * @param point name of its point; empty for none
     * @param at nanoseconds on the users' clock, by the middle of the clock interval; {@code error} its half-width, or
     *     {@link Long#MAX_VALUE} if the node's clock was never measured
     */
    public record Entry(String node, long incarnation, EventRecord event, String point, long at, long error) {

        /** The payload as text, such as the command of a step; empty if there is none. */
        public String text() {
            return new String(event.payload(), StandardCharsets.UTF_8);
        }
    }

    static JournalIndex read(Bundle bundle, RunFacts facts) {
        JournalIndex index = new JournalIndex();
        for (JournalFacts journal : facts.journals()) {
            index.add(bundle.journal(journal.node(), journal.incarnation()), journal, facts);
        }
        return index;
    }

    private void add(Path file, JournalFacts journal, RunFacts facts) {
        complete &= journal.complete();
        if (!Files.exists(file) && journal.records() == 0) {
            return;
        }
        NodeTime time = NodeTime.of(journal, facts);
        Map<Integer, String> names = new HashMap<>();
        EventFile.End end;
        try {
            end = EventFile.read(file, event -> add(journal, event, names, time));
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        records += end.nextSeq();
        if (end.nextSeq() < journal.records()) {
            complete = false;
            broken.add("The journal " + file.getParent().getFileName() + "/" + file.getFileName() + " had "
                    + journal.records() + " records when the run ended and now has " + end.nextSeq() + " good ones"
                    + (end.damage().isEmpty() ? "." : ": " + end.damage() + "."));
        }
    }

    private void add(JournalFacts journal, EventRecord event, Map<Integer, String> names, NodeTime time) {
        if (event.type() == EventType.NAME) {
            names.put(event.point(), new String(event.payload(), StandardCharsets.UTF_8));
            return;
        }
        // What belongs to no request and is no fault explains nothing; most of it is the host's own traffic.
        if (event.request() == 0 && event.type() != EventType.FAULT && event.writeId() == 0) {
            return;
        }
        Entry entry = new Entry(
                journal.node(),
                journal.incarnation(),
                event,
                names.getOrDefault(event.point(), ""),
                time.at(event.monoNanos()),
                time.error());
        byRequest.computeIfAbsent(event.request(), request -> new ArrayList<>()).add(entry);
        if (event.writeId() != 0) {
            byWrite.computeIfAbsent(event.writeId(), write -> new ArrayList<>()).add(entry);
        }
        if (event.type() == EventType.FAULT) {
            faults.add(entry);
        }
    }

    /** In the order of nodes, incarnations and sequence numbers. */
    public List<Entry> ofRequest(long request) {
        return request == 0 ? List.of() : List.copyOf(byRequest.getOrDefault(request, List.of()));
    }

    public List<Entry> ofWrite(long writeId) {
        return List.copyOf(byWrite.getOrDefault(writeId, List.of()));
    }

    /** FAULT records. */
    public List<Entry> faults() {
        return List.copyOf(faults);
    }

    /** The command of the step that a fault struck, such as {@code HMSET}; empty if it struck none. */
    public String commandOf(Entry fault) {
        if (fault.event().step() == 0) {
            return "";
        }
        return ofRequest(fault.event().request()).stream()
                .filter(entry -> entry.incarnation() == fault.incarnation()
                        && entry.event().scope() == fault.event().scope()
                        && entry.event().step() == fault.event().step()
                        && entry.event().type() == EventType.OPERATION
                        && !entry.text().isEmpty())
                .map(Entry::text)
                .findFirst()
                .orElse("");
    }

    /** How many records of all nodes were read. */
    public long records() {
        return records;
    }

    /** All journals are complete: only then does absence from them prove anything. */
    public boolean complete() {
        return complete;
    }

    /** Sentences about journals that lost something since the run. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** From one incarnation's clock to the users'. */
    private record NodeTime(long offset, long error) {

        static NodeTime of(JournalFacts journal, RunFacts facts) {
            Optional<ClockFacts> clock = facts.clocks().stream()
                    .filter(each -> each.incarnation() == journal.incarnation())
                    .findFirst();
            // On one machine all processes share the monotonic clock, so no measurement still means no offset.
            return clock.map(each -> new NodeTime(
                            facts.originNanos() + each.lower() + (each.upper() - each.lower()) / 2,
                            (each.upper() - each.lower() + 1) / 2))
                    .orElseGet(() -> new NodeTime(facts.originNanos(), Long.MAX_VALUE));
        }

        long at(long nodeNanos) {
            return nodeNanos - offset;
        }
    }
}
