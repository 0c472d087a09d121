package dev.midwrite.controller.plan;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that somebody else starts.
 *
 * @param name as its agent says it, if it has one
 * @param url where users reach it, {@code http://host:port}; empty if they come by way of a balancer
 * @param commands of the user's, in words; what has none cannot be done
 */
public record ExternalNode(String name, Optional<URI> url, Map<Step.Action, List<String>> commands) {

    public ExternalNode {
        commands = Map.copyOf(commands);
    }

    /** A restart may also be a stop and a start. */
    public boolean can(Step.Action action) {
        return commands.containsKey(action)
                || (action == Step.Action.RESTART && can(Step.Action.STOP) && can(Step.Action.START));
    }
}
