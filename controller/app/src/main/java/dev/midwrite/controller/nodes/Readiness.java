package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import java.util.concurrent.TimeUnit;

/**
 * Waits until users may reach a node: its agent has acknowledged that it records, and its health check answers. Recording
 * comes first where it can, so that the journal has the node's own start.
 */
final class Readiness {
    private static final long POLL_MILLIS = 50;

    private final String node;
    private final Fleet fleet;
    private final ProcessTree process;
    private final long previous;
    private final NodesSpec spec;
    private final Health health;
    private final boolean agent;
    private final AgentRecording recording;
    private String missing = "";

    /** @param previous incarnation of the node's last start, which is not meant */
    Readiness(NodeProcess node, Fleet fleet, ProcessTree process, long previous, NodesSpec spec, boolean agent) {
        this.node = node.name();
        this.fleet = fleet;
        this.process = process;
        this.previous = previous;
        this.spec = spec;
        this.health = Health.of(node.uri(), spec);
        this.agent = agent;
        this.recording = new AgentRecording(this.node, fleet);
    }

    /** @throws Problem if the process ends or the time is over before */
    void await(long deadline) throws InterruptedException {
        while (!ready()) {
            if (System.nanoTime() >= deadline) {
                throw new Problem("Node " + node + " was not ready within "
                        + spec.readyTimeout().toSeconds() + " s: " + missing + ".");
            }
            process.root().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean ready() {
        // Asked last, so that what answers the health check on this port is not somebody else's process.
        boolean ready = recording() && healthy();
        if (!process.alive()) {
            throw new Problem(
                    "Node " + node + " ended with exit code " + process.root().exitValue() + " before it was ready.");
        }
        return ready;
    }

    private boolean recording() {
        if (!agent) {
            return true;
        }
        long incarnation = fleet.node(node)
                .filter(FleetNode::connected)
                .map(FleetNode::incarnation)
                .filter(known -> known != previous)
                .orElse(0L);
        boolean on = recording.on(incarnation);
        if (!recording.problem().isEmpty()) {
            throw new Problem("The agent of node " + node + " cannot record: " + recording.problem() + ".");
        }
        missing = incarnation == 0 ? "its agent has not dialled in" : "its agent has not started to record";
        return on;
    }

    private boolean healthy() {
        missing = health.problem();
        return missing.isEmpty();
    }
}
