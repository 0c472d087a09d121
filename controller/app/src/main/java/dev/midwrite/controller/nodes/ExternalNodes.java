package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import java.util.List;

/** Nodes that somebody else started: they are watched, and left as they are in the end. Thread-safe. */
public final class ExternalNodes implements NodeGroup {
    private final ExternalSetting setting;
    private final NodeListener listener;
    private final List<ForeignNode> nodes;

    public ExternalNodes(ExternalSetting setting, NodeListener listener) {
        this.setting = setting;
        this.listener = listener;
        this.nodes = setting.external().nodes().stream()
                .map(node -> new ForeignNode(node, setting, listener))
                .toList();
    }

    @Override
    public List<? extends Node> all() {
        return nodes;
    }

    @Override
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem("There is no node " + name + "; the nodes are "
                        + nodes.stream().map(ForeignNode::name).toList() + "."));
    }

    /** Waits until all are ready: they were started before. */
    @Override
    public void start() throws InterruptedException {
        long deadline = System.nanoTime() + setting.spec().readyTimeout().toNanos();
        nodes.forEach(ForeignNode::appear);
        for (ForeignNode node : nodes) {
            node.awaitReady(deadline);
        }
        listener.unseen("The nodes run elsewhere: exit status, output and memory of their processes are not known here."
                + (setting.external().controller().isPresent()
                        ? ""
                        : " They have no agent, so there are no journals either."));
    }

    @Override
    public void close() {
        nodes.forEach(ForeignNode::close);
    }
}
