package dev.midwrite.controller.nodes;

import dev.midwrite.controller.plan.ExternalNode;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * What can be seen of a node that runs elsewhere: its agent, if it has one, and what answers at its address. Belongs to
 * one thread but for {@link #missing}.
 */
final class Sight {
    private static final int CONNECT_MILLIS = 1_000;

    private final String name;
    private final Fleet fleet;
    private final boolean agent;
    private final Optional<URI> address;
    private final Optional<Health> health;
    private final String dial;
    private final AgentRecording recording;
    private volatile String missing;

    Sight(ExternalNode node, ExternalSetting setting) {
        NodesSpec spec = setting.spec();
        this.name = node.name();
        this.fleet = setting.fleet();
        this.recording = new AgentRecording(name, fleet);
        this.agent = setting.external().controller().isPresent();
        this.address = node.url();
        this.health = node.url().or(spec::balancer).map(url -> Health.of(url, spec));
        this.dial = setting.external()
                .controller()
                .map(controller -> "no agent has dialled in; the node is to be started with"
                        + " -javaagent:midwrite-agent.jar=node=" + name + ",controller=" + controller)
                .orElse("");
        this.missing = dial;
    }

    boolean hasAgent() {
        return agent;
    }

    /** Of the process whose agent is connected; 0 if none is. */
    long incarnation() {
        return fleet.node(name)
                .filter(FleetNode::connected)
                .map(FleetNode::incarnation)
                .orElse(0L);
    }

    /** Why users may not reach it yet, without a full stop. */
    String missing() {
        return missing;
    }

    /** Its agent has acknowledged that it records, as far as it has one, and its health check answers. */
    boolean serves() {
        return (!agent || records()) && healthy();
    }

    /** Nobody listens at its address; false if it has none of its own. */
    boolean refuses() {
        if (address.isEmpty()) {
            return false;
        }
        URI uri = address.get();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()), CONNECT_MILLIS);
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false; // It may be busy, or the way there.
        }
    }

    private boolean records() {
        long incarnation = incarnation();
        boolean on = recording.on(incarnation);
        if (incarnation == 0) {
            missing = dial;
            return false;
        }
        missing = recording.problem().isEmpty()
                ? "its agent has not started to record"
                : "its agent cannot record: " + recording.problem();
        return on;
    }

    private boolean healthy() {
        missing = health.map(Health::problem).orElse("");
        return missing.isEmpty();
    }
}
