package dev.midwrite.controller.nodes;

import java.util.List;

/** All nodes of a drill. Thread-safe. */
public interface NodeGroup extends AutoCloseable {

    /** In the order of the drill. */
    List<? extends Node> all();

    /** @throws dev.midwrite.controller.Problem if the drill names no such node */
    Node node(String name);

    /**
     * Starts all and waits until all are ready.
     *
     * @throws dev.midwrite.controller.Problem if one fails; then none is left running
     */
    void start() throws InterruptedException;

    /** Ends all that are still up; none can start any more. Idempotent. */
    @Override
    void close();
}
