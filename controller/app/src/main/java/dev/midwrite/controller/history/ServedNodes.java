package dev.midwrite.controller.history;

import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.controller.history.JournalIndex.Entry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** How the starts of all nodes served users, and whether they asked a store for it. Not thread-safe. */
final class ServedNodes {
    /** By incarnation, in the order in which journals were read. */
    private final Map<Long, ServedRequests> starts = new LinkedHashMap<>();
    /** Nodes that save sessions where no request is known, as Jetty does when the answer has gone. */
    private final Set<String> savingBeside = new HashSet<>();

    /** @param entry of a user's request */
    void add(Entry entry) {
        starts.computeIfAbsent(entry.incarnation(), incarnation -> new ServedRequests(entry.node()))
                .add(entry);
    }

    /** A session was saved on this node, and no request is named for it. */
    void savesBeside(String node) {
        savingBeside.add(node);
    }

    /** How many users' requests a node served without asking any store; empty if it asked one, or served too few to say. */
    OptionalLong withoutStore(String node) {
        List<ServedRequests> all = of(node).toList();
        long requests = all.stream().mapToLong(ServedRequests::requests).sum();
        return all.stream().anyMatch(ServedRequests::asksStore)
                        || savingBeside.contains(node)
                        || !ServedRequests.enough(requests)
                ? OptionalLong.empty()
                : OptionalLong.of(requests);
    }

    /** Whether sessions are seen on this node at all. */
    boolean knowsSessions(String node) {
        return of(node).anyMatch(ServedRequests::knowsSessions);
    }

    /** Whether the application's changes of sessions are journaled on this node at all. */
    boolean setsAttributes(String node) {
        return of(node).anyMatch(ServedRequests::setsAttributes);
    }

    /** Whether the begin of this node's responses is seen: of some hosts, as WebFlux on Netty, it is not. */
    boolean beginsResponses(String node) {
        return of(node).anyMatch(ServedRequests::beginsResponses)
                || !ServedRequests.enough(
                        of(node).mapToLong(ServedRequests::requests).sum());
    }

    /** Where each start of a node keeps sessions, as far as it served users. */
    List<NodeStore> stores() {
        return starts.values().stream()
                .map(start -> start.store(savingBeside.contains(start.node())))
                .toList();
    }

    private Stream<ServedRequests> of(String node) {
        return starts.values().stream().filter(start -> start.node().equals(node));
    }
}
