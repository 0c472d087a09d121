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
import dev.midwrite.check.judge.Journals;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** One run, read from its bundle: what users saw, what nodes journaled, and what was injected. Immutable. */
public final class History {
    private static final Set<Property> BY_JOURNAL =
            Set.of(Property.AUDIT_TRAIL, Property.REPLICATION, Property.BACKPRESSURE);

    private final RunFacts facts;
    private final List<UserOperation> operations;
    private final JournalIndex journals;
    private final List<ReplicatedWrite> replicated;
    private final List<String> doubts;
    private final Optional<LoadFacts> load;
    private final Optional<FrontFacts> front;
    private final ForeignValues.Values values;
    /** With the values that journals tell of, if any do. */
    private final List<UserOperation> judged;

    private final Trial trial;

    private History(
            RunFacts facts,
            List<UserOperation> operations,
            JournalIndex journals,
            Optional<LoadFacts> load,
            Optional<FrontFacts> front) {
        this.facts = facts;
        this.load = load;
        this.front = front;
        this.operations = front.isPresent()
                ? ForeignSessions.join(operations, journals, facts.nodes(), facts.ttlNamed())
                : List.copyOf(operations);
        this.journals = journals;
        this.values = front.isPresent() && ForeignSessions.whole(operations, journals, facts.nodes())
                ? ForeignValues.of(
                        this.operations,
                        journals,
                        facts.nodes(),
                        facts.attributes().size())
                : ForeignValues.Values.NONE;
        this.judged = Stream.concat(this.operations.stream(), values.operations().stream())
                .toList();
        this.replicated = ReplicatedWrites.of(this.operations, journals, facts.nodes());
        this.doubts = ClockModel.doubts(facts, this.operations, journals);
        this.trial = judgedAgainst();
    }

    /** @throws Problem if the users' history or run.json is not whole */
    public static History read(Bundle bundle) {
        RunFacts facts = bundle.facts();
        List<UserOperation> operations = HistoryReader.readAll(bundle.users());
        requireWhole(bundle, facts);
        return new History(
                facts, operations, JournalIndex.read(bundle, facts), bundle.loadFacts(), bundle.frontFacts());
    }

