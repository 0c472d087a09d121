package dev.midwrite.controller.plan;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code nodes} says of pods, with {@code kind: kubernetes}. */
final class KubernetesReader {
    static final Map<String, Boolean> KINDS = Map.of("own", false, "kubernetes", true);
    /** Of the block {@code nodes}, beside those that all nodes elsewhere have. */
    static final Set<String> KEYS = Set.of("deployment", "selector", "namespace", "context", "port");

    private static final int MOST_PORT = 65_535;

    /** What the cluster decides about pods, and how it says so itself. */
    private static final Map<String, String> THEIRS = Map.of(
            "count", "spec.replicas",
            "names", "the names of its pods",
            "command", "its pods' template",
            "environment", "its pods' template",
            "versions", "its pods' template",
            "points", "the agent's option 'points'",
            "ready", "its pods' readiness probe",
            "stop-timeout", "terminationGracePeriodSeconds",
            "external", "its pods",
            "peers", "its pods");

    private static final Duration ACTION_TIMEOUT = Duration.ofMinutes(10);

    private KubernetesReader() {}

    static boolean said(Section section) {
        return section.is("kind", "kubernetes");
    }

    static ExternalSpec read(Section section) {
        THEIRS.forEach((key, whose) -> {
            if (section.has(key)) {
                section.complain(
                        key,
                        "'" + key + "' cannot be said of kind: kubernetes: the Deployment decides it (" + whose + ")");
            }
        });
        if (section.has("deployment") == section.has("selector")) {
            section.complain("kind", "kind: kubernetes needs either 'deployment' or 'selector'");
        }
        if (section.has("port") == section.has("balancer")) {
            section.complain(
                    "kind",
                    "kind: kubernetes needs either 'port', where users reach the pods themselves, or 'balancer', where"
                            + " they reach the service");
        }
        Optional<URI> balancer = section.has("balancer")
                ? ExternalReader.address(section, "balancer", section.text("balancer", ""))
                : Optional.empty();
        KubernetesSpec kubernetes = new KubernetesSpec(
                text(section, "deployment"),
                text(section, "selector"),
                text(section, "namespace"),
                text(section, "context"),
                section.has("port") ? Optional.of((int) section.whole("port", 1, 1, MOST_PORT)) : Optional.empty());
        return new ExternalSpec(
                List.of(),
                ExternalReader.controller(section),
                balancer,
                section.duration("action-timeout", ACTION_TIMEOUT),
                Optional.of(kubernetes));
    }

    private static Optional<String> text(Section section, String key) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        String text = section.text(key, "");
        if (text.isBlank()) {
            section.complain(key, "'" + key + "' must not be empty");
        }
        return Optional.of(text);
    }

    /** The step {@code rollout}: how the Deployment is replaced, it says itself. */
    static Step rollout(Section entry, Moment moment) {
        Section block = entry.section("rollout", RolloutReader.KEYS);
        List<String> keys = new ArrayList<>(block.keys());
        keys.remove("roll-back");
        for (String key : keys) {
            block.complain(
                    key,
                    "'" + key + "' cannot be said of kind: kubernetes: the Deployment decides it (its strategy, probes,"
                            + " preStop hook and grace period)");
        }
        return new Step.ClusterRollout(moment, block.flag("roll-back"));
    }

    /** The step {@code node}. */
    static Step act(Section entry, Moment moment, String node, Step.Action action) {
        boolean all = node.equals(KubernetesSpec.ALL);
        if (all && action == Step.Action.RESTART) {
            return new Step.ClusterRollout(moment, false);
        }
        if (all || (action != Step.Action.KILL && action != Step.Action.STOP)) {
            entry.complain(
                    "action",
                    "with kind: kubernetes there are 'restart' of all, and 'kill' and 'stop' of oldest and newest; the"
                            + " Deployment starts others in their place");
        }
        return new Step.Node(moment, node, action);
    }
}
