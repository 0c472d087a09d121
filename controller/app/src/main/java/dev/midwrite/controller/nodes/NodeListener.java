package dev.midwrite.controller.nodes;

/** Hears of nodes going up and down; called on threads of the nodes, and must return soon. */
public interface NodeListener {

    /** The node answers its health check and its recording is acknowledged. */
    void ready(Node node);

    /** Also of a start that ended by itself before it was ready, unless another port will do. */
    void exited(NodeExit exit);

    /** What cannot be seen of a node, a sentence. */
    void unseen(String sentence);

    /**
     * What a cluster says of a node, which need not be up.
     *
     * @param label a few words, and {@code detail} some more; may be empty
     * @param nanos when it was heard, on {@link System#nanoTime()}
     */
    default void told(String node, String label, String detail, long nanos) {}

    /** Whether requests are routed to a node that is up, if that changes otherwise than by its end. */
    default void routed(Node node, boolean in) {}

    /** A node that has ended, or never was up, comes back no more. */
    default void left(String node) {}
}
