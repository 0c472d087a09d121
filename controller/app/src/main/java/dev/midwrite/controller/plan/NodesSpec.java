package dev.midwrite.controller.plan;

import dev.midwrite.controller.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JVMs under test. Nothing here knows Spring: a node is a command line, a readiness condition and an environment.
 *
 * @param names such as node-1, node-2; empty if they are known only when they run
 * @param command words with the placeholders {@code {java} {agent} {port} {node} {tmp} {store.host}
 *     {store.port}}; {@code {agent}} is the whole {@code -javaagent:…} argument, {@code {tmp}} a directory for what a killed
 *     node leaves behind
 * @param environment added to the runner's own; values take the same placeholders
 * @param readyPath HTTP path that answers 2xx when the node is ready, or {@link #ANY_ANSWER}
 * @param readyTimeout how long a start may take
 * @param peers how nodes know each other: by the node's name, the host:port to which others replicate
 * @param versions other builds, by the names that rollouts use
 * @param points a file that describes points of a store which the agent does not know; not relative to anything
 * @param stopTimeout how long a node may take to stop after SIGTERM before it is killed
 * @param external if somebody else starts the nodes; then there is no command
 */
public record NodesSpec(
        List<String> names,
        List<String> command,
        Map<String, String> environment,
        String readyPath,
        Duration readyTimeout,
        ProbePlace probe,
        Duration stopTimeout,
        Map<String, String> peers,
        Map<String, NodeVersion> versions,
        Optional<Path> points,
        Optional<ExternalSpec> external) {

    /**
     * The node is ready as soon as it answers at the page where agents carry the probe, whatever it answers: what stands
     * between users and the probe there, the first contact says better.
     */
    public static final String ANY_ANSWER = "";

    /** Where users go, if routing is not ours. */
    public Optional<URI> balancer() {
        return external.flatMap(ExternalSpec::balancer);
    }

    /** If they are the pods of a Deployment. */
    public Optional<KubernetesSpec> kubernetes() {
        return external.flatMap(ExternalSpec::kubernetes);
    }

    /** What a timeline may call nodes: their names, or words for those that have none before they run. */
    public List<String> called() {
        return kubernetes().isPresent() ? KubernetesSpec.WORDS : names;
    }

    /** Such as {@code 2 nodes}. */
    public String words() {
        return kubernetes()
                .map(pods -> "the pods of " + pods.words())
                .orElse(names.size() + (names.size() == 1 ? " node" : " nodes"));
    }

    /**
     * Names of nodes that are known before they run.
     *
     * @throws Problem if they are not
     */
    public List<String> knownNames() {
        if (kubernetes().isPresent()) {
            throw new Problem("This needs nodes that have names before they run; pods of a Deployment have none.");
        }
        return names;
    }

    /** The same nodes as another build; of an empty name, as they are. */
    public NodesSpec as(String version) {
        NodeVersion other = versions.get(version);
        if (other == null) {
            return this;
        }
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(other.environment());
        return new NodesSpec(
                names,
                other.command().isEmpty() ? command : other.command(),
                all,
                readyPath,
                readyTimeout,
                probe,
                stopTimeout,
                peers,
                versions,
                points,
                external);
    }
}
