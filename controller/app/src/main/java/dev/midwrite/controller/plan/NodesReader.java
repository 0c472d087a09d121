package dev.midwrite.controller.plan;

import dev.midwrite.event.PointsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the block {@code nodes}. */
final class NodesReader {
    static final Set<String> KEYS = Set.of(
            "count",
            "names",
            "command",
            "environment",
            "ready",
            "ready-timeout",
            "probe",
            "page",
            "stop-timeout",
            "peers",
            "versions",
            "points",
            "external",
            "controller",
            "balancer",
            "action-timeout",
            "kind",
            "deployment",
            "selector",
            "namespace",
            "context",
            "port");
    static final Set<String> VERSION_KEYS = Set.of("command", "environment");
    static final Set<String> PLACEHOLDERS = Set.of(
            "java",
            "agent",
            "port",
            "node",
            "tmp",
            "store.host",
            "store.port",
            "store.servers",
            "store.sentinels",
            "store.sentinel.master",
            "store.replica.host",
            "store.replica.port",
            "store.url",
            "store.directory",
            "store.namespace",
            "store.database",
            "store.user",
            "store.password");

    static final Pattern ADDRESS = Pattern.compile("\\S+:[0-9]{1,5}");

    static final int MOST = 64;
    /** {@code ${name}} belongs to the node. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([a-z]+(?:\\.[a-z]+)*)}");

    private NodesReader() {}

    /**
     * @param drill the drill's file, beside which other files are looked for
     * @param faults the drill injects some, for which the nodes need the agent
     */
    static NodesSpec read(Section section, Path drill, boolean faults) {
        Optional<ExternalSpec> external = ExternalReader.read(section);
        if (external.isEmpty()) {
            section.need("command");
        }
        List<String> command = section.words("command", List.of());
        command.forEach(word -> placeholders(section, "command", word));
        var environment = section.environment("environment");
        environment.values().forEach(value -> placeholders(section, "environment", value));
        boolean agent = external.map(there -> there.controller().isPresent())
                .orElseGet(() -> Stream.concat(command.stream(), environment.values().stream())
                        .anyMatch(word -> word.contains("{agent}")));
        boolean pods = external.flatMap(ExternalSpec::kubernetes).isPresent();
        if (external.isPresent() && faults && !agent) {
            section.complain(
                    pods ? "kind" : "external",
                    "faults need 'controller', where the nodes' agents dial: without it nothing is injected");
        }
        if (section.has("command") && faults && !agent) {
            section.complain(
                    "command", "'command' needs {agent}, the -javaagent argument: without it nothing is injected");
        }
        List<String> names =
                pods ? List.of() : external.map(there -> named(section, there)).orElseGet(() -> names(section));
        ProbePlace probe = probe(section, agent);
        boolean ready = section.has("ready") || !probe.carried();
        return new NodesSpec(
                names,
                command,
                environment,
                ready ? path(section, "ready", "/") : NodesSpec.ANY_ANSWER,
                section.duration("ready-timeout", Duration.ofSeconds(60)),
                probe,
                section.duration("stop-timeout", Duration.ofSeconds(10)),
                peers(section, names),
                versions(section, agent),
                points(section, drill, agent),
                external);
    }

    private static Optional<Path> points(Section section, Path drill, boolean agent) {
        if (!section.has("points")) {
            return Optional.empty();
        }
        if (section.has("command") && !agent) {
            section.complain("points", "'command' needs {agent}, the -javaagent argument: it is to see the points");
        }
        Path file = drill.toAbsolutePath().resolveSibling(section.text("points", ""));
        try {
            PointsFile.parse(Files.readString(file))
                    .problems()
                    .forEach(problem -> section.complain("points", file.getFileName() + ": " + problem));
        } catch (IOException e) {
            section.complain("points", "the file of points " + file + " cannot be read");
        }
        return Optional.of(file.normalize());
    }

