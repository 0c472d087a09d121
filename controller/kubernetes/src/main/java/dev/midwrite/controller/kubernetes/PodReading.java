package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.nodes.PodState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod's object says, in the words of nodes. Pure. */
final class PodReading {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    /** What every pod goes through. */
    private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing");

    private PodReading() {}

    /** @param deleted the server has it no more */
    static PodState of(Pod pod, PodState.Endpoint endpoint, boolean deleted) {
        boolean gone = deleted || ENDED.contains(pod.getStatus().getPhase());
        Optional<ContainerStatus> host = host(pod);
        return new PodState(
                pod.getMetadata().getName(),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                Optional.ofNullable(pod.getStatus().getPodIP()),
                gone
                        ? Optional.empty()
                        : condition(pod, "Ready").filter(PodReading::holds).map(ready -> since(ready, pod)),
                gone ? PodState.Endpoint.ABSENT : endpoint,
                asked(pod),
                host.map(ContainerStatus::getRestartCount).orElse(0),
                host.map(PodReading::ended).orElse(""),
                obstacle(pod),
                gone);
    }

    /** The time that the object has is when the grace period will be over. */
    private static Optional<Instant> asked(Pod pod) {
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                .map(over -> Instant.parse(over).minusSeconds(grace == null ? 0 : grace));
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static boolean holds(PodCondition condition) {
        return "True".equals(condition.getStatus());
    }

    private static Instant since(PodCondition condition, Pod pod) {
        String since = condition.getLastTransitionTime();
        return Instant.parse(since == null ? pod.getMetadata().getCreationTimestamp() : since);
    }

    /** Of the container with the agent; of several without one, nobody knows which is the application's. */
    private static Optional<ContainerStatus> host(Pod pod) {
        List<Container> containers = pod.getSpec().getContainers();
        Optional<Container> host = containers.size() == 1
                ? Optional.of(containers.get(0))
                : containers.stream().filter(PodReading::hasAgent).findFirst();
        return host.flatMap(container -> pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(container.getName()))
                .findFirst());
    }

    private static boolean hasAgent(Container container) {
        return container.getEnv().stream().anyMatch(PodReading::namesAgent);
    }

    private static boolean namesAgent(EnvVar variable) {
        return variable.getName().startsWith("MIDWRITE_")
                || (variable.getValue() != null && variable.getValue().contains("midwrite-agent"));
    }

    private static String ended(ContainerStatus status) {
        ContainerStateTerminated now =
                status.getState() == null ? null : status.getState().getTerminated();
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        ContainerStateTerminated ended = now == null ? last : now;
        if (ended == null) {
            return "";
        }
        return "container " + status.getName() + " ended with exit code " + ended.getExitCode()
                + (ended.getReason() == null ? "" : " (" + ended.getReason() + ")");
    }

    private static String obstacle(Pod pod) {
        Stream<ContainerStatus> statuses = Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
        Optional<String> waits = statuses.filter(status -> status.getState() != null
                        && status.getState().getWaiting() != null
                        && !ORDINARY.contains(status.getState().getWaiting().getReason()))
                .map(status -> "container " + status.getName() + " waits: "
                        + words(status.getState().getWaiting()))
                .findFirst();
        return waits.or(() -> condition(pod, "PodScheduled")
                        .filter(condition -> "False".equals(condition.getStatus()))
                        .map(condition -> "it is not scheduled: " + condition.getMessage()))
                .orElse("");
    }

    private static String words(ContainerStateWaiting waiting) {
        return waiting.getReason() + (waiting.getMessage() == null ? "" : " (" + waiting.getMessage() + ")");
    }
}
