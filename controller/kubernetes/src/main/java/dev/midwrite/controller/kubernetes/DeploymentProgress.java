package dev.midwrite.controller.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;

/**
 * How far a rollout has come, by the rules of {@code kubectl rollout status}. Pure.
 *
 * @param kind what it is
 * @param words of the server, or of ours; empty if it is complete
 */
record DeploymentProgress(Kind kind, String words) {
    private static final String DEADLINE = "ProgressDeadlineExceeded";

    enum Kind {
        UNDER_WAY,
        COMPLETE,
        /** The Deployment's own deadline is over. */
        STUCK
    }

    /** @param generation of the Deployment's specification that is meant */
    static DeploymentProgress of(Deployment deployment, long generation) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getObservedGeneration() == null || status.getObservedGeneration() < generation) {
            return underWay("the deployment's controller has not seen it");
        }
        for (DeploymentCondition condition : status.getConditions()) {
            if ("Progressing".equals(condition.getType()) && DEADLINE.equals(condition.getReason())) {
                return new DeploymentProgress(Kind.STUCK, DEADLINE + ": " + condition.getMessage());
            }
        }
        int wanted = wanted(deployment);
        int updated = count(status.getUpdatedReplicas());
        if (updated < wanted) {
            return underWay(updated + " of " + wanted + " pods are new");
        }
        if (count(status.getReplicas()) > updated) {
            return underWay("of the pods of before there are still " + (count(status.getReplicas()) - updated));
        }
        if (count(status.getAvailableReplicas()) < updated) {
            return underWay(count(status.getAvailableReplicas()) + " of " + updated + " new pods are available");
        }
        return new DeploymentProgress(Kind.COMPLETE, "");
    }

    /** How many pods there are to be. */
    static int wanted(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static DeploymentProgress underWay(String words) {
        return new DeploymentProgress(Kind.UNDER_WAY, words);
    }

    private static int count(Integer count) {
        return count == null ? 0 : count;
    }
}
