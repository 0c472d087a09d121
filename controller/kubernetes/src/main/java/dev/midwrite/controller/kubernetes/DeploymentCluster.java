package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Cluster;
import dev.midwrite.controller.nodes.PodState;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One Deployment of a cluster. The client resumes watches that end, and lists anew where the server has forgotten what was seen
 * last (410 Gone). Thread-safe.
 */
final class DeploymentCluster implements Cluster {
    /** A watch tells what was listed at once. */
    private static final Duration KNOWN = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Requests requests;
    private final String namespace;
    private final String name;
    private final String uid;
    private final List<SharedIndexInformer<?>> informers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int wanted;
    private Rollout rollout;

    private DeploymentCluster(KubernetesClient client, Requests requests, Deployment deployment) {
        this.client = client;
        this.requests = requests;
        this.namespace = deployment.getMetadata().getNamespace();
        this.name = deployment.getMetadata().getName();
        this.uid = deployment.getMetadata().getUid();
        this.wanted = DeploymentProgress.wanted(deployment);
    }

    /** @throws Problem if there is no such Deployment, or what the drill does is not permitted */
    static DeploymentCluster open(KubernetesClient client, KubernetesSpec spec, Set<Step.Action> actions) {
        Requests requests = new Requests(client);
        String namespace = spec.namespace()
                .orElseGet(() -> Optional.ofNullable(client.getNamespace()).orElse("default"));
        DeploymentCluster cluster = new DeploymentCluster(client, requests, find(client, requests, spec, namespace));
        if (cluster.wanted == 0) {
            throw new Problem("There are no pods of " + cluster.words() + ": its spec.replicas is 0.");
        }
        for (String verb : List.of("list", "watch")) {
            requests.requireAllowed(verb, "apps", "deployments", namespace, cluster.name);
            requests.requireAllowed(verb, "apps", "replicasets", namespace, null);
            requests.requireAllowed(verb, "", "pods", namespace, null);
            requests.requireAllowed(verb, "discovery.k8s.io", "endpointslices", namespace, null);
        }
        if (actions.contains(Step.Action.RESTART)) {
            requests.requireAllowed("patch", "apps", "deployments", namespace, cluster.name);
        }
        if (actions.contains(Step.Action.KILL) || actions.contains(Step.Action.STOP)) {
            requests.requireAllowed("delete", "", "pods", namespace, null);
        }
        return cluster;
    }

    private static Deployment find(KubernetesClient client, Requests requests, KubernetesSpec spec, String namespace) {
        String where = " in namespace " + namespace + " of " + requests.cluster();
        if (spec.deployment().isPresent()) {
            String name = spec.deployment().get();
            Deployment found = requests.ask(
                    "get the deployment " + name + " in namespace " + namespace,
                    () -> client.apps()
                            .deployments()
                            .inNamespace(namespace)
                            .withName(name)
                            .get());
            if (found == null) {
                throw new Problem("There is no deployment " + name + where + ".");
            }
            return found;
        }
        String selector = spec.selector().orElseThrow();
        List<Deployment> found = requests.ask(
                "list deployments in namespace " + namespace,
                () -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .list()
                        .getItems());
        if (found.size() != 1) {
            throw new Problem("There must be one deployment with the labels " + selector + where + ", and there "
                    + (found.isEmpty()
                            ? "is none."
                            : "are " + found.size() + ": "
                                    + found.stream()
                                            .map(each -> each.getMetadata().getName())
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + "."));
        }
        return found.get(0);
    }

    @Override
    public String words() {
        return "the deployment " + name + " in namespace " + namespace;
    }

    @Override
    public int wanted() {
        return wanted;
    }

    @Override
    public void watch(Consumer<PodState> told) throws InterruptedException {
        PodBook book = new PodBook(uid, told);
        rollout = new Rollout(words(), requests, deployment(), book);
        Handler<Deployment> deployments = (deployment, deleted) -> {
            wanted = deleted ? 0 : DeploymentProgress.wanted(deployment);
            rollout.is(deployment, deleted);
        };
        Handler<ReplicaSet> sets = (set, deleted) -> book.replicaSet(set);
        Handler<EndpointSlice> slices = book::slice;
        Handler<Pod> pods = (pod, deleted) -> {
            book.pod(pod, deleted);
            rollout.look();
        };
        Deployment deployment =
                requests.ask("get " + words(), () -> deployment().get());
        if (deployment == null) {
            throw new Problem("There is no " + words().substring("the ".length()) + " any more.");
        }
        requests.ask("watch " + words(), () -> started(deployment().inform(deployments)));
        List<SharedIndexInformer<? extends HasMetadata>> watched = new ArrayList<>();
        watched.add(requests.ask(
                "watch replica sets in namespace " + namespace,
                () -> started(client.apps().replicaSets().inNamespace(namespace).inform(sets))));
        watched.add(requests.ask(
                "watch endpoint slices in namespace " + namespace,
                () -> started(client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(namespace)
                        .inform(slices))));
        watched.add(requests.ask(
                "watch pods in namespace " + namespace,
                () -> started(client.pods()
                        .inNamespace(namespace)
                        .withLabelSelector(deployment.getSpec().getSelector())
                        .inform(pods))));
        List<HasMetadata> listed = new ArrayList<>();
        watched.forEach(informer -> listed.addAll(informer.getStore().list()));
        if (!book.awaitKnown(listed, KNOWN)) {
            throw new Problem("The cluster listed what belongs to " + words()
                    + ", and its watches did not tell all of it within " + KNOWN.toSeconds() + " s.");
        }
    }

    private <T> SharedIndexInformer<T> started(SharedIndexInformer<T> informer) {
        informers.add(informer);
        return informer;
    }

    private RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    @Override
    public Optional<String> rollOut(Duration limit) throws InterruptedException {
        return rollout.roll(limit);
    }

    @Override
    public void delete(String pod, boolean atOnce) {
        requests.ask("delete the pod " + pod, () -> {
            var resource = client.pods().inNamespace(namespace).withName(pod);
            return atOnce ? resource.withGracePeriod(0).delete() : resource.delete();
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            informers.forEach(SharedIndexInformer::stop);
            client.close();
        }
    }
}
