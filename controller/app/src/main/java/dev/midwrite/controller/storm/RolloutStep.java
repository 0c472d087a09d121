package dev.midwrite.controller.storm;

import java.time.Duration;
import java.util.List;

/**
 * A deployment of the same build, done as it should be: a node is asked to end when nobody is sent there any more.
 *
 * @param nodes that are replaced, one after the other
 */
record RolloutStep(Duration at, List<String> nodes) implements StormStep {
    /** Of one node, without its start: the wait before the signal, its end, and the pause afterwards. */
    private static final Duration BY_NODE = Duration.ofSeconds(6);

    RolloutStep {
        nodes = List.copyOf(nodes);
    }

    @Override
    public Duration lasting() {
        return BY_NODE.multipliedBy(nodes.size());
    }

    @Override
    public RolloutStep at(Duration other) {
        return new RolloutStep(other, nodes);
    }

    @Override
    public List<String> entries() {
        return List.of(("{at: %s, when: " + ALL_UP
                        + ", optional: true, rollout: {nodes: [%s], routing-delay: 1s, pre-stop: 3s, grace: 30s,"
                        + " pause: 1s}}")
                .formatted(StormStep.written(at), String.join(", ", nodes)));
    }

    @Override
    public List<StormStep> simpler() {
        return nodes.size() == 1 ? List.of() : List.of(new RolloutStep(at, nodes.subList(0, 1)));
    }

    @Override
    public boolean startsNodes() {
        return true;
    }

    @Override
    public String words() {
        return "rollout of " + String.join(", ", nodes);
    }
}
