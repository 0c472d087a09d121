package dev.midwrite.controller.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.nodes.PodState;
import dev.midwrite.controller.nodes.PodState.Endpoint;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the API server's objects mean, in whatever order they come. */
class PodBookTest {
    private final List<PodState> told = new ArrayList<>();
    private final PodBook book = new PodBook("deployment-uid", told::add);

    @Test
    void nothingIsToldOfAPodBeforeItsOwnerIsKnown() {
        book.pod(pod().build(), false);
        assertThat(told).isEmpty();
        book.replicaSet(set("other-uid"));
        assertThat(told).isEmpty();
        book.replicaSet(set("deployment-uid"));
        assertThat(told).hasSize(1);
        book.pod(pod().build(), false);
        assertThat(told).as("nothing new").hasSize(1);
    }

    @Test
    void whatWasListedIsAwaitedWithAnEnd() throws Exception {
        List<HasMetadata> listed = List.of(pod().build(), set("deployment-uid"), slice("one", "pod-uid", true, true));
        book.pod(pod().build(), false);
        book.slice(slice("one", "pod-uid", true, true), false);
        assertThat(book.awaitKnown(listed, Duration.ofMillis(1)))
                .as("nothing is told of the pod yet")
                .isFalse();
        book.replicaSet(set("deployment-uid"));
        assertThat(book.awaitKnown(listed, Duration.ZERO)).isTrue();
        assertThat(told).hasSize(1);
    }

    @Test
    void theBestOfAllSlicesCountsAndWhatIsNotSaidAsTheApiDefinesIt() {
        book.replicaSet(set("deployment-uid"));
        book.pod(pod().build(), false);
        book.slice(slice("one", "pod-uid", true, true), false);
        assertThat(last().endpoint()).isEqualTo(Endpoint.TERMINATING);
        book.slice(slice("two", "pod-uid", null, null), false);
        assertThat(last().endpoint()).isEqualTo(Endpoint.READY);
        book.slice(slice("two", "another-pod", null, null), false);
        assertThat(last().endpoint()).isEqualTo(Endpoint.TERMINATING);
        book.slice(slice("one", "pod-uid", true, null), false);
        assertThat(last().endpoint()).isEqualTo(Endpoint.NOT_READY);
        book.slice(slice("one", "pod-uid", true, null), true);
        assertThat(last().endpoint()).isEqualTo(Endpoint.ABSENT);
    }

    @Test
    void itsEndWasAskedForBeforeItsGracePeriod() {
        book.replicaSet(set("deployment-uid"));
        book.pod(
                pod().editMetadata()
                        .withDeletionTimestamp("2026-11-30T12:01:00Z")
                        .withDeletionGracePeriodSeconds(60L)
                        .endMetadata()
                        .build(),
                false);
        assertThat(last().asked()).contains(Instant.parse("2026-11-30T12:00:00Z"));
        book.pod(pod().build(), true);
        assertThat(last().gone()).isTrue();
        assertThat(book.present()).isEmpty();
    }

    @Test
    void ofSeveralContainersTheOneWithTheAgentCounts() {
        Pod pod = pod().editSpec()
                .addNewContainer()
                .withName("proxy")
                .endContainer()
                .endSpec()
                .editStatus()
                .addNewContainerStatus()
                .withName("proxy")
                .withRestartCount(7)
                .endContainerStatus()
                .endStatus()
                .build();
        book.replicaSet(set("deployment-uid"));
        book.pod(pod, false);
        assertThat(last().restarts()).as("nobody knows which one").isZero();

        pod.getSpec()
                .getContainers()
                .get(0)
                .setEnv(List.of(new EnvVarBuilder()
                        .withName("JAVA_TOOL_OPTIONS")
                        .withValue("-javaagent:/midwrite/midwrite-agent.jar=node=$(POD_NAME)")
                        .build()));
        book.pod(pod, false);
        assertThat(last().restarts()).isEqualTo(2);
        assertThat(last().ended()).isEqualTo("container orders ended with exit code 137 (OOMKilled)");
    }

    @Test
    void aPodThatEndedForGoodIsGone() {
        book.replicaSet(set("deployment-uid"));
        book.pod(pod().editStatus().withPhase("Failed").endStatus().build(), false);
        assertThat(last().gone()).isTrue();
        assertThat(last().readySince()).isEmpty();
    }

    private PodState last() {
        return told.get(told.size() - 1);
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("orders-1-a")
                .withUid("pod-uid")
                .withCreationTimestamp("2026-11-30T11:00:00Z")
                .withOwnerReferences(owner("set-uid"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("orders")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-11-30T11:00:09Z")
                .endCondition()
                .addNewContainerStatus()
                .withName("orders")
                .withRestartCount(2)
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus();
    }

    private static ReplicaSet set(String deployment) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("orders-1")
                .withUid("set-uid")
                .withOwnerReferences(owner(deployment))
                .endMetadata()
                .build();
    }

    private static OwnerReference owner(String uid) {
        return new OwnerReferenceBuilder().withUid(uid).withController(true).build();
    }

    /** Without conditions if nothing is said. */
    private static EndpointSlice slice(String name, String pod, Boolean notReady, Boolean terminating) {
        EndpointBuilder endpoint = new EndpointBuilder()
                .withNewTargetRef()
                .withKind("Pod")
                .withUid(pod)
                .endTargetRef();
        if (notReady != null) {
            endpoint.withNewConditions()
                    .withReady(!notReady)
                    .withTerminating(terminating)
                    .endConditions();
        }
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(name)
                .endMetadata()
                .withEndpoints(endpoint.build())
                .build();
    }
}
