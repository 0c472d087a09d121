package dev.midwrite.controller.history;

import dev.midwrite.check.BrokenAssumption;
import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.MinimalTraffic;
import dev.midwrite.check.Property;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.Trial;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.check.fleet.ReplicationLag;
import dev.midwrite.check.fleet.SocketHistory;
import dev.midwrite.check.judge.Journals;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.UserOperation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run, read from its bundle: what users saw, what nodes journaled, and what was injected. Immutable. */
public final class History {
    private static final Set<Property> BY_JOURNAL =
            Set.of(Property.AUDIT_TRAIL, Property.REPLICATION, Property.BACKPRESSURE);

    private final RunFacts facts;
    private final Testimony testimony;
    private final JournalIndex journals;
    private final List<ReplicatedWrite> replicated;
    private final List<String> doubts;
    private final Edits edits;
    private final Optional<Interruption> interruption;
    private final Optional<LoadFacts> load;
    private final Optional<LatencyFacts> latency;
    private final Optional<SocketFacts> sockets;
    private final Traces traces;
    /** With the values that journals tell of, if any do. */
    private final List<UserOperation> judged;

    private final Trial trial;

    private History(
            RunFacts facts,
            Edits edits,
            Optional<Interruption> interruption,
            Testimony testimony,
            JournalIndex journals,
            Optional<LoadFacts> load,
            Optional<LatencyFacts> latency,
            Optional<SocketFacts> sockets,
            Traces traces) {
        this.facts = facts;
        this.edits = edits;
        this.interruption = interruption;
        this.load = load;
        this.latency = latency;
        this.sockets = sockets;
        this.traces = traces;
        this.testimony = testimony;
        this.journals = journals;
        List<UserOperation> operations = testimony.operations();
        this.judged = Stream.concat(operations.stream(), testimony.values().operations().stream())
                .toList();
        this.replicated =
                ReplicatedWrites.of(operations, journals, facts.fleet().nodes());
        this.doubts = ClockModel.doubts(facts, operations, journals);
        this.trial = judgedAgainst();
    }

    /** Of files that nobody has edited. */
    public static History read(Bundle bundle) {
        return read(bundle, Edits.NONE);
    }

    /** @throws Problem if the users' history or run.json is not whole */
    public static History read(Bundle bundle, Edits edits) {
        RunFacts facts = bundle.facts();
        Optional<Interruption> interruption = bundle.interruption();
        List<UserOperation> sent = sent(bundle, facts);
        Optional<SocketFacts> sockets = bundle.socketFacts();
        sockets.flatMap(held -> held.unknownNode(facts.fleet().nodes().size())).ifPresent(node -> {
            throw new Problem(bundle.sockets() + ": there is no node " + node + ".");
        });
        JournalIndex journals = JournalIndex.read(bundle, facts);
        List<UserOperation> operations =
                AnsweringNodes.of(sent, journals, facts.fleet().nodes());
        return new History(
                facts,
                edits,
                interruption,
                Testimony.of(facts, operations, journals, bundle.frontFacts()),
                journals,
                bundle.loadFacts(),
                bundle.latencyFacts(),
                sockets,
                new Traces(bundle.traceFacts(), journals));
    }

    private static List<UserOperation> sent(Bundle bundle, RunFacts facts) {
        if (!Files.exists(bundle.run())) {
            return UnfinishedHistory.read(bundle.users(), StartFile.read(bundle).lagNanos());
        }
        List<UserOperation> all = HistoryReader.readAll(bundle.users());
        requireWhole(bundle, facts);
        return all;
    }

    /** A file that was cut between two operations is a good file; only its length shows that something is missing. */
    private static void requireWhole(Bundle bundle, RunFacts facts) {
        if (bundle.historyBytes() != facts.users().historyBytes()) {
            throw new Problem(bundle.users() + " had " + facts.users().historyBytes()
                    + " bytes when the run ended and now has " + bundle.historyBytes() + ".");
        }
    }

    public RunFacts facts() {
        return facts;
    }

    /** In the order of completion. */
    public List<UserOperation> operations() {
        return judged;
    }

    /** What the operations are judged against; faults carry what journals say happened. */
    public Trial trial() {
        return trial;
    }

    public JournalIndex journals() {
        return journals;
    }

