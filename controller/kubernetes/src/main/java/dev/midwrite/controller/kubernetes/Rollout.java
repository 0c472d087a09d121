package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.Problem;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has the pods of a Deployment replaced, as {@code kubectl rollout restart} does, and takes back what does not progress, as
 * {@code kubectl rollout undo}. It waits for what is seen. Thread-safe; one rollout at a time.
 */
final class Rollout {
    private static final String STAMP = "kubectl.kubernetes.io/restartedAt";
    private static final String STAMP_PATH = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";

    private final String words;
    private final Requests requests;
    private final RollableScalableResource<Deployment> resource;
    private final PodBook book;
    private Deployment seen;
    private boolean deleted;
    private boolean rolling;

    Rollout(String words, Requests requests, RollableScalableResource<Deployment> resource, PodBook book) {
        this.words = words;
        this.requests = requests;
        this.resource = resource;
        this.book = book;
    }

    /** The Deployment is in another state. */
    synchronized void is(Deployment deployment, boolean gone) {
        seen = deployment;
        deleted = gone;
        notifyAll();
    }

    /** A pod is in another state. */
    synchronized void look() {
        notifyAll();
    }

    /**
     * Blocks until all pods are replaced, or it was taken back.
     *
     * @return why it was taken back; empty if it went through
     * @throws Problem if it cannot begin, somebody else changed the Deployment, or what was taken back does not progress
     */
    Optional<String> roll(Duration limit) throws InterruptedException {
        begin();
        try {
            return rolled(limit);
        } finally {
            synchronized (this) {
                rolling = false;
            }
        }
    }

    private synchronized void begin() {
        if (rolling) {
            throw new Problem("A rollout of " + words + " is under way already; name the next one later.");
        }
        rolling = true;
    }

    private Optional<String> rolled(Duration limit) throws InterruptedException {
        Deployment before = requests.ask("get " + words, resource::get);
        if (before == null) {
            throw gone();
        }
        if (Boolean.TRUE.equals(before.getSpec().getPaused())) {
            throw new Problem("Rollouts of " + words + " are paused (spec.paused), so nothing would be replaced.");
        }
        Set<String> old = book.present();
        String stamp = stamp(before);
        Deployment patched = requests.ask(
                "patch " + words,
                () -> resource.patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "spec",
                                Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(STAMP, stamp))))))));
        String stuck = await(patched, stamp, old, limit, false);
        if (stuck.isEmpty()) {
            return Optional.empty();
        }
        String why =
                "Rolled back: the rollout of " + words + " did not progress (" + stuck + ")" + obstacles(old) + ".";
        Set<String> fresh = new HashSet<>(book.present());
        fresh.removeAll(old);
        Deployment undone = undo(before.getSpec().getTemplate(), stamp, why);
        String again = await(undone, stamp(undone.getSpec().getTemplate()), fresh, limit, true);
        if (!again.isEmpty()) {
            throw new Problem(why + " The pods of before did not come back either (" + again + ").");
        }
        return Optional.of(why);
    }

    /** Another one than before: two rollouts in one second are two. */
    private static String stamp(Deployment before) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return now.toString().equals(stamp(before.getSpec().getTemplate()))
                ? now.plusSeconds(1).toString()
                : now.toString();
    }

    private static String stamp(PodTemplateSpec template) {
        if (template.getMetadata() == null || template.getMetadata().getAnnotations() == null) {
            return "";
        }
        return template.getMetadata().getAnnotations().getOrDefault(STAMP, "");
    }

    /** Puts the template of before into its place, unless somebody has changed it since. */
    private Deployment undo(PodTemplateSpec template, String stamp, String why) {
        List<Map<String, Object>> patch = List.of(
                Map.of("op", "test", "path", STAMP_PATH, "value", stamp),
                Map.of("op", "replace", "path", "/spec/template", "value", template));
        try {
            return requests.ask(
                    "take back the rollout of " + words,
                    () -> resource.patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch)));
        } catch (Problem e) {
            throw new Problem(why.replaceFirst("^Rolled back", "Not rolled back") + " " + e.getMessage(), e);
        }
    }

    /**
     * @param wasStuck the Deployment's condition may be that of before, so only the limit says that it does not progress
     * @return why it did not complete; empty if it did, and none of the pods that are to go is left
     */
    private synchronized String await(
            Deployment patched, String stamp, Set<String> toGo, Duration limit, boolean wasStuck)
            throws InterruptedException {
        long generation = patched.getMetadata().getGeneration();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            if (deleted) {
                throw gone();
            }
            boolean told = seen != null && seen.getMetadata().getGeneration() >= generation;
            if (told && !stamp(seen.getSpec().getTemplate()).equals(stamp)) {
                throw new Problem("Somebody else changed the pods' template of " + words + " during the rollout.");
            }
            DeploymentProgress progress = told
                    ? DeploymentProgress.of(seen, seen.getMetadata().getGeneration())
                    : new DeploymentProgress(DeploymentProgress.Kind.UNDER_WAY, "nothing has come of it");
            if (progress.kind() == DeploymentProgress.Kind.STUCK && !wasStuck) {
                return progress.words();
            }
            Set<String> left = book.present();
            left.retainAll(toGo);
            if (progress.kind() == DeploymentProgress.Kind.COMPLETE && left.isEmpty()) {
                return "";
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return "after " + limit.toSeconds() + " s "
                        + (progress.words().isEmpty()
                                ? "of the pods of before there are still " + left.size()
                                : progress.words());
            }
            wait(millis);
        }
    }

    private String obstacles(Set<String> old) {
        return book.statesWithout(old).stream()
                .filter(pod -> !pod.obstacle().isEmpty() || !pod.ended().isEmpty())
                .map(pod -> "; pod " + pod.name() + ": " + (pod.obstacle().isEmpty() ? pod.ended() : pod.obstacle()))
                .sorted()
                .collect(Collectors.joining());
    }

    private Problem gone() {
        return new Problem("There is no " + words.substring("the ".length()) + " any more.");
    }
}
