package dev.midwrite.controller.run;

import dev.midwrite.check.Replacement;
import dev.midwrite.controller.history.NodeRuns;
import dev.midwrite.controller.history.NodeRuns.ExitFacts;
import dev.midwrite.controller.history.NodeRuns.MemoryFacts;
import dev.midwrite.controller.nodes.MemoryErrors;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.report.NodeInstant;
import dev.midwrite.controller.users.Router;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps users off nodes that are down, and remembers who went down and came up when. Thread-safe. */
final class NodeWatch implements NodeListener {
    private final Router router;
    private final RunClock clock;
    private final Predicate<NodeExit> injected;
    private final Consumer<NodeExit> unexpected;
    private final Consumer<String> notes;
    private final List<ExitFacts> exits = new ArrayList<>();
    private final List<NodeInstant> instants = new ArrayList<>();
    /** Of starts that became ready and did not end by themselves. */
    private final Map<Start, Path> logs = new LinkedHashMap<>();

    private int starts;
    private long lastReady;
    private boolean closed;

    private record Start(String node, int number) {}

    /**
     * @param injected whether a fault is armed that ends this node's process with this status
     * @param unexpected hears at once of an exit that neither we nor a fault seem to have asked for; the verdict asks the
     *     journals, too
     * @param notes hears of what cannot be seen of nodes, in sentences
     */
    NodeWatch(
            Router router,
            RunClock clock,
            Predicate<NodeExit> injected,
            Consumer<NodeExit> unexpected,
            Consumer<String> notes) {
        this.router = router;
        this.clock = clock;
        this.injected = injected;
        this.unexpected = unexpected;
        this.notes = notes;
    }

    @Override
    public synchronized void ready(Node node) {
        router.join(node.name());
        router.up(node.name(), node.uri());
        lastReady = clock.now();
        if (node.ours()) {
            starts++;
            logs.put(new Start(node.name(), node.starts()), node.log());
        }
        instants.add(instant(lastReady, node.name(), NodeInstant.Kind.UP, "up", "start " + node.starts()));
    }

    @Override
    public void exited(NodeExit exit) {
        boolean expected = exit.asked() || injected.test(exit);
        synchronized (this) {
            router.down(exit.node());
            if (closed) {
                return;
            }
            if (!exit.asked()) {
                logs.remove(new Start(exit.node(), exit.start())); // Its last words tell of its memory, too.
            }
            long at = clock.at(exit.nanos());
            exits.add(new ExitFacts(exit.node(), exit.incarnation(), exit.code(), exit.asked(), at, exit.lastWords()));
            instants.add(instant(at, exit.node(), NodeInstant.Kind.DOWN, "down", exit.status()));
        }
        if (!expected) {
            unexpected.accept(exit);
        }
    }

    @Override
    public synchronized void told(String node, String label, String detail, long nanos) {
        router.join(node);
        if (!closed) {
            instants.add(instant(clock.at(nanos), node, NodeInstant.Kind.CLUSTER, label, detail));
        }
    }

    @Override
    public void routed(Node node, boolean in) {
        if (in) {
            router.up(node.name(), node.uri());
        } else {
            router.down(node.name());
        }
    }

    @Override
    public void left(String node) {
        router.retire(node);
    }

    @Override
    public void unseen(String sentence) {
        notes.accept(sentence);
    }

    /** What a rollout started from that moment on did not become ready; the rollout says so, and goes back or ends. */
    synchronized void neverServed(String node, long from) {
        exits.removeIf(exit -> exit.node().equals(node) && exit.at() >= from && !exit.asked());
    }

    /** What happens to nodes from now on is our own tidying up. */
    synchronized void close() {
        closed = true;
    }

    /** On the users' clock; 0 if no node ever was. */
    synchronized long lastReady() {
        return lastReady;
    }

    /** What became of all starts until now; reads their logs. */
    synchronized NodeRuns runs(List<Replacement> replacements) {
        List<MemoryFacts> outOfMemory = new ArrayList<>();
        logs.forEach((start, log) -> MemoryErrors.first(log)
                .ifPresent(error -> outOfMemory.add(new MemoryFacts(start.node(), clock.now(), error))));
        return new NodeRuns(starts, List.copyOf(exits), List.copyOf(outOfMemory), replacements);
    }

    /** The same without looking into logs. */
    synchronized NodeRuns exits(List<Replacement> replacements) {
        return new NodeRuns(starts, List.copyOf(exits), List.of(), replacements);
    }

    /** Something that concerns all nodes happened now; nothing without a label. */
    synchronized void remember(String label, String detail) {
        if (!label.isEmpty()) {
            instants.add(instant(clock.now(), "", NodeInstant.Kind.ROLLOUT, label, detail));
        }
    }

    synchronized List<NodeInstant> instants() {
        return List.copyOf(instants);
    }

    private static NodeInstant instant(long at, String node, NodeInstant.Kind kind, String label, String detail) {
        return new NodeInstant(at, node, kind, 0, 0, label, detail);
    }
}