    private static ProbePlace probe(Section section, boolean agent) {
        if (section.is("probe", "none")) {
            if (section.has("page")) {
                section.complain("page", "'page' is for probe: agent");
            }
            return ProbePlace.NONE;
        }
        if (!section.text("probe", "").equals("agent")) {
            if (section.has("page")) {
                section.complain("page", "'page' is for probe: agent; a mounted probe has a path of its own");
            }
            return ProbePlace.mounted(path(section, "probe", "/probe"));
        }
        if (section.has("command") && !agent) {
            section.complain("command", "'command' needs {agent}, the -javaagent argument: it is to carry the probe");
        }
        if ((section.has("external") || KubernetesReader.said(section)) && !agent) {
            section.complain("probe", "'probe: agent' needs 'controller', where the nodes' agents dial");
        }
        return new ProbePlace(true, path(section, "page", "/"));
    }

    private static List<String> named(Section section, ExternalSpec external) {
        return named(
                section,
                "external",
                external.nodes().stream().map(ExternalNode::name).toList());
    }

    private static List<String> names(Section section) {
        if (section.has("names")) {
            if (section.has("count")) {
                section.complain("count", "nodes are either counted or named: 'count' and 'names' exclude each other");
            }
            return named(section, "names", section.texts("names", List.of()));
        }
        int count = (int) section.whole("count", 2, 1, MOST);
        return IntStream.rangeClosed(1, count).mapToObj(i -> "node-" + i).toList();
    }

    private static List<String> named(Section section, String key, List<String> names) {
        for (String name : names) {
            // It becomes a directory's name and a metric's tag.
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
                section.complain(key, "a node's name is made of letters, digits, - and _, not '" + name + "'");
            }
        }
        if (names.isEmpty() || names.size() > MOST || new HashSet<>(names).size() < names.size()) {
            section.complain(key, "'" + key + "' must be different names, at least one and at most " + MOST);
        }
        return names;
    }

    private static Map<String, String> peers(Section section, List<String> names) {
        Map<String, String> peers = section.environment("peers");
        peers.forEach((name, address) -> {
            if (!names.contains(name)) {
                section.complain(
                        "peers",
                        "'peers' names an unknown node '" + name + "'"
                                + Complaints.suggestion(name, new HashSet<>(names)));
            }
            if (!ADDRESS.matcher(address).matches()) {
                section.complain("peers", "the address of " + name + " must be host:port, not '" + address + "'");
            }
        });
        return peers;
    }

    /** @param agent the nodes' own command loads the agent, so a version's must, too: its nodes are in the same run */
    private static Map<String, NodeVersion> versions(Section section, boolean agent) {
        Map<String, NodeVersion> versions = new LinkedHashMap<>();
        if (!section.has("versions")) {
            return versions;
        }
        Section block = section.section("versions", Set.of());
        for (String name : block.keys()) {
            Section version = block.section(name, VERSION_KEYS);
            List<String> command = version.words("command", List.of());
            command.forEach(word -> placeholders(version, "command", word));
            Map<String, String> environment = version.environment("environment");
            environment.values().forEach(value -> placeholders(version, "environment", value));
            if (command.isEmpty() && environment.isEmpty()) {
                block.complain(
                        name, "version '" + name + "' needs 'command' or 'environment', or it is no other version");
            }
            if (agent && !command.isEmpty() && command.stream().noneMatch(word -> word.contains("{agent}"))) {
                version.complain("command", "'command' needs {agent}, as that of the nodes has");
            }
            versions.put(name, new NodeVersion(command, environment));
        }
        return versions;
    }

    private static String path(Section section, String key, String fallback) {
        String path = section.text(key, fallback);
        if (!path.startsWith("/")) {
            section.complain(key, "'" + key + "' must be a path that begins with /, not '" + path + "'");
        }
        return path;
    }

    private static void placeholders(Section section, String key, String text) {
        placeholders(section, key, text, PLACEHOLDERS);
    }

    static void placeholders(Section section, String key, String text, Set<String> known) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (!known.contains(matcher.group(1))) {
                section.complain(
                        key,
                        "unknown placeholder {" + matcher.group(1) + "}"
                                + Complaints.suggestion(matcher.group(1), known));
            }
        }
    }
}
