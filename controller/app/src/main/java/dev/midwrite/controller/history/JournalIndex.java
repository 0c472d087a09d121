package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.serve.EventFile;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.PointKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the nodes' journals say about a request, a write, an injection. Immutable once read. */
public final class JournalIndex {
    private final Map<Long, List<Entry>> byRequest = new HashMap<>();
    private final Map<Long, List<Entry>> byWrite = new HashMap<>();
    private final Map<Long, List<Entry>> unbound = new HashMap<>();
    private final Map<Long, Long> endings = new HashMap<>();
    private final List<Entry> faults = new ArrayList<>();
    private final List<Entry> nodeFaults = new ArrayList<>();
    private final List<Entry> replicas = new ArrayList<>();
    private final List<Entry> shutdowns = new ArrayList<>();
    private final ServedNodes served = new ServedNodes();

    private final SessionContents contents = new SessionContents();
    private final Map<NodeInjection, HeldBack> heldBack = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<JournalSpan> spans = new ArrayList<>();
    private final Reach reach = new Reach();
    private boolean complete = true;
    private long records;
    private long saves;
    private long steps;

    private JournalIndex() {}

    /**
     * One record with its names.
     *
     * @param point name of its point; empty for none
     * @param kind of its point
     * @param peer the other node, as host:port; empty for none
     * @param at nanoseconds on the users' clock, by the middle of the clock interval; {@code error} its half-width, or
     *     {@link Long#MAX_VALUE} if the node's clock was never measured
     */
    public record Entry(
            String node,
            long incarnation,
            EventRecord event,
            String point,
            PointKind kind,
            String peer,
            long at,
            long error) {

        /** The payload as text, such as the command of a step; empty if there is none. */
        public String text() {
            return new String(event.payload(), StandardCharsets.UTF_8);
        }
    }

    static JournalIndex read(Bundle bundle, RunFacts facts) {
        JournalIndex index = new JournalIndex();
        for (JournalFacts journal : facts.fleet().journals()) {
            index.add(bundle.journal(journal.node(), journal.incarnation()), journal, facts);
        }
        return index;
    }

