package dev.midwrite.controller.nodes;

/** Hears of nodes going up and down; called on threads of the nodes, and must return soon. */
public interface NodeListener {

    /** The node answers its health check and its recording is acknowledged. */
    void ready(Node node);

    /** Also of a start that ended by itself before it was ready, unless another port will do. */
    void exited(NodeExit exit);

    /** What cannot be seen of a node, a sentence. */
    void unseen(String sentence);
}
