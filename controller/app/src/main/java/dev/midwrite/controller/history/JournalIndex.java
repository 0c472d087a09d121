package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.RunFacts.ClockFacts;
import dev.midwrite.controller.history.RunFacts.JournalFacts;
import dev.midwrite.controller.serve.ClockTrack;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the nodes' journals say about a request, a write, an injection. Immutable once read. */
public final class JournalIndex {
    private final Map<Long, List<Entry>> byRequest = new HashMap<>();
    private final Map<Long, List<Entry>> byWrite = new HashMap<>();
    private final Map<Long, List<Entry>> unbound = new HashMap<>();
    /** Nodes that save sessions where no request is known, as Jetty does when the answer has gone. */
    private final Set<String> savingBeside = new HashSet<>();

    private final Map<Long, Long> endings = new HashMap<>();
    private final List<Entry> faults = new ArrayList<>();
    private final List<Entry> nodeFaults = new ArrayList<>();
    private final List<Entry> replicas = new ArrayList<>();
    private final List<Entry> shutdowns = new ArrayList<>();
    /** By incarnation, in the order in which journals were read. */
    private final Map<Long, ServedRequests> served = new LinkedHashMap<>();

    private final SessionContents contents = new SessionContents();
    private final Map<Armed, HeldBack> heldBack = new HashMap<>();
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
        if (!Files.exists(file) && journal.records() == 0) {
            spans.add(new JournalSpan(
                    journal.node(), journal.incarnation(), false, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, 0));
            return;
        }
        Span span = new Span();
        NodeTime time = NodeTime.of(journal, facts);
        Map<Integer, Name> names = new HashMap<>();
        EventFile.End end;
        try {
            end = EventFile.read(file, event -> add(journal, event, names, time, span));
        } catch (IOException e) {
            throw new Problem(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        records += end.nextSeq();
        spans.add(new JournalSpan(
                journal.node(),
                journal.incarnation(),
                journal.complete() && end.nextSeq() >= journal.records() && !span.interrupted,
                span.from,
                span.to,
                span.writes,
                span.saves,
                span.saveSteps));
        if (end.nextSeq() < journal.records()) {
            complete = false;
            broken.add("The journal " + file.getParent().getFileName() + "/" + file.getFileName() + " had "
                    + journal.records() + " records when the run ended and now has " + end.nextSeq() + " good ones"
                    + (end.damage().isEmpty() ? "." : ": " + end.damage() + "."));
        }
    }

    /** What a number stands for in one journal: a point of a kind, or another node's address. */
    private record Name(String text, PointKind kind) {
        private static final Name NONE = new Name("", PointKind.NONE);
    }

    /** What is known so far of the journal that is being read. */
    private static final class Span {
        private static final String RECORDING = "midwrite.recording";

        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;
        private boolean interrupted;
        private boolean ending;
        private long writes;
        private long saves;
        private long saveSteps;

        void add(EventRecord event, Name point, NodeTime time) {
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
    }

    private void add(JournalFacts journal, EventRecord event, Map<Integer, Name> names, NodeTime time, Span span) {
        if (event.type() == EventType.NAME) {
            Name name = new Name(new String(event.payload(), StandardCharsets.UTF_8), PointKind.of(event.outcome()));
            names.put(event.point(), name);
            reach.named(name.text(), name.kind());
            return;
        }
        if (time.latest(event.monoNanos()) < 0) {
            // Of an earlier run: a node that runs elsewhere goes on from one to the next, and so does its journal.
            return;
        }
        Name point = names.getOrDefault(event.point(), Name.NONE);
        span.add(event, point, time);
        if (event.type() == EventType.LOCATION) {
            // The store's audit heard of it while the run went on.
            return;
        }
        if (event.type() == EventType.HELD_BACK) {
            heldBack.computeIfAbsent(new Armed(journal.node(), event.injection()), key -> new HeldBack())
                    .add(new String(event.payload(), StandardCharsets.UTF_8));
            return;
        }
        Entry entry = new Entry(
                journal.node(),
                journal.incarnation(),
                event,
                point.text(),
                point.kind(),
                event.peer() == 0
                        ? ""
                        : names.getOrDefault(event.peer(), Name.NONE).text(),
                time.at(event.monoNanos()),
                time.error(event.monoNanos()));
        reach.passed(entry);
        contents.add(entry);
        if (event.type() == EventType.CONTENT) {
            return;
        }
        if (Passage.mayEnd(entry)) {
            long at = entry.error() == Long.MAX_VALUE ? Long.MIN_VALUE : entry.at() - entry.error();
            endings.merge(event.session(), at, Math::min);
        }
        boolean save = Passage.ofSave(entry);
        if (save) {
            span.saves += event.edge() == Edge.BEFORE && !span.ending ? 1 : 0;
            span.saveSteps += Passage.asksStore(entry) ? 1 : 0;
        }
        if (event.peer() != 0) {
            replicas.add(entry);
        }
        if (Passage.isOfNode(entry)) {
            nodeFaults.add(entry);
        }
        if (event.type() == EventType.LIFECYCLE
                && (point.kind() == PointKind.SHUTDOWN_PHASE || point.kind() == PointKind.SHUTDOWN_HOOK)) {
            shutdowns.add(entry);
        }
        // What belongs to no request and is no fault explains nothing; most of it is the host's own traffic.
        if (event.request() == 0 && event.type() != EventType.FAULT && event.writeId() == 0 && !save) {
            return;
        }
        saves += Passage.saved(entry) ? 1 : 0;
        steps += event.edge() == Edge.STEP ? 1 : 0;
        if (event.request() != 0) {
            served.computeIfAbsent(journal.incarnation(), incarnation -> new ServedRequests(journal.node()))
                    .add(entry);
            byRequest
                    .computeIfAbsent(event.request(), request -> new ArrayList<>())
                    .add(entry);
        } else if (save) {
            unbound.computeIfAbsent(event.session(), session -> new ArrayList<>())
                    .add(entry);
            savingBeside.add(journal.node());
        }
        if (Passage.named(event.writeId())) {
            span.writes += Passage.set(entry) ? 1 : 0;
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

    /** How many users' requests a node served without asking any store; empty if it asked one, or served too few to say. */
    OptionalLong servedWithoutStore(String node) {
        List<ServedRequests> starts = startsOf(node).toList();
        long requests = starts.stream().mapToLong(ServedRequests::requests).sum();
        return starts.stream().anyMatch(ServedRequests::asksStore)
                        || savingBeside.contains(node)
                        || !ServedRequests.enough(requests)
                ? OptionalLong.empty()
                : OptionalLong.of(requests);
    }

    /** Whether sessions are seen on this node at all. */
    boolean knowsSessions(String node) {
        return startsOf(node).anyMatch(ServedRequests::knowsSessions);
    }

    /** Whether the application's changes of sessions are journaled on this node at all. */
    boolean setsAttributes(String node) {
        return startsOf(node).anyMatch(ServedRequests::setsAttributes);
    }

    /** Where each start of a node keeps sessions, as far as it served users. */
    List<NodeStore> nodeStores() {
        return served.values().stream()
                .map(start -> start.store(savingBeside.contains(start.node())))
                .toList();
    }

    private Stream<ServedRequests> startsOf(String node) {
        return served.values().stream().filter(start -> start.node().equals(node));
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
    private record Armed(String node, int injection) {}

    /** What kept an injection from operations of this node; empty if its journal does not say. */
    String heldBack(String node, int injection) {
        HeldBack known = heldBack.get(new Armed(node, injection));
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

    /** From one incarnation's clock to the users'. */
    private record NodeTime(long origin, Optional<ClockTrack> track) {

        static NodeTime of(JournalFacts journal, RunFacts facts) {
            return new NodeTime(
                    facts.origin().originNanos(),
                    facts.fleet().clocks().stream()
                            .filter(each -> each.incarnation() == journal.incarnation())
                            .findFirst()
                            .map(ClockFacts::track));
        }

        // On one machine all processes share the monotonic clock, so no measurement still means no offset.
        long at(long nodeNanos) {
            return nodeNanos
                    - origin
                    - track.map(known -> known.atNode(nodeNanos).middle()).orElse(0L);
        }

        /** {@link Long#MAX_VALUE} if nobody knows. */
        long error(long nodeNanos) {
            return track.map(known -> known.atNode(nodeNanos).halfWidth()).orElse(Long.MAX_VALUE);
        }

        /** {@link Long#MAX_VALUE} if nobody knows. */
        long latest(long nodeNanos) {
            return track.isEmpty() ? Long.MAX_VALUE : at(nodeNanos) + error(nodeNanos);
        }
    }
}
