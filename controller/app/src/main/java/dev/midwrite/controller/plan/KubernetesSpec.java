package dev.midwrite.controller.plan;

import java.util.List;
import java.util.Optional;

/**
 * Nodes that are the pods of one Deployment. Which pods there are, nobody knows before; a drill calls them by words.
 *
 * @param deployment its name; empty if {@code selector} selects it
 * @param selector of labels of the Deployment, as {@code kubectl -l} takes it
 * @param namespace empty for that of the context
 * @param context of the kubeconfig; empty for its current one
 * @param port where users reach the pods themselves; empty if they come by way of a balancer
 */
public record KubernetesSpec(
        Optional<String> deployment,
        Optional<String> selector,
        Optional<String> namespace,
        Optional<String> context,
        Optional<Integer> port) {
    /** All pods that there are then. */
    public static final String ALL = "all";
    /** Of those that are up, the one that was created first. */
    public static final String OLDEST = "oldest";
    /** Of those that are up, the one that was created last. */
    public static final String NEWEST = "newest";

    static final List<String> WORDS = List.of(ALL, OLDEST, NEWEST);

    /** Such as {@code the deployment orders}. */
    public String words() {
        return deployment
                .map(name -> "the deployment " + name)
                .orElseGet(() -> "the deployment with " + selector.orElse("no labels"));
    }
}
