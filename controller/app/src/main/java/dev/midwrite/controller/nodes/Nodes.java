package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.NodesSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Processes of this machine. What happens to all happens at the same time. */
public final class Nodes implements NodeGroup {
    private final List<NodeProcess> nodes;
    /** Those that are started with the group; the others wait for a rollout. */
    private final List<NodeProcess> first;

    private final Path temporary;
    private final Reaper.Entry atTheEnd;

    /** A step of one node. */
    private interface Step {
        void on(NodeProcess node) throws InterruptedException;
    }

    public Nodes(NodesSpec spec, NodeSetting setting, NodeListener listener) {
        this(spec, List.of(), setting, listener);
    }

    /** @param spares names of nodes that somebody starts later */
    public Nodes(NodesSpec spec, List<String> spares, NodeSetting setting, NodeListener listener) {
        nodes = Stream.concat(spec.names().stream(), spares.stream())
                .map(name -> new NodeProcess(name, spec, setting, listener))
                .toList();
        first = nodes.subList(0, spec.names().size());
        temporary = setting.temporary();
        atTheEnd = setting.reaper().add("the nodes", this::end);
    }

    @Override
    public List<NodeProcess> all() {
        return nodes;
    }

    /** After a surge one of the drill's own may be down, and another runs in its place. */
    @Override
    public boolean whole() {
        return nodes.stream().filter(Node::ready).count() >= first.size();
    }

    @Override
    public NodeProcess node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem("There is no node " + name + "; the nodes are "
                        + nodes.stream().map(NodeProcess::name).toList() + "."));
    }

    @Override
    public void start() throws InterruptedException {
        boolean started = false;
        try {
            each(first, NodeProcess::start, NodeProcess::end);
            started = true;
        } finally {
            if (!started) {
                end();
            }
        }
    }

    /** SIGTERM to all, as {@link NodeProcess#stop}. */
    public void stop() throws InterruptedException {
        each(nodes, NodeProcess::stop, node -> {});
    }

    @Override
    public void close() {
        atTheEnd.close();
        end();
    }

    private void end() {
        try {
            each(nodes, NodeProcess::end, node -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Leftovers.delete(temporary);
    }

    /** @param ifOneFails for all of these nodes, as soon as the first has failed, so that the others need not be waited for */
    private static void each(List<NodeProcess> nodes, Step step, Step ifOneFails) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, nodes.size()), task -> {
            Thread thread = new Thread(task, "midwrite-nodes");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var done = new ExecutorCompletionService<Void>(threads);
            List<Future<Void>> all = new ArrayList<>();
            for (NodeProcess node : nodes) {
                all.add(done.submit(() -> {
                    step.on(node);
                    return null;
                }));
            }
            for (int i = 0; i < all.size(); i++) {
                try {
                    done.take().get();
                } catch (ExecutionException e) {
                    for (NodeProcess node : nodes) {
                        ifOneFails.on(node);
                    }
                    throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
