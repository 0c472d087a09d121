package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.nodes.PodState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Puts together what comes of pods, their ReplicaSets and endpoint slices, in whatever order it comes, and tells each state of
 * a pod of the Deployment once. Thread-safe: what is told is told under its lock, one after the other.
 */
final class PodBook {
    private final String deployment;
    private final Consumer<PodState> told;
    private final Set<String> replicaSets = new HashSet<>();
    private final Map<String, EndpointSlice> slices = new HashMap<>();
    /** By uid. */
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    private final Map<String, PodState> states = new HashMap<>();
    /** Uids of all that something came of, also of what is others'. */
    private final Set<String> heard = new HashSet<>();

    /** @param deployment its uid */
    PodBook(String deployment, Consumer<PodState> told) {
        this.deployment = deployment;
        this.told = told;
    }

    synchronized void replicaSet(ReplicaSet set) {
        if (deployment.equals(owner(set)) && replicaSets.add(uid(set))) {
            List.copyOf(pods.values()).forEach(pod -> tell(pod, false));
        }
        hear(set);
    }

    synchronized void slice(EndpointSlice slice, boolean deleted) {
        if (deleted) {
            slices.remove(uid(slice));
        } else {
            slices.put(uid(slice), slice);
        }
        List.copyOf(pods.values()).forEach(pod -> tell(pod, false));
        hear(slice);
    }

    synchronized void pod(Pod pod, boolean deleted) {
        if (deleted) {
            pods.remove(uid(pod));
        } else {
            pods.put(uid(pod), pod);
        }
        tell(pod, deleted);
        hear(pod);
    }

    private void hear(HasMetadata object) {
        heard.add(uid(object));
        notifyAll();
    }

    /** Uids of those of the Deployment that are not gone. */
    synchronized Set<String> present() {
        return states.entrySet().stream()
                .filter(state -> !state.getValue().gone())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Of those that are not gone, but for these. */
    synchronized List<PodState> statesWithout(Set<String> uids) {
        return states.entrySet().stream()
                .filter(state ->
                        !uids.contains(state.getKey()) && !state.getValue().gone())
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Waits until all of these were heard of: nothing is told of a pod before its ReplicaSet is known.
     *
     * @return whether they were within the limit
     */
    synchronized boolean awaitKnown(Collection<? extends HasMetadata> listed, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!listed.stream().allMatch(object -> heard.contains(uid(object)))) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private void tell(Pod pod, boolean deleted) {
        if (pod.getStatus() == null || !replicaSets.contains(owner(pod))) {
            return;
        }
        PodState state = PodReading.of(pod, endpoint(pod), deleted);
        if (!state.equals(states.put(uid(pod), state))) {
            told.accept(state);
        }
    }

    private PodState.Endpoint endpoint(Pod pod) {
        return slices.values().stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> endpoint.getTargetRef() != null
                        && uid(pod).equals(endpoint.getTargetRef().getUid()))
                .map(PodBook::endpoint)
                .max(PodState.Endpoint::compareTo)
                .orElse(PodState.Endpoint.ABSENT);
    }

    /** What is not said counts as the API defines it. */
    private static PodState.Endpoint endpoint(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.getConditions();
        if (conditions == null || !Boolean.FALSE.equals(conditions.getReady())) {
            return PodState.Endpoint.READY;
        }
        return Boolean.TRUE.equals(conditions.getTerminating())
                ? PodState.Endpoint.TERMINATING
                : PodState.Endpoint.NOT_READY;
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    /** Uid of what controls it; empty if nothing does. */
    private static String owner(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElse("");
    }
}
