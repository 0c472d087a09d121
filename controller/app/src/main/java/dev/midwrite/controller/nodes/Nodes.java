package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.NodesSpec;
import java.util.List;

/** All nodes of a drill. */
@SuppressWarnings("DoNotCallSuggester") // Signatures first; bodies follow.
public final class Nodes implements AutoCloseable {

    public Nodes(NodesSpec spec, NodeSetting setting, NodeListener listener) {
        throw new UnsupportedOperationException();
    }

    /** In the order of the drill. */
    public List<NodeProcess> all() {
        throw new UnsupportedOperationException();
    }

    /** @throws dev.midwrite.controller.Problem if the drill names no such node */
    public NodeProcess node(String name) {
        throw new UnsupportedOperationException();
    }

    /** Starts all at the same time and waits until all are ready; if one fails, none is left running. */
    public void start() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Stops all at the same time. */
    public void stop() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Ends all, by force where {@link #stop} was not called or failed. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
