package dev.midwrite.controller.run;

import dev.midwrite.controller.audit.NodeMaps;
import dev.midwrite.controller.nodes.NodeGroup;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.controller.serve.RolloutOperator;
import java.util.Map;

/** The agents of one run, and what they sent. Thread-safe. */
interface RunFleet extends FaultLink, NodeMaps, AutoCloseable {

    /** Under which sessions are hashed on all nodes. */
    byte[] sessionKey();

    /** On loopback; metrics are served there. */
    int metricsPort();

    /**
     * Lets somebody ask something of the run's rollouts while they are under way.
     *
     * @return where, {@code host:port}
     */
    String operate(RolloutOperator rollouts);

    /** @param listener hears of every record that arrives from now on */
    void listen(RecordListener listener);

    /**
     * Nodes whose agents will dial in here; none is started yet.
     *
     * @param store what placeholders of the store stand for
     */
    NodeGroup nodes(Map<String, String> store, NodeListener listener);

    /** Ends recording on all nodes that are up, waits for what journals still hold, and says what there is. */
    FleetEvidence evidence() throws InterruptedException;

    /** What there is by now, without waiting for anything. */
    FleetEvidence known();

    /** Lifts all that is armed; whatever still is ends with its lease, which nobody renews from now on. Idempotent. */
    void disarm();

    /** {@link #disarm}, ends all connections, and closes the journals. Idempotent. */
    @Override
    void close();
}
