package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Node;
import dev.midwrite.controller.nodes.NodeGroup;
import java.util.List;
import java.util.Map;

/** Nodes that a test starts itself; whole when so many are ready. */
record PlayedGroup(Map<String, PlayedNode> nodes, int wanted) implements NodeGroup {

    @Override
    public List<? extends Node> all() {
        return List.copyOf(nodes.values());
    }

    @Override
    public boolean whole() {
        return nodes.values().stream().filter(Node::ready).count() >= wanted;
    }

    @Override
    public Node node(String name) {
        if (!nodes.containsKey(name)) {
            throw new Problem("There is no node " + name + ".");
        }
        return nodes.get(name);
    }

    @Override
    public void start() {
        throw new IllegalStateException("a test starts its nodes itself");
    }

    @Override
    public void close() {
        // There are no processes.
    }
}
