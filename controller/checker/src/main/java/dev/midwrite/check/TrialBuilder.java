package dev.midwrite.check;

import dev.midwrite.check.fleet.SocketHistory;
import java.util.List;
import java.util.Map;

/**
 * Gathers the facts of a {@link Trial}, which says what each of them means. What nobody sets is not known: no nodes and
 * no attributes but the ones that every run has, no faults, no audit, no expiry, users in one process, journals that
 * prove nothing, clocks and figures that nobody doubts, and a run that had settled before it began. Not thread-safe.
 */
public final class TrialBuilder {
    private final Profile profile;
    private Scope scope = Scope.CLUSTER;
    private List<String> nodes = List.of("unknown");
    private List<String> attributes = List.of("session");
    private List<String> workloads = List.of();
    private boolean idempotencyKeys;
    private long ttlNanos;
    private boolean ttlNamed = true;
    private long timeoutNanos;
    private long reaperGraceNanos;
    private List<Trial.Fault> faults = List.of();
    private int nodeStarts;
    private List<Trial.NodeEnd> nodeEnds = List.of();
    private List<Trial.OutOfMemory> outOfMemory = List.of();
    private Map<Long, String> savesUnderWay = Map.of();
    private List<Trial.NodeStore> nodeStores = List.of();
    private List<Replacement> replacements = List.of();
    private List<Trial.StoreEvent> storeEvents = List.of();
    private long healedAt;
    private long settledAt;
    private long clockErrorNanos;
    private StoreContents store = StoreContents.NONE;
    private HeldSessions held = HeldSessions.NONE;
    private List<BrokenAssumption> assumptions = List.of();
    private long usersClockErrorNanos;
    private EffectEvidence journaled = EffectEvidence.NOTHING;
    private String clockDoubt = "";
    private List<String> untested = List.of();
    private MinimalTraffic minimalTraffic = MinimalTraffic.NONE;
    private List<String> figureDoubts = List.of();
    private SocketHistory sockets = SocketHistory.NONE;
    private boolean proxied;
    private String interruption = "";

    TrialBuilder(Profile profile) {
        this.profile = profile;
    }

    TrialBuilder(Trial trial) {
        profile = trial.profile();
        scope = trial.scope();
        nodes = trial.nodes();
        attributes = trial.attributes();
        workloads = trial.workloads();
        idempotencyKeys = trial.idempotencyKeys();
        ttlNanos = trial.ttlNanos();
        ttlNamed = trial.ttlNamed();
        timeoutNanos = trial.timeoutNanos();
        reaperGraceNanos = trial.reaperGraceNanos();
        faults = trial.faults();
        nodeStarts = trial.nodeStarts();
        nodeEnds = trial.nodeEnds();
        outOfMemory = trial.outOfMemory();
        savesUnderWay = trial.savesUnderWay();
        nodeStores = trial.nodeStores();
        replacements = trial.replacements();
        storeEvents = trial.storeEvents();
        healedAt = trial.healedAt();
        settledAt = trial.settledAt();
        clockErrorNanos = trial.clockErrorNanos();
        store = trial.store();
        held = trial.held();
        assumptions = trial.assumptions();
        usersClockErrorNanos = trial.usersClockErrorNanos();
        journaled = trial.journaled();
        clockDoubt = trial.clockDoubt();
        untested = trial.untested();
        minimalTraffic = trial.minimalTraffic();
        figureDoubts = trial.figureDoubts();
        sockets = trial.sockets();
        proxied = trial.proxied();
        interruption = trial.interruption();
    }

    public TrialBuilder scope(Scope next) {
        scope = next;
        return this;
    }

    public TrialBuilder nodes(List<String> next) {
        nodes = next;
        return this;
    }

    public TrialBuilder attributes(List<String> next) {
        attributes = next;
        return this;
    }

    public TrialBuilder workloads(List<String> next) {
        workloads = next;
        return this;
    }

    public TrialBuilder idempotencyKeys(boolean next) {
        idempotencyKeys = next;
        return this;
    }

    public TrialBuilder ttlNanos(long next) {
        ttlNanos = next;
        return this;
    }

    public TrialBuilder ttlNamed(boolean next) {
        ttlNamed = next;
        return this;
    }

    public TrialBuilder timeoutNanos(long next) {
        timeoutNanos = next;
        return this;
    }

    public TrialBuilder reaperGraceNanos(long next) {
        reaperGraceNanos = next;
        return this;
    }

    public TrialBuilder faults(List<Trial.Fault> next) {
        faults = next;
        return this;
    }

    /** Nodes were watched: they were started so often, and ended so. */
    public TrialBuilder nodeEnds(int starts, List<Trial.NodeEnd> ends) {
        nodeStarts = starts;
        nodeEnds = ends;
        return this;
    }

    public TrialBuilder outOfMemory(List<Trial.OutOfMemory> next) {
        outOfMemory = next;
        return this;
    }

    /** A store outside of nodes is required. */
    public TrialBuilder savesUnderWay(Map<Long, String> next) {
        savesUnderWay = next;
        return this;
    }

    public TrialBuilder nodeStores(List<Trial.NodeStore> next) {
        nodeStores = next;
        return this;
    }

    public TrialBuilder replacements(List<Replacement> next) {
        replacements = next;
        return this;
    }

    public TrialBuilder storeEvents(List<Trial.StoreEvent> next) {
        storeEvents = next;
        return this;
    }

    public TrialBuilder healedAt(long next) {
        healedAt = next;
        return this;
    }

    public TrialBuilder settledAt(long next) {
        settledAt = next;
        return this;
    }

    public TrialBuilder clockErrorNanos(long next) {
        clockErrorNanos = next;
        return this;
    }

    public TrialBuilder store(StoreContents next) {
        store = next;
        return this;
    }

    public TrialBuilder held(HeldSessions next) {
        held = next;
        return this;
    }

    public TrialBuilder assumptions(List<BrokenAssumption> next) {
        assumptions = next;
        return this;
    }

    public TrialBuilder usersClockErrorNanos(long next) {
        usersClockErrorNanos = next;
        return this;
    }

    public TrialBuilder journaled(EffectEvidence next) {
        journaled = next;
        return this;
    }

    public TrialBuilder clockDoubt(String next) {
        clockDoubt = next;
        return this;
    }

    public TrialBuilder untested(List<String> next) {
        untested = next;
        return this;
    }

    public TrialBuilder minimalTraffic(MinimalTraffic next) {
        minimalTraffic = next;
        return this;
    }

    public TrialBuilder figureDoubts(List<String> next) {
        figureDoubts = next;
        return this;
    }

    public TrialBuilder sockets(SocketHistory next) {
        sockets = next;
        return this;
    }

    public TrialBuilder proxied(boolean next) {
        proxied = next;
        return this;
    }

    public TrialBuilder interruption(String next) {
        interruption = next;
        return this;
    }

    public Trial build() {
        return new Trial(
                profile,
                scope,
                nodes,
                attributes,
                workloads,
                idempotencyKeys,
                ttlNanos,
                ttlNamed,
                timeoutNanos,
                reaperGraceNanos,
                faults,
                nodeStarts,
                nodeEnds,
                outOfMemory,
                savesUnderWay,
                nodeStores,
                replacements,
                storeEvents,
                healedAt,
                settledAt,
                clockErrorNanos,
                store,
                held,
                assumptions,
                usersClockErrorNanos,
                journaled,
                clockDoubt,
                untested,
                minimalTraffic,
                figureDoubts,
                sockets,
                proxied,
                interruption);
    }
}
