package dev.midwrite.controller.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code nodes} says of nodes that somebody else starts. */
final class ExternalReader {
    /** Of the block {@code nodes}. */
    static final Set<String> KEYS = Set.of("external", "controller", "balancer", "action-timeout");
    /** Of one node. */
    static final Set<String> NODE_KEYS = Set.of("name", "url", "restart", "kill", "stop", "start");

    static final Set<String> PLACEHOLDERS = Set.of("node", "java");

    /** What only nodes of the runner's have. */
    private static final List<String> OURS = List.of("count", "names", "command", "environment", "versions", "points");

    private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern CONTROLLER = Pattern.compile("(?<host>\\S+):(?<port>[0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    private ExternalReader() {}

    /** Empty if the runner starts the nodes; complains about what cannot be said then. */
    static Optional<ExternalSpec> read(Section section) {
        section.choice("kind", KubernetesReader.KINDS, false);
        if (KubernetesReader.said(section)) {
            return Optional.of(KubernetesReader.read(section));
        }
        for (String key : KubernetesReader.KEYS) {
            if (section.has(key)) {
                section.complain(key, "'" + key + "' is for kind: kubernetes");
            }
        }
        boolean external = section.has("external");
        for (String key : external ? OURS : List.copyOf(KEYS)) {
            if (section.has(key)) {
                section.complain(
                        key,
                        external
                                ? "'" + key + "' is for nodes that the runner starts; those in 'external' run already"
                                : "'" + key + "' is for nodes that run elsewhere: name them in 'external', too");
            }
        }
        if (!external) {
            return Optional.empty();
        }
        Optional<URI> balancer =
                section.has("balancer") ? address(section, "balancer", section.text("balancer", "")) : Optional.empty();
        List<ExternalNode> nodes = new ArrayList<>();
        for (Section node : section.sections("external", "a node in 'external'", NODE_KEYS)) {
            nodes.add(node(node, section.has("balancer")));
        }
        return Optional.of(new ExternalSpec(
                nodes,
                controller(section),
                balancer,
                section.duration("action-timeout", ACTION_TIMEOUT),
                Optional.empty()));
    }

    private static ExternalNode node(Section node, boolean balanced) {
        node.need("name");
        if (!balanced) {
            node.need("url");
        }
        Map<Step.Action, List<String>> commands = new EnumMap<>(Step.Action.class);
        TimelineReader.ACTIONS.forEach((key, action) -> {
            List<String> words = node.words(key, List.of());
            if (node.has(key) && words.stream().allMatch(String::isBlank)) {
                node.complain(key, "'" + key + "' must name a program; without one, leave it out");
            } else if (node.has(key)) {
                words.forEach(word -> NodesReader.placeholders(node, key, word, PLACEHOLDERS));
                commands.put(action, words);
            }
        });
        Optional<URI> url = node.has("url") ? address(node, "url", node.text("url", "")) : Optional.empty();
        return new ExternalNode(node.text("name", ""), url, commands);
    }

    static Optional<URI> address(Section section, String key, String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if ("http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        section.complain(
                key,
                "'" + key + "' must be http://host:port, without a path (pages have one of their own), not '" + text
                        + "'");
        return Optional.empty();
    }

    static Optional<LinkAddress> controller(Section section) {
        if (!section.has("controller")) {
            return Optional.empty();
        }
        String text = section.text("controller", "");
        Matcher address = CONTROLLER.matcher(text);
        int port = address.matches() ? Integer.parseInt(address.group("port")) : 0;
        if (port < 1 || port > MOST_PORT) {
            section.complain(
                    "controller",
                    "'controller' must be the host:port that the agents dial, such as 127.0.0.1:7411, not '" + text
                            + "'");
            return Optional.empty();
        }
        return Optional.of(new LinkAddress(address.group("host"), port));
    }
}
