package dev.midwrite.controller.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a cluster's own controllers do for one Deployment, in steps that are told by watches: a ReplicaSet per template, one pod
 * more than wanted at a time, readiness, endpoint slices, and a kubelet that ends what is deleted.
 */
final class PlayedControllers {
    static final String NAMESPACE = "shop";
    static final String NAME = "orders";
    /** No pod of this image becomes ready. */
    static final String NO_IMAGE = "registry.example/none:1";

    private static final String KUBELET = "test.midwrite.dev/kubelet";
    private static final String SLICE = "orders-x1";

    private final KubernetesClient client;
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::play, "played-controllers");
    private final List<AutoCloseable> watches;
    /** The kubelet does not end processes. */
    volatile boolean holding;

    private volatile boolean noImage;
    private volatile boolean closed;
    private int pods;
    private boolean stuckBefore;

    PlayedControllers(KubernetesClient client, String image, int replicas) {
        this.client = client;
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .resource(deployment(image, replicas))
                .create();
        slices().resource(slice(List.of())).create();
        watches = List.of(
                client.apps().deployments().inNamespace(NAMESPACE).watch(watcher()),
                client.pods().inNamespace(NAMESPACE).watch(watcher()));
        thread.setDaemon(true);
        thread.start();
        changes.add("begin");
    }

    /** From now on pods that are new cannot start. */
    void loseImage() {
        noImage = true;
    }

    void kick() {
        changes.add("kick");
    }

    private <T> Watcher<T> watcher() {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T resource) {
                changes.add(action.name());
            }

            @Override
            public void onClose(WatcherException cause) {
                // The test is over.
            }
        };
    }

    private void play() {
        try {
            while (true) {
                changes.take();
                changes.clear();
                if (closed) {
                    return;
                }
                try {
                    step();
                } catch (KubernetesClientException e) {
                    if (e.getCode() != 404 && e.getCode() != 409) {
                        throw e;
                    }
                    changes.add("again");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
        if (deployment == null) {
            return;
        }
        ReplicaSet set = replicaSet(deployment);
        List<Pod> all = client.pods().inNamespace(NAMESPACE).list().getItems();
        List<Pod> active = all.stream().filter(pod -> !ending(pod)).toList();
        List<Pod> fresh = active.stream().filter(pod -> owned(pod, set)).toList();
        List<Pod> old = active.stream().filter(pod -> !owned(pod, set)).toList();
        int wanted = deployment.getSpec().getReplicas();
        for (int i = active.size(); fresh.size() + i - active.size() < wanted && i < wanted + 1; i++) {
            create(deployment, set);
        }
        fresh.stream().filter(pod -> pod.getStatus().getPhase() == null).forEach(this::run);
        long ready = active.stream().filter(PlayedControllers::ready).count();
        old.stream()
                .filter(pod -> !ready(pod) || ready > wanted)
                .findFirst()
                .ifPresent(pod -> client.pods()
                        .inNamespace(NAMESPACE)
                        .withName(pod.getMetadata().getName())
                        .delete());
        slices().resource(slice(all.stream()
                        .filter(pod -> pod.getStatus().getPhase() != null)
                        .map(PlayedControllers::endpoint)
                        .toList()))
                .update();
        if (!holding) {
            all.stream().filter(PlayedControllers::ending).forEach(this::end);
        }
        status(deployment, fresh, active);
    }

    private static boolean ending(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean owned(Pod pod, ReplicaSet set) {
        return pod.getMetadata()
                .getOwnerReferences()
                .get(0)
                .getUid()
                .equals(set.getMetadata().getUid());
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private ReplicaSet replicaSet(Deployment deployment) {
        String name = NAME + "-"
                + Integer.toHexString(
                        Serialization.asJson(deployment.getSpec().getTemplate()).hashCode());
        ReplicaSet there = client.apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
        if (there != null) {
            return there;
        }
        return client.apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .addToLabels("app", NAME)
                        .withOwnerReferences(owner(
                                "Deployment",
                                deployment.getMetadata().getName(),
                                deployment.getMetadata().getUid()))
                        .endMetadata()
                        .build())
                .create();
    }

    private static OwnerReference owner(String kind, String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .build();
    }

    private void create(Deployment deployment, ReplicaSet set) {
        String image = deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
        client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(set.getMetadata().getName() + "-" + ++pods)
                        .withNamespace(NAMESPACE)
                        .addToLabels("app", NAME)
                        .addToFinalizers(KUBELET)
                        .withOwnerReferences(owner(
                                "ReplicaSet",
                                set.getMetadata().getName(),
                                set.getMetadata().getUid()))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .withImage(noImage ? NO_IMAGE : image)
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .endStatus()
                        .build())
                .create();
    }

    /** A kubelet has taken it. */
    private void run(Pod pod) {
        boolean starts = !pod.getSpec().getContainers().get(0).getImage().equals(NO_IMAGE);
        PodStatus status = new PodStatusBuilder()
                .withPhase(starts ? "Running" : "Pending")
                .withPodIP("127.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus(starts ? "True" : "False")
                .withLastTransitionTime(now())
                .endCondition()
                .addNewContainerStatus()
                .withName("app")
                .withRestartCount(0)
                .withNewState()
                .endState()
                .endContainerStatus()
                .build();
        if (!starts) {
            status.getContainerStatuses()
                    .get(0)
                    .setState(new ContainerStateBuilder()
                            .withNewWaiting("Back-off pulling image", "ImagePullBackOff")
                            .build());
        }
        Pod now = new PodBuilder(pod).withStatus(status).build();
        client.pods().inNamespace(NAMESPACE).resource(now).updateStatus();
    }

    /** Its processes have ended. */
    private void end(Pod pod) {
        client.pods()
                .inNamespace(NAMESPACE)
                .withName(pod.getMetadata().getName())
                .edit(there -> new PodBuilder(there)
                        .editMetadata()
                        .removeFromFinalizers(KUBELET)
                        .endMetadata()
                        .build());
    }

    private void status(Deployment deployment, List<Pod> fresh, List<Pod> active) {
        boolean pending =
                fresh.stream().anyMatch(pod -> "Pending".equals(pod.getStatus().getPhase()));
        // A condition is a step behind the rest: what was taken back is called stuck for a moment yet.
        boolean stuck = pending || stuckBefore;
        if (stuck && !pending) {
            changes.add("again");
        }
        stuckBefore = pending;
        DeploymentStatusBuilder status = new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(active.size())
                .withUpdatedReplicas(fresh.size())
                .withAvailableReplicas(
                        (int) active.stream().filter(PlayedControllers::ready).count())
                .addNewCondition()
                .withType("Progressing")
                .withStatus(stuck ? "False" : "True")
                .withReason(stuck ? "ProgressDeadlineExceeded" : "ReplicaSetUpdated")
                .withMessage(stuck ? "ReplicaSet \"" + NAME + "\" has timed out progressing." : "It is under way.")
                .endCondition();
        if (!status.build().equals(deployment.getStatus())) {
            client.apps()
                    .deployments()
                    .inNamespace(NAMESPACE)
                    .resource(new DeploymentBuilder(deployment)
                            .withStatus(status.build())
                            .build())
                    .updateStatus();
        }
    }

    private static Endpoint endpoint(Pod pod) {
        return new EndpointBuilder()
                .withAddresses("127.0.0.1")
                .withNewConditions()
                .withReady(ready(pod) && !ending(pod))
                .withServing(ready(pod))
                .withTerminating(ending(pod))
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endTargetRef()
                .build();
    }

    private NonNamespaceOperation<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices() {
        return client.discovery().v1().endpointSlices().inNamespace(NAMESPACE);
    }

    private static EndpointSlice slice(List<Endpoint> endpoints) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(SLICE)
                .withNamespace(NAMESPACE)
                .addToLabels("kubernetes.io/service-name", NAME)
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(endpoints)
                .build();
    }

    private static Deployment deployment(String image, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .addToLabels("app", NAME)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", NAME)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", NAME)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What it began is ended. */
    void end() throws Exception {
        closed = true;
        changes.add("closed");
        thread.join();
        for (AutoCloseable watch : watches) {
            watch.close();
        }
    }
}
