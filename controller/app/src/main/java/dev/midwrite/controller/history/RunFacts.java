package dev.midwrite.controller.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.check.Trial;
import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.controller.serve.ClockTrack;
import dev.midwrite.controller.serve.JournalState;
import java.util.List;
import java.util.Map;

/**
 * What must be known of a run beside operations and journals to judge it again; {@code run.json} of a bundle, where all
 * groups lie side by side. Times are nanoseconds on the users' clock.
 *
 * @param format version of this file, {@link #FORMAT}
 * @param store what the audit read
 * @param storeFacts what the store said of itself, and what was done to it
 * @param assumptions broken ones, each a sentence
 */
public record RunFacts(
        int format,
        @JsonUnwrapped Origin origin,
        @JsonUnwrapped Promise promise,
        @JsonUnwrapped UserFacts users,
        @JsonUnwrapped FleetFacts fleet,
        @JsonUnwrapped Course course,
        StoreContents store,
        StoreFacts storeFacts,
        List<String> assumptions) {

    public static final int FORMAT = 7;

    /** The same with these journals. */
    RunFacts with(List<JournalFacts> journals) {
        return new RunFacts(
                format,
                origin,
                promise,
                users,
                new FleetFacts(fleet.nodes(), fleet.clocks(), journals, fleet.nodeRuns()),
                course,
                store,
                storeFacts,
                assumptions);
    }

    /**
     * Which run it was.
     *
     * @param versions of what took part, by name, such as {@code midwrite}, {@code controller jdk}, {@code node-1 jdk}
     * @param started wall clock of time 0, ISO-8601, for people
     * @param originNanos {@link System#nanoTime()} of the controller at time 0; ties node clocks to the users' clock
     */
    public record Origin(String drill, long seed, Map<String, String> versions, String started, long originNanos) {}

    /**
     * What the service is held to.
     *
     * @param scope where the service lets a session be read
     * @param idempotencyKeys the application drops a repeated request id
     * @param externalStore sessions must be kept outside of nodes
     * @param ttlNanos the session's maximum inactive interval; 0 if unknown, {@link Trial#NEVER} if sessions never end by
     *     themselves
     * @param ttlNamed the drill said so; else it is the default
     * @param reaperGraceNanos how much longer the store may keep a session
     */
    public record Promise(
            Profile profile,
            Scope scope,
            boolean idempotencyKeys,
            boolean externalStore,
            long ttlNanos,
            boolean ttlNamed,
            long reaperGraceNanos) {}

    /**
     * What is known of users beside their history.
     *
     * @param attributes names by number
     * @param workloads that ran
     * @param probeSessions labels of the failover probes
     * @param timeoutNanos after which users give an attempt up
     * @param historyBytes length of the users' history when the run ended: a shorter one may lack its final reads
     */
    public record UserFacts(
            List<String> attributes,
            List<String> workloads,
            List<Long> probeSessions,
            long timeoutNanos,
            long historyBytes) {}

    /**
     * What is known of the nodes.
     *
     * @param nodes names by number; number 0 is {@code unknown}
     * @param clocks of every incarnation that spoke
     * @param journals what arrived of every incarnation's journal
     * @param nodeRuns what became of the nodes' processes
     */
    public record FleetFacts(
            List<String> nodes, List<ClockFacts> clocks, List<JournalFacts> journals, NodeRuns nodeRuns) {}

    /**
     * What happened when.
     *
     * @param faults injections and node actions in order of time
     * @param healedAt last fault ended and all nodes up; {@link Long#MAX_VALUE} if never
     * @param settledAt first moment at which final reads count
     */
    public record Course(List<FaultFacts> faults, long healedAt, long settledAt) {}

    /**
     * One injection on one node, or one node action.
     *
     * @param injection its id; 0 for a node action
     * @param name {@code crash}, {@code delay}, …; for a node action {@code kill}, {@code stop}, {@code restart}
     * @param point as the drill names it; empty for a node action
     * @param from armed, or the action began; {@code to} lifted, or its effect ended (the node was up again)
     * @param matched and {@code applied} as the agent last reported; journals may know of more
     * @param declared by the drill: if nothing came of it, the run is vacuous
     */
    public record FaultFacts(
            int injection,
            String name,
            String point,
            String node,
            long from,
            long to,
            long matched,
            long applied,
            boolean declared) {}

    /**
     * Bounds of a node's monotonic clock minus the controller's {@link System#nanoTime()}.
     *
     * @param lower and {@code upper} when the node last spoke
     * @param bounds what exchanges said over the run; empty if it is not known: then both bounds hold throughout
     */
    public record ClockFacts(String node, long incarnation, long lower, long upper, List<ClockBound> bounds) {

        /** The offset over the run. */
        ClockTrack track() {
            return bounds.isEmpty() ? ClockTrack.constant(lower, upper) : ClockTrack.of(bounds);
        }
    }

    /**
     * What arrived of one incarnation's journal.
     *
     * @param records how many
     * @param complete nothing is missing: only then does absence from it prove anything
     * @param damage why it is not, with the place; empty if nothing is known
     */
    public record JournalFacts(String node, long incarnation, long records, boolean complete, String damage) {

        public static JournalFacts of(JournalState state) {
            return new JournalFacts(state.node(), state.incarnation(), state.nextSeq(), state.whole(), state.damage());
        }
    }

    /**
     * What is known of the store beside its sessions.
     *
     * @param samples in order of time: the first, the last, and where something changed
     * @param deeds what the drill did to it, with what came of it
     */
    public record StoreFacts(List<StoreSample> samples, List<Trial.StoreEvent> deeds) {
        public static final StoreFacts NONE = new StoreFacts(List.of(), List.of());
    }
}
