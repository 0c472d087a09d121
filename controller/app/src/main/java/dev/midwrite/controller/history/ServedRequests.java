package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.check.Trial.NodeStore.Kept;
import dev.midwrite.controller.history.JournalIndex.Entry;

/** What one start of a node did for users' requests, counted as its journal is read. */
final class ServedRequests {
    /** A node that served fewer requests may not have come to use its store. */
    private static final int ENOUGH = 10;

    private final String node;
    private long last;
    private long requests;
    private long leaving;
    private long stored;
    private long sessions;
    private long sets;
    private long begun;

    ServedRequests(String node) {
        this.node = node;
    }

    void add(Entry entry) {
        last = Math.max(last, entry.at());
        requests += Passage.requestBegins(entry) ? 1 : 0;
        leaving += Passage.leavesNode(entry) ? 1 : 0;
        stored += Passage.reachesStore(entry) ? 1 : 0;
        sessions += Passage.loaded(entry) || Passage.made(entry) ? 1 : 0;
        sets += Passage.beginsSet(entry) ? 1 : 0;
        begun += Passage.responseBegins(entry) ? 1 : 0;
    }

    String node() {
        return node;
    }

    long requests() {
        return requests;
    }

    /** Whether anything was saved, stored or sent to another node. */
    boolean asksStore() {
        return leaving > 0;
    }

    /** Whether anything of a session is journaled: its application may have sessions that nobody knows. */
    boolean knowsSessions() {
        return sessions + sets + stored > 0;
    }

    /** Whether the application's changes of sessions are journaled at all. */
    boolean setsAttributes() {
        return sets > 0;
    }

    /** Whether the begin of any response is journaled. */
    boolean beginsResponses() {
        return begun > 0;
    }

    static boolean enough(long requests) {
        return requests >= ENOUGH;
    }

    /**
     * A repository's save is no proof by itself: it may save to a map.
     *
     * @param savesBeside the node saves sessions where no request is known
     */
    NodeStore store(boolean savesBeside) {
        Kept kept = stored > 0
                ? Kept.OUTSIDE
                : enough(requests) && knowsSessions() && leaving == 0 && !savesBeside ? Kept.IN_MEMORY : Kept.UNKNOWN;
        return new NodeStore(node, last, requests, kept);
    }
}
