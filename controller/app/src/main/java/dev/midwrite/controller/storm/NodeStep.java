package dev.midwrite.controller.storm;

import dev.midwrite.controller.plan.Step;
import java.time.Duration;
import java.util.List;

/**
 * The end of a node's process, and its next start.
 *
 * @param action anything but a start
 * @param alone only while all nodes are up
 */
record NodeStep(Duration at, String node, Step.Action action, boolean alone) implements StormStep {
    /** A node that something else has ended may be up by then; else the step is left out. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    /** From the signal to the end of a process that has something to finish; a node that takes longer starts in the end. */
    private static final Duration END = Duration.ofSeconds(4);

    @Override
    public Duration lasting() {
        return PATIENCE.plus(END);
    }

    @Override
    public NodeStep at(Duration other) {
        return new NodeStep(other, node, action, alone);
    }

    @Override
    public List<String> entries() {
        String end = "{at: %s, when: %s, within: %s, optional: true, node: %s, action: %s}"
                .formatted(
                        StormStep.written(at),
                        alone ? ALL_UP : "{" + node + ": up}",
                        StormStep.written(PATIENCE),
                        node,
                        action.word());
        return action == Step.Action.RESTART ? List.of(end) : List.of(end, StormStep.start(at, node, lasting()));
    }

    @Override
    public List<StormStep> simpler() {
        return List.of();
    }

    @Override
    public boolean startsNodes() {
        return true;
    }

    @Override
    public String words() {
        return action.word() + " of " + node;
    }
}
