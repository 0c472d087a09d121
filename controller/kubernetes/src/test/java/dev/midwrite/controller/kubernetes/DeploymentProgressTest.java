package dev.midwrite.controller.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.kubernetes.DeploymentProgress.Kind;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class DeploymentProgressTest {

    @Test
    void anOlderStatusSaysNothing() {
        assertThat(DeploymentProgress.of(deployment(3, 2, 2, 2, 2), 4).words())
                .isEqualTo("the deployment's controller has not seen it");
        assertThat(DeploymentProgress.of(new DeploymentBuilder().build(), 1).kind())
                .isEqualTo(Kind.UNDER_WAY);
    }

    @Test
    void itIsCompleteWhenNoOldPodIsLeftAndAllNewAreAvailable() {
        assertThat(DeploymentProgress.of(deployment(4, 2, 1, 3, 2), 4).words()).isEqualTo("1 of 2 pods are new");
        assertThat(DeploymentProgress.of(deployment(4, 2, 2, 3, 2), 4).words())
                .isEqualTo("of the pods of before there are still 1");
        assertThat(DeploymentProgress.of(deployment(4, 2, 2, 2, 1), 4).words())
                .isEqualTo("1 of 2 new pods are available");
        assertThat(DeploymentProgress.of(deployment(4, 2, 2, 2, 2), 4).kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void itsOwnDeadlineEndsIt() {
        Deployment stuck = new DeploymentBuilder(deployment(4, 2, 1, 3, 2))
                .editStatus()
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .withMessage("ReplicaSet \"orders-2\" has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();
        assertThat(DeploymentProgress.of(stuck, 4))
                .isEqualTo(new DeploymentProgress(
                        Kind.STUCK, "ProgressDeadlineExceeded: ReplicaSet \"orders-2\" has timed out progressing."));
        assertThat(DeploymentProgress.of(stuck, 5).kind())
                .as("of an earlier rollout")
                .isEqualTo(Kind.UNDER_WAY);
    }

    private static Deployment deployment(long observed, int wanted, int updated, int all, int available) {
        return new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(wanted)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withUpdatedReplicas(updated)
                .withReplicas(all)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }
}