    /** What the verdict rests on: what users really did and journals really hold, whatever the drill had planned. */
    public EvidenceLevel evidence() {
        if (testimony.tellsValuesApart()) {
            return EvidenceLevel.A;
        }
        boolean journaled = facts.fleet().journals().stream().anyMatch(journal -> journal.records() > 0);
        return journaled ? EvidenceLevel.B : EvidenceLevel.C;
    }

    /** The journals' words for the checks. */
    public Journals explanations() {
        return new JournalSentences(
                journals,
                facts.fleet().nodes(),
                AuditTrails.of(testimony.operations(), journals, facts.fleet().nodes()),
                WriteSaves.of(testimony.operations(), journals, facts.fleet().nodes(), testimony.foreign()),
                replicated);
    }

    /** Each acknowledged write that nodes replicated, and when the others had it; empty where nodes do not replicate. */
    public List<ReplicatedWrite> replicatedWrites() {
        return replicated;
    }

    /** What nodes that replicate to each other did with acknowledged writes; nothing of others. */
    public ReplicationFigures replication() {
        return ReplicationFigures.of(trial, replicated);
    }

    /** What a reader should know of the store itself, each a sentence; empty if nobody asked it. */
    public List<String> storeWords() {
        return StoreEvents.words(facts.storeFacts());
    }

    /** What a reader should know of the bundle itself, each a sentence. */
    public List<String> bundleWords() {
        return edits.words();
    }

    /** What a reader should know of values that were not judged; empty if there are none. */
    public List<String> valueWords() {
        return testimony.values().words();
    }

    /** How well users kept to their plan, and how long their requests took; empty if the bundle does not say. */
    public Optional<LoadFacts> load() {
        return load;
    }

    /** How long users' requests took, over time, from their planned times; empty if the bundle does not say. */
    public Optional<LatencyFacts> latency() {
        return latency;
    }

    /** Which trace each request belongs to, as far as that is known. */
    public Traces traces() {
        return traces;
    }

    /** How long each user who sat on a node that ended was without service, the shortest first. */
    public List<Failover> failovers() {
        return testimony.failovers(trial);
    }

    /** Nodes that served again after their process had ended, by node and then by time. */
    public List<NodeStart> nodeStarts() {
        return NodeStart.of(
                testimony.operations(),
                facts.fleet().nodes(),
                facts.fleet().nodeRuns(),
                Set.copyOf(facts.users().probeSessions()));
    }

    /** How nodes ended that were asked to, in order of time. */
    public List<NodeShutdown> shutdowns() {
        return new NodeShutdowns(facts, journals, testimony.operations()).all();
    }

    /** What a reader should know of the users' sockets, each a sentence; empty if there were none. */
    public List<String> socketWords() {
        return sockets.map(SocketWords::of).orElse(List.of());
    }

    /** What a reader should know of the nodes' clocks; empty if they can be compared with the users'. */
    public List<String> clockDoubts() {
        return doubts;
    }

    /**
     * Session persistence score and failover time of this one trial, if a fault happened: one trial proves no bound, so they are
     * observed and gate nothing, whatever the drill asks for. And the lag of replication, of which each write is a sample.
     * None of a run that was broken off: it was not to end there.
     */
    public List<GateResult> figures(Objectives objectives) {
        if (interruption.isPresent()) {
            return List.of();
        }
        List<GateResult> figures = new ArrayList<>(testimony.figures(trial, objectives));
        if (!replicated.isEmpty() || objectives.lag().isPresent()) {
            figures.add(ReplicationLag.of(
                    replicated,
                    objectives.lag().map(lag -> OptionalLong.of(lag.toNanos())).orElse(OptionalLong.empty())));
        }
        objectives.firstRequest().ifPresent(greatest -> figures.add(FirstRequestTime.of(nodeStarts(), greatest)));
        return List.copyOf(figures);
    }

    /** The same as numbers, for a judgement over several trials. */
    public Figures measured() {
        return testimony.measured(trial);
    }

