package dev.midwrite.controller.nodes;

import java.util.List;

/** All nodes of a drill. Thread-safe. */
public interface NodeGroup extends AutoCloseable {

    /** In the order of the drill, then those that only a rollout starts; of nodes that come and go, those that are not gone. */
    List<? extends Node> all();

    /** Of all that there ever were. */
    default List<String> names() {
        return all().stream().map(Node::name).toList();
    }

    /** All that are to be there are ready. */
    default boolean whole() {
        return all().stream().allMatch(Node::ready);
    }

    /**
     * @param name of a node, or a word that stands for one now
     * @throws dev.midwrite.controller.Problem if there is none
     */
    Node node(String name);

    /**
     * Starts the drill's own and waits until all of them are ready.
     *
     * @throws dev.midwrite.controller.Problem if one fails; then none is left running
     */
    void start() throws InterruptedException;

    /** Ends all that are still up; none can start any more. Idempotent. */
    @Override
    void close();
}