    /** A file that was cut between two operations is a good file; only its length shows that something is missing. */
    private static void requireWhole(Bundle bundle, RunFacts facts) {
        if (bundle.historyBytes() != facts.historyBytes()) {
            throw new Problem(bundle.users() + " had " + facts.historyBytes() + " bytes when the run ended and now has "
                    + bundle.historyBytes() + ".");
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
        if (front.isEmpty()
                && operations.stream()
                        .anyMatch(each ->
                                each.outcome() == Outcome.OK && each.kind().tellsApart())) {
            return EvidenceLevel.A;
        }
        boolean journaled = facts.journals().stream().anyMatch(journal -> journal.records() > 0);
        return journaled ? EvidenceLevel.B : EvidenceLevel.C;
    }

    /** The journals' words for the checks. */
    public Journals explanations() {
        return new JournalSentences(
                journals,
                facts.nodes(),
                AuditTrails.of(operations, journals, facts.nodes()),
                WriteSaves.of(operations, journals, facts.nodes(), front.isPresent()),
                replicated);
    }

    /** What nodes that replicate to each other did with acknowledged writes; nothing of others. */
    public ReplicationFigures replication() {
        return ReplicationFigures.of(trial, replicated);
    }

    /** What a reader should know of the store itself, each a sentence; empty if nobody asked it. */
    public List<String> storeWords() {
        return StoreEvents.words(facts.storeFacts());
    }

    /** What a reader should know of values that were not judged; empty if there are none. */
    public List<String> valueWords() {
        return values.words();
    }

    /** How well users kept to their plan, and how long their requests took; empty if the bundle does not say. */
    public Optional<LoadFacts> load() {
        return load;
    }

    /** What a reader should know of the nodes' clocks; empty if they can be compared with the users'. */
    public List<String> clockDoubts() {
        return doubts;
    }

    /**
     * Session persistence score and failover time of this one trial; empty if no fault happened. One trial proves no
     * bound, so they are observed and gate nothing, whatever the drill asks for.
     */
    public List<GateResult> figures(Objectives objectives) {
        if (front.isPresent()) {
            return FrontFigures.of(operations);
        }
        List<GateResult> figures = new ArrayList<>();
        SessionPersistence.of(trial, operations)
                .ifPresent(persistence -> figures.addAll(persistence.figures(objectives)));
        FailoverTime.of(trial, operations, facts.probeSessions())
                .ifPresent(failover -> figures.addAll(failover.figures(objectives)));
        return List.copyOf(figures);
    }

    /** The same as numbers, for a judgement over several trials. */
    public Figures measured() {
        if (front.isPresent()) {
            // Whose sessions these are, and what must be in them, only their users know.
            return new Figures(
                    0,
                    0,
                    0,
                    false,
                    OptionalDouble.empty(),
                    !trial.figureDoubts().isEmpty());
        }
        Optional<SessionPersistence> persistence = SessionPersistence.of(trial, operations);
        return new Figures(
                persistence.map(SessionPersistence::fresh).orElse(0L),
                persistence.map(SessionPersistence::alive).orElse(0L),
                persistence.map(fates -> (long) fates.fates().size()).orElse(0L),
                persistence.isPresent(),
                FailoverTime.of(trial, operations, facts.probeSessions())
                        .map(failover -> OptionalDouble.of(failover.p95()))
                        .orElse(OptionalDouble.empty()),
                !trial.figureDoubts().isEmpty());
    }

    private Trial judgedAgainst() {
        long clockError = facts.clocks().stream()
                .mapToLong(clock -> clock.track().error())
                .max()
                .orElse(0);
        Trial told = Trial.of(facts.profile())
                .scope(facts.scope())
                .nodes(facts.nodes())
                .attributes(Stream.concat(facts.attributes().stream(), values.attributes().stream())
                        .toList())
                .workloads(facts.workloads())
                .idempotencyKeys(facts.idempotencyKeys())
                .ttlNanos(facts.ttlNanos())
                .ttlNamed(facts.ttlNamed())
                .timeoutNanos(facts.timeoutNanos())
                .reaperGraceNanos(facts.reaperGraceNanos())
                .faults(Happenings.faults(facts, journals))
                .nodeEnds(
                        facts.nodeRuns().starts(),
                        NodeEnds.of(facts.nodeRuns().exits(), facts.faults(), facts.journals(), journals))
                .outOfMemory(NodeEnds.outOfMemory(facts.nodeRuns().outOfMemory(), facts.faults()))
                .nodeStores(facts.externalStore() ? journals.nodeStores() : List.of())
                .replacements(facts.nodeRuns().replacements())
                .storeEvents(StoreEvents.of(facts.storeFacts()))
                .healedAt(facts.healedAt())
                .settledAt(facts.settledAt())
                .clockErrorNanos(clockError)
                .store(explained(facts.store(), new JournalSentences(journals), journals.unfinishedSaves()))
                .held(HeldByUsers.of(facts, operations, journals))
                .assumptions(assumptions())
                .journaled(JournalProof.of(operations, journals, facts.nodes()))
                .clockDoubt(String.join(" ", doubts))
                .minimalTraffic(MinimalTraffic.OF_A_RUN)
                .figureDoubts(load.map(LoadFacts::doubts).orElse(List.of()))
                .build();
        return told.but().untested(untested(told)).build();
    }

    private List<String> untested(Trial told) {
        if (front.isPresent()) {
            return front.get().requests() > 0
                    ? List.of()
                    : List.of("No request came through the front at "
                            + front.get().address() + ".");
        }
        return SessionPersistence.of(told, operations).flatMap(SessionPersistence::untested).stream()
                .toList();
    }

    /** What users saw stands whatever became of nodes, journals and the store; what was read from these may not. */
    private List<BrokenAssumption> assumptions() {
        List<BrokenAssumption> broken = new ArrayList<>();
        facts.assumptions().forEach(sentence -> broken.add(BrokenAssumption.of(sentence)));
        journals.broken().forEach(sentence -> broken.add(new BrokenAssumption(sentence, BY_JOURNAL)));
        return broken;
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