    private Trial judgedAgainst() {
        long clockError = facts.fleet().clocks().stream()
                .mapToLong(clock -> clock.track().error())
                .max()
                .orElse(0);
        List<Trial.NodeEnd> nodeEnds = NodeEnds.of(
                facts.fleet().nodeRuns().exits(),
                facts.course().faults(),
                facts.fleet().journals(),
                journals);
        UnfinishedSaves unfinished = journals.unfinishedSaves();
        Trial told = Trial.of(facts.promise().profile())
                .scope(facts.promise().scope())
                .nodes(facts.fleet().nodes())
                .attributes(Stream.concat(facts.users().attributes().stream(), testimony.values().attributes().stream())
                        .toList())
                .workloads(facts.users().workloads())
                .idempotencyKeys(facts.promise().idempotencyKeys())
                .ttlNanos(facts.promise().ttlNanos())
                .ttlNamed(facts.promise().ttlNamed())
                .timeoutNanos(facts.users().timeoutNanos())
                .reaperGraceNanos(facts.promise().reaperGraceNanos())
                .faults(Happenings.faults(facts, journals))
                .nodeEnds(facts.fleet().nodeRuns().starts(), nodeEnds)
                .outOfMemory(NodeEnds.outOfMemory(
                        facts.fleet().nodeRuns().outOfMemory(), facts.course().faults()))
                .nodeStores(facts.promise().externalStore() ? journals.served().stores() : List.of())
                .replacements(facts.fleet().nodeRuns().replacements())
                .storeEvents(StoreEvents.of(facts.storeFacts()))
                .healedAt(facts.course().healedAt())
                .settledAt(facts.course().settledAt())
                .clockErrorNanos(clockError)
                .store(explained(facts.store(), new JournalSentences(journals), unfinished))
                .savesUnderWay(unfinished.underWay(facts.fleet().nodeRuns().exits().stream()
                        .map(NodeRuns.ExitFacts::incarnation)
                        .collect(Collectors.toSet())))
                .held(HeldByUsers.of(facts, testimony.operations(), journals))
                .assumptions(assumptions())
                .journaled(JournalProof.of(
                        testimony.operations(), journals, facts.fleet().nodes()))
                .clockDoubt(String.join(" ", doubts))
                .minimalTraffic(MinimalTraffic.OF_A_RUN)
                .figureDoubts(figureDoubts())
                .interruption(interruption.map(Interruption::sentence).orElse(""))
                .sockets(sockets.map(held -> SocketEvidence.of(
                                held,
                                facts.fleet().nodes(),
                                facts.fleet().nodeRuns().replacements(),
                                facts.course().faults(),
                                nodeEnds,
                                OwedSessions.of(
                                        testimony.operations(), facts.promise().ttlNanos())))
                        .orElse(SocketHistory.NONE))
                .build();
        List<String> untested = Stream.concat(
                        testimony.untested(told).stream(),
                        sockets.stream().flatMap(held -> SocketWords.untested(held).stream()))
                .toList();
        return told.but().untested(untested).build();
    }

    /** What users saw stands whatever became of nodes, journals and the store; what was read from these may not. */
    private List<BrokenAssumption> assumptions() {
        List<BrokenAssumption> broken = new ArrayList<>();
        if (edits.edited()) {
            broken.add(new BrokenAssumption(edits.sentence(), EnumSet.allOf(Property.class)));
        }
        facts.assumptions().forEach(sentence -> broken.add(BrokenAssumption.of(sentence)));
        journals.broken().forEach(sentence -> broken.add(new BrokenAssumption(sentence, BY_JOURNAL)));
        return broken;
    }

    private List<String> figureDoubts() {
        return Stream.concat(
                        interruption.map(Interruption::sentence).stream(),
                        load.map(LoadFacts::doubts).orElse(List.of()).stream())
                .toList();
    }

    /** An audit reads the store alone; why a session lies there as it does, the journals may know. */
    private static StoreContents explained(
            StoreContents store, JournalSentences sentences, UnfinishedSaves unfinished) {
        return store.with(store.sessions().stream()
                .map(session ->
                        session.cause().isEmpty() ? session.withCause(cause(session, sentences, unfinished)) : session)
                .toList());
    }

    private static String cause(StoredSession session, JournalSentences sentences, UnfinishedSaves unfinished) {
        String fault = sentences.faultsOf(session.idHash());
        return fault.isEmpty() ? unfinished.of(session.idHash()) : fault;
    }
}
