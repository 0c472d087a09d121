package dev.midwrite.controller.audit;

import dev.midwrite.check.StoreContents;
import dev.midwrite.check.StoreIndexes;
import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import dev.midwrite.link.v1.Kept;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Sessions in maps of a data grid whose members or clients the nodes are: their agents look into their own processes. What
 * the nodes hold together is taken for what the grid holds.
 *
 * <p>A map that the drill does not name counts if sessions that passed lately lie there: others may have the ids of sessions for
 * something else. Not thread-safe.
 */
public final class GridAudit implements StoreAudit {
    private final NodeMaps nodes;
    private final Optional<String> map;
    private final boolean fresh;
    /** Keyed hashes of ids that lay there before. */
    private final Set<Long> before = new HashSet<>();
    /** Names of the maps that were read then. */
    private final Set<String> readBefore = new HashSet<>();

    /**
     * @param map that the drill names
     * @param fresh the nodes, and so their grid, are the drill's own: nothing lay there before
     */
    public GridAudit(NodeMaps nodes, Optional<String> map, boolean fresh) {
        this.nodes = nodes;
        this.map = map;
        this.fresh = fresh;
    }

    @Override
    public void begin() {
        // Nobody is there to be asked yet.
    }

    @Override
    public void nodesAreUp() {
        if (fresh) {
            return;
        }
        for (NodeMaps.Answer answer : nodes.look(map.orElse(""))) {
            for (Kept kept : answer.kept()) {
                readBefore.add(kept.getMap());
                before.addAll(kept.getSessionsList());
            }
        }
    }

    @Override
    public StoreContents read(Collection<SessionLocation> reported, LongSupplier clock) {
        List<NodeMaps.Answer> answers = nodes.look(map.orElse(""));
        Map<String, Set<String>> holders = holders(answers);
        Map<Long, StoredSession> sessions = new TreeMap<>();
        for (NodeMaps.Answer answer : answers) {
            answer.kept().stream()
                    .filter(kept -> holders.containsKey(kept.getMap()))
                    .forEach(kept -> take(kept, sessions));
        }
        List<String> places = holders.entrySet().stream()
                .map(held -> "entries of map " + held.getKey() + " at " + String.join(", ", held.getValue()))
                .toList();
        Optional<String> unread = unread(answers);
        Optional<String> unknown = holders.keySet().stream()
                .filter(name -> !fresh && !readBefore.contains(name))
                .findFirst()
                .map(name -> "What lay in map " + name + " before the drill began is not known.");
        String doubt = unread.or(() -> unknown).orElseGet(() -> sessions.isEmpty() ? none(answers, places) : "");
        return new StoreContents(
                true,
                places,
                doubt,
                clock.getAsLong(),
                unknown.isPresent() ? List.of() : List.copyOf(sessions.values()),
                StoreIndexes.NONE);
    }

    /** Maps that count, each with the nodes that have it. */
    private Map<String, Set<String>> holders(List<NodeMaps.Answer> answers) {
        Set<String> counting = new TreeSet<>(map.stream().toList());
        Map<String, Set<String>> holders = new TreeMap<>();
        for (NodeMaps.Answer answer : answers) {
            for (Kept kept : answer.kept()) {
                holders.computeIfAbsent(kept.getMap(), name -> new TreeSet<>()).add(answer.node());
                if (kept.getFamiliar()) {
                    counting.add(kept.getMap());
                }
            }
        }
        holders.keySet().retainAll(counting);
        return holders;
    }

    /** The first thing that could not be read. */
    private static Optional<String> unread(List<NodeMaps.Answer> answers) {
        for (NodeMaps.Answer answer : answers) {
            String cannot = "The store audit cannot look into maps of " + answer.node() + ": ";
            if (!answer.problem().isEmpty()) {
                return Optional.of(cannot + answer.problem().replaceFirst("\\.?$", "."));
            }
            for (Kept kept : answer.kept()) {
                if (!kept.getProblem().isEmpty()) {
                    return Optional.of(cannot + kept.getMap() + " answers with " + kept.getProblem() + ".");
                }
            }
        }
        return Optional.empty();
    }

    /** A grid of which nothing is found is no grid in which all is well: users may hold sessions that lie elsewhere. */
    private String none(List<NodeMaps.Answer> answers, List<String> places) {
        if (answers.isEmpty()) {
            return "The store audit has no node to ask: no agent is connected.";
        }
        if (!places.isEmpty()) {
            return "The audit found no session; it looked for " + String.join(", ", places) + ".";
        }
        return map.map(name -> "The store audit found no map " + name + " at any node.")
                .orElse("The store audit found no map of a data grid in which sessions lie that nodes saw; name it in"
                        + " store.namespace.");
    }

    /** A copy may be older than its owner's entry: what lives longer was written later. */
    private void take(Kept kept, Map<Long, StoredSession> sessions) {
        int count = Math.min(kept.getSessionsCount(), kept.getLeftMillisCount());
        for (int i = 0; i < count; i++) {
            long id = kept.getSessions(i);
            if (!before.contains(id)) {
                Lifetime left = Lifetime.of(kept.getLeftMillis(i));
                sessions.merge(
                        id,
                        new StoredSession(id, Layout.OTHER, left, List.of(), List.of(), ""),
                        (one, other) -> ends(one) >= ends(other) ? one : other);
            }
        }
    }

    private static long ends(StoredSession session) {
        long left = session.lifetime().ttlMillis();
        return left == Lifetime.NONE ? Long.MAX_VALUE : left;
    }
}
