package dev.midwrite.controller.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that somebody else starts, and keeps.
 *
 * @param nodes in the order of the drill
 * @param controller where their agents dial; empty if they have none
 * @param balancer where users go, if routing is somebody else's, too
 * @param actionTimeout how long a command that does something to a node may take, or what is asked of a cluster
 * @param kubernetes if they are the pods of a Deployment; then {@code nodes} is empty
 */
public record ExternalSpec(
        List<ExternalNode> nodes,
        Optional<LinkAddress> controller,
        Optional<URI> balancer,
        Duration actionTimeout,
        Optional<KubernetesSpec> kubernetes) {

    public ExternalSpec {
        nodes = List.copyOf(nodes);
    }

    /** Whether the node can be had to do this. */
    public boolean can(String node, Step.Action action) {
        return nodes.stream().anyMatch(each -> each.name().equals(node) && each.can(action));
    }
}
