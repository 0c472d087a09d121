package dev.midwrite.controller.map;

import dev.midwrite.controller.audit.SessionLocation;
import java.util.List;

/**
 * Where one node keeps its sessions, as its journals show it. Immutable.
 *
 * @param starts of the JVM whose journals were read
 * @param passages at each point at which anything happened, by kinds
 * @param places keys of sessions, and where the node sent them
 * @param operations which commands operations on sessions took, the most frequent first
 * @param peers what went to other nodes and came from them
 * @param hooks threads that were registered to run at the JVM's end, while it recorded
 * @param phases of a shutdown, in their order; empty if none was recorded
 */
public record NodeMap(
        String node,
        int starts,
        List<Passages> passages,
        List<SessionLocation> places,
        List<Commands> operations,
        List<Traffic> peers,
        List<String> hooks,
        List<String> phases) {

    public NodeMap {
        passages = List.copyOf(passages);
        places = List.copyOf(places);
        operations = List.copyOf(operations);
        peers = List.copyOf(peers);
        hooks = List.copyOf(hooks);
        phases = List.copyOf(phases);
    }

    /** @param kind as in drills, such as {@code session.save} */
    public record Passages(String kind, String point, long count) {}

    /**
     * Commands that an operation sent to its store.
     *
     * @param point where the operation began
     * @param commands in their order; empty if it sent none that a point saw
     * @param times how often they were these
     * @param of so many operations that ended well
     */
    public record Commands(String point, List<String> commands, long times, long of) {
        public Commands {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Messages of one sort between this node and another.
     *
     * @param words of the library, then what is known: {@code changes} or {@code whole}, and what the sender asked to wait for
     */
    public record Traffic(String peer, boolean sent, String words, long count) {}

    /** In one sentence; never more than points can tell. */
    public String kept() {
        boolean sessions = any("session.");
        if (!places.isEmpty() || any("store.")) {
            return "In a store outside of this JVM" + (any("replica.") ? ", and on other nodes." : ".");
        }
        if (any("replica.")) {
            return "In the memory of this JVM and of other nodes.";
        }
        if (any("file.")) {
            return "In the memory of this JVM and in files.";
        }
        return sessions
                ? "In the memory of this JVM only, as far as its points tell."
                : "Not known: nothing passed a point that has to do with sessions.";
    }

    private boolean any(String beginning) {
        return passages.stream().anyMatch(each -> each.kind().startsWith(beginning));
    }
}