    private void add(Path file, JournalFacts journal, RunFacts facts) {
        complete &= journal.complete();
        JournalScan scan = new JournalScan(journal, facts, this);
        if (!Files.exists(file) && journal.records() == 0) {
            spans.add(scan.nothing());
            return;
        }
        EventFile.End end;
        try {
            end = EventFile.read(file, scan::add);
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        records += end.nextSeq();
        spans.add(scan.span(end.nextSeq()));
        if (end.nextSeq() < journal.records()) {
            complete = false;
            broken.add("The journal " + file.getParent().getFileName() + "/" + file.getFileName() + " had "
                    + journal.records() + " records when the run ended and now has " + end.nextSeq() + " good ones"
                    + (end.damage().isEmpty() ? "." : ": " + end.damage() + "."));
        }
    }

    /** A name stands for this in some journal. */
    void named(String name, PointKind kind) {
        reach.named(name, kind);
    }

    /** @param lines as {@link EventType#HELD_BACK} says */
    void heldBack(String node, int injection, String lines) {
        heldBack.computeIfAbsent(new NodeInjection(node, injection), key -> new HeldBack())
                .add(lines);
    }

    /** Takes it where it will be looked for. */
    void add(Entry entry) {
        EventRecord event = entry.event();
        reach.passed(entry);
        contents.add(entry);
        if (event.type() == EventType.CONTENT) {
            return;
        }
        if (Passage.mayEnd(entry)) {
            long at = entry.error() == Long.MAX_VALUE ? Long.MIN_VALUE : entry.at() - entry.error();
            endings.merge(event.session(), at, Math::min);
        }
        if (event.peer() != 0) {
            replicas.add(entry);
        }
        if (Passage.isOfNode(entry)) {
            nodeFaults.add(entry);
        }
        if (event.type() == EventType.LIFECYCLE
                && (entry.kind() == PointKind.SHUTDOWN_PHASE || entry.kind() == PointKind.SHUTDOWN_HOOK)) {
            shutdowns.add(entry);
        }
        boolean save = Passage.ofSave(entry);
        // What belongs to no request and is no fault explains nothing; most of it is the host's own traffic.
        if (event.request() == 0 && event.type() != EventType.FAULT && event.writeId() == 0 && !save) {
            return;
        }
        saves += Passage.saved(entry) ? 1 : 0;
        steps += event.edge() == Edge.STEP ? 1 : 0;
        if (event.request() != 0) {
            served.add(entry);
            byRequest
                    .computeIfAbsent(event.request(), request -> new ArrayList<>())
                    .add(entry);
        } else if (save) {
            unbound.computeIfAbsent(event.session(), session -> new ArrayList<>())
                    .add(entry);
            served.savesBeside(entry.node());
        }
        if (Passage.named(event.writeId())) {
            byWrite.computeIfAbsent(event.writeId(), write -> new ArrayList<>()).add(entry);
        }
        if (event.type() == EventType.FAULT) {
            faults.add(entry);
        }
    }

    /** What befell this start of a node when it wrote this record: began before, and had not ended. */
    List<Entry> nodeFaultsAt(long incarnation, long seq) {
        Map<String, Entry> begun = new LinkedHashMap<>();
        nodeFaults.stream()
                .filter(entry ->
                        entry.incarnation() == incarnation && entry.event().seq() < seq)
                .forEach(entry -> {
                    String which = entry.event().injection() + "@" + entry.point();
                    if (entry.event().type() == EventType.FAULT) {
                        begun.put(which, entry);
                    } else {
                        begun.remove(which);
                    }
                });
        return List.copyOf(begun.values());
    }

    /** In the order of nodes, incarnations and sequence numbers. */
    public List<Entry> ofRequest(long request) {
        return request == 0 ? List.of() : List.copyOf(byRequest.getOrDefault(request, List.of()));
    }

    public List<Entry> ofWrite(long writeId) {
        return List.copyOf(byWrite.getOrDefault(writeId, List.of()));
    }

    /** Keyed hashes of the ids of the sessions that a request used. */
    Set<Long> sessionsOf(long request) {
        return request == 0
                ? Set.of()
                : byRequest.getOrDefault(request, List.of()).stream()
                        .map(entry -> entry.event().session())
                        .filter(session -> session != 0)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Sessions were saved for users' requests, and no save sent the store a command that is watched. */
    boolean savesNowhere() {
        return saves > 0 && steps == 0;
    }

    /** Changes went to other nodes for users' requests, and no store was sent a command for any. */
    public boolean keptByNodes() {
        return steps == 0 && replicas.stream().anyMatch(entry -> entry.event().request() != 0);
    }

    /**
     * When sessions may have been ended first, or their ids, with or without a request: the earliest moment on the users'
     * clock, by the hash of the id.
     */
    Map<Long, Long> endings() {
        return Map.copyOf(endings);
    }

    /** What sessions held, where nodes were asked to say. */
    SessionContents contents() {
        return contents;
    }

    /** Edges of the saves of a session, by the hash of its id, that no request is named for. */
    List<Entry> savesOf(long session) {
        return List.copyOf(unbound.getOrDefault(session, List.of()));
    }

    /** Of all nodes. */
    UnfinishedSaves unfinishedSaves() {
        return new UnfinishedSaves(Stream.concat(byRequest.values().stream(), unbound.values().stream())
                .flatMap(List::stream));
    }

    /** What of the JVMs' ends is journaled, and which hooks were registered. */
    List<Entry> shutdowns() {
        return List.copyOf(shutdowns);
    }

    /** Edges of saves of sessions, on all nodes. */
    Stream<Entry> saves() {
        return Stream.concat(byRequest.values().stream(), unbound.values().stream())
                .flatMap(List::stream)
                .filter(Passage::ofSave);
    }

    /** When nodes asked their store something for a user, by node, in order of time; nanoseconds on the users' clock. */
    public Map<String, long[]> commandTimes() {
        Map<String, List<Long>> times = byRequest.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.event().edge() == Edge.STEP)
                .collect(Collectors.groupingBy(Entry::node, Collectors.mapping(Entry::at, Collectors.toList())));
        Map<String, long[]> sorted = new HashMap<>();
        times.forEach((node, all) -> sorted.put(
                node, all.stream().mapToLong(Long::longValue).sorted().toArray()));
        return sorted;
    }

    /** What the store was asked in each operation. */
    public OperationSteps operationSteps() {
        return new OperationSteps(this);
    }

    /** What the nodes' starts did for users. */
    ServedNodes served() {
        return served;
    }

    /** Kinds of points at which something passed, and those at which something could be done though nothing is journaled there. */
    public Set<PointKind> reach() {
        return reach.kinds();
    }

    /** Ids of all requests that are in journals. */
    Set<Long> requests() {
        return Set.copyOf(byRequest.keySet());
    }

    /** An injection on a node. */
    private record NodeInjection(String node, int injection) {}

    /** What kept an injection from operations of this node; empty if its journal does not say. */
    String heldBack(String node, int injection) {
        HeldBack known = heldBack.get(new NodeInjection(node, injection));
        return known == null ? "" : known.sentence();
    }

    /** FAULT records. */
    public List<Entry> faults() {
        return List.copyOf(faults);
    }

    /** What went to other nodes or came from them, with what struck it; in the order of starts and sequence numbers. */
    List<Entry> replicas() {
        return List.copyOf(replicas);
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

    /** One of each start of a node. */
    List<JournalSpan> spans() {
        return List.copyOf(spans);
    }

    /** Sentences about journals that lost something since the run. */
    List<String> broken() {
        return List.copyOf(broken);
    }
}
