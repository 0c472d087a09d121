package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import java.util.Set;

/** Finds clusters; a service in jars that are loaded only when a drill needs one. */
public interface ClusterProvider {

    /**
     * Looks for the cluster and its Deployment, and whether a drill may do there what it needs to.
     *
     * @param actions that the drill names: RESTART is a rollout, KILL and STOP delete pods
     * @throws dev.midwrite.controller.Problem if there is none, or it may not
     */
    Cluster open(KubernetesSpec spec, Set<Step.Action> actions);
}
