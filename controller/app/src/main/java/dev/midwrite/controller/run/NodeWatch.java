package dev.midwrite.controller.run;

import dev.midwrite.controller.history.RunFacts.ExitFacts;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.nodes.NodeProcess;
import dev.midwrite.controller.report.NodeInstant;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps users off nodes that are down, and remembers who went down and came up when. Thread-safe. */
final class NodeWatch implements NodeListener {
    private final Router router;
    private final UserClock clock;
    private final Predicate<String> mayCrash;
    private final Consumer<NodeExit> unexpected;
    private final List<ExitFacts> exits = new ArrayList<>();
    private final List<NodeInstant> instants = new ArrayList<>();
    private long lastReady;
    private boolean closed;

    /**
     * @param mayCrash whether a fault that ends this node's process is armed there
     * @param unexpected hears of an exit that neither we nor a fault asked for
     */
    NodeWatch(Router router, UserClock clock, Predicate<String> mayCrash, Consumer<NodeExit> unexpected) {
        this.router = router;
        this.clock = clock;
        this.mayCrash = mayCrash;
        this.unexpected = unexpected;
    }

    @Override
    public synchronized void ready(NodeProcess node) {
        router.up(node.name(), node.uri());
        lastReady = clock.now();
        instants.add(instant(lastReady, node.name(), NodeInstant.Kind.UP, "up", "start " + node.starts()));
    }

    @Override
    public void exited(NodeExit exit) {
        boolean expected = exit.asked() || mayCrash.test(exit.node());
        synchronized (this) {
            router.down(exit.node());
            if (closed) {
                return;
            }
            long at = clock.at(exit.nanos());
            exits.add(new ExitFacts(exit.node(), exit.code(), exit.asked(), at));
            instants.add(instant(at, exit.node(), NodeInstant.Kind.DOWN, "down", "exit code " + exit.code()));
        }
        if (!expected) {
            unexpected.accept(exit);
        }
    }

    /** What happens to nodes from now on is our own tidying up. */
    synchronized void close() {
        closed = true;
    }

    /** On the users' clock; 0 if no node ever was. */
    synchronized long lastReady() {
        return lastReady;
    }

    synchronized List<ExitFacts> exits() {
        return List.copyOf(exits);
    }

    synchronized List<NodeInstant> instants() {
        return List.copyOf(instants);
    }

    private static NodeInstant instant(long at, String node, NodeInstant.Kind kind, String label, String detail) {
        return new NodeInstant(at, node, kind, 0, 0, label, detail);
    }
}
