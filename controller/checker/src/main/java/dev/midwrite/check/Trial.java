package dev.midwrite.check;

import dev.midwrite.check.fleet.SocketHistory;
import java.util.List;
import java.util.Map;

/**
 * What a history is judged against, besides the operations themselves. All times are nanoseconds on the users' clock.
 *
 * @param scope where a session may be read
 * @param nodes names by the numbers that operations carry; index 0 is "unknown"
 * @param attributes names by the numbers that operations carry
 * @param workloads names of the workloads that ran; a check without its workload is not observed
 * @param idempotencyKeys the application drops a repeated request id
 * @param ttlNanos the session's maximum inactive interval; 0 if unknown, then expiry is not judged;
 *     {@link #NEVER} if sessions never end by themselves
 * @param ttlNamed somebody said so; else it is a guess, which nothing hard can rest on
 * @param timeoutNanos after which users give an attempt up; 0 if unknown
 * @param reaperGraceNanos how much longer than that the store may keep a session
 * @param faults what was injected, in order of time
 * @param nodeStarts how often nodes were started; 0 if nobody watched them
 * @param nodeEnds of nodes' processes, in order of time
 * @param outOfMemory nodes that ran out of memory and went on, in order of time
 * @param savesUnderWay by keyed hash of an id: what a node that still ran had begun to save and not ended when the store was read, a
 *     sentence
 * @param nodeStores where each start of a node keeps its sessions, if the drill requires a store outside of nodes; else empty
 * @param replacements of nodes by rollouts, in order of time
 * @param storeEvents what happened to the store itself, in order of time
 * @param healedAt when the last fault had ended and all nodes were up; {@link Long#MAX_VALUE} if never
 * @param settledAt first moment at which final reads count
 * @param clockErrorNanos half-width of the offset interval between the users' clock and the worst node's
 * @param store what the audit read from the store
 * @param held what users say must lie there
 * @param assumptions broken assumptions found before checking; with any the run is no pass
 * @param usersClockErrorNanos half-width of the offset interval between the users' own clocks; 0 if all users ran in one
 *     process, on one monotonic clock
 * @param journaled what the nodes' journals prove of writes that nobody answered
 * @param clockDoubt why the nodes' clocks cannot be compared with the users'; empty if they can. What rests on nodes'
 *     times is then unknown; what users' operations decide stands
 * @param minimalTraffic how much must have been answered before the run may say pass
 * @param untested why the run shows nothing, found before checking; with any it is no pass
 * @param figureDoubts why no figure of the run means anything, such as users that fell behind their plan; what was read
 *     and written stands
 * @param sockets what users' sockets carried
 * @param proxied users went through a proxy, so an attempt of node 0 may have been any node's, or none's
 * @param interruption how far the run came before it was broken off, a sentence; empty if it came to its end
 */
public record Trial(
        Profile profile,
        Scope scope,
        List<String> nodes,
        List<String> attributes,
        List<String> workloads,
        boolean idempotencyKeys,
        long ttlNanos,
        boolean ttlNamed,
        long timeoutNanos,
        long reaperGraceNanos,
        List<Fault> faults,
        int nodeStarts,
        List<NodeEnd> nodeEnds,
        List<OutOfMemory> outOfMemory,
        Map<Long, String> savesUnderWay,
        List<NodeStore> nodeStores,
        List<Replacement> replacements,
        List<StoreEvent> storeEvents,
        long healedAt,
        long settledAt,
        long clockErrorNanos,
        StoreContents store,
        HeldSessions held,
        List<BrokenAssumption> assumptions,
        long usersClockErrorNanos,
        EffectEvidence journaled,
        String clockDoubt,
        List<String> untested,
        MinimalTraffic minimalTraffic,
        List<String> figureDoubts,
        SocketHistory sockets,
        boolean proxied,
        String interruption) {

    /** No time to live: later than any run can last, and small enough that a moment can be added to it. */
    public static final long NEVER = Long.MAX_VALUE >> 2;

    /** A trial of which nothing is known but its promises; see {@link TrialBuilder} for what that means. */
    public static TrialBuilder of(Profile profile) {
        return new TrialBuilder(profile);
    }

    /** The same facts, to be changed or added to. */
    public TrialBuilder but() {
        return new TrialBuilder(this);
    }

    /**
     * One declared injection and what became of it.
     *
     * @param from first and {@code to} last moment at which it was armed or its effect lasted
     * @param happened moments at which it was applied, with the operation it hit
     * @param heldBack what kept it from other operations at its point, without a full stop; empty if unknown
     */
    public record Fault(
            int injection,
            String name,
            String point,
            String node,
            long from,
            long to,
            long matched,
            long applied,
            List<Happening> happened,
            String heldBack) {

        /** Nobody knows what held it back. */
        public Fault(
                int injection,
                String name,
                String point,
                String node,
                long from,
                long to,
                long matched,
                long applied,
                List<Happening> happened) {
            this(injection, name, point, node, from, to, matched, applied, happened, "");
        }
    }

    /**
     * One application of a fault, from the node's journal.
     *
     * @param request of the user whose operation was hit; 0 if unknown
     * @param session keyed hash of the session id; 0 if unknown
     * @param seq of the journal record that announced it
     */
    public record Happening(String node, long seq, long at, long request, long session, int step, String command) {}

    /** Where faults of the store itself have happened; no node can be named so. */
    public static final String STORE = "the store";

    /**
     * Something that happened to the store itself and can lose what it held.
     *
     * @param from and {@code to} between which it happened
     * @param what one sentence
     */
    public record StoreEvent(long from, long to, String what) {}

    /**
     * The end of a node's process.
     *
     * @param at when it was seen
     * @param code exit code; {@link #UNKNOWN_CODE} of a process that somebody else started
     * @param lastWords why, as far as code and log say, in sentences; empty if that is known
     */
    public record NodeEnd(String node, long at, int code, By by, String lastWords) {
        /** Who starts a process is told how it ends, and nobody else. */
        public static final int UNKNOWN_CODE = -1;

        /** Who ended it. */
        public enum By {
            /** The drill, or its end. */
            ASKED,
            /** A fault that was injected: the journal announced it. */
            FAULT,
            /** Nobody. */
            ITSELF,
            /** Such a fault was armed, and the journal is not whole; or the process was somebody else's. */
            UNKNOWN
        }
    }

    /**
     * A node ran out of memory, and went on until it was asked to end or the run was over.
     *
     * @param at when it was known, later than it happened
     * @param lastWords the JVM's, in a sentence
     * @param injected a fault had filled the heap
     */
    public record OutOfMemory(String node, long at, String lastWords, boolean injected) {}

    /**
     * Where one start of a node keeps sessions, as its journal has it.
     *
     * @param at when it made its last record
     * @param requests how many it served
     */
    public record NodeStore(String node, long at, long requests, Kept kept) {

        /** Where. */
        public enum Kept {
            /** A store was asked, a file written or another node told. */
            OUTSIDE,
            /** Sessions were made, found or changed, and nothing left the node. */
            IN_MEMORY,
            /** It served too little, or no point saw a session of it or what became of one. */
            UNKNOWN
        }
    }
}
