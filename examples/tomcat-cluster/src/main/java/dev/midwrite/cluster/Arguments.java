package dev.midwrite.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node is told, as {@code --name=value}.
 *
 * @param node its name
 * @param port at which it listens for users
 * @param manager {@code delta}: each change goes to all others; {@code backup}: to one other
 * @param ack when a node that sends a change goes on: {@code applied} when the others have applied it, {@code received} when
 *     they have received it, {@code no} at once
 * @param members where each node listens for the others, on loopback: by name, itself among them
 */
record Arguments(String node, int port, String manager, String ack, Map<String, Integer> members) {
    private static final Set<String> NAMES = Set.of("node", "port", "manager", "ack", "members");
    private static final Set<String> MANAGERS = Set.of("delta", "backup");
    private static final Set<String> ACKS = Set.of("applied", "received", "no");
    private static final int MOST = 65_535;

    /** @throws IllegalArgumentException whose message says in one sentence what is wrong */
    static Arguments of(String[] args) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 2 ? arg.substring(2, equals) : "";
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + arg + "' is no argument: there are --node=, --port=, --manager=, --ack= and --members=.");
            }
            values.put(name, arg.substring(equals + 1));
        }
        Arguments arguments = new Arguments(
                values.getOrDefault("node", ""),
                port(values.getOrDefault("port", "")),
                oneOf("manager", values.getOrDefault("manager", "delta"), MANAGERS),
                oneOf("ack", values.getOrDefault("ack", "applied"), ACKS),
                members(values.getOrDefault("members", "")));
        if (!arguments.members.containsKey(arguments.node)) {
            throw new IllegalArgumentException("--members must name this node, '" + arguments.node
                    + "', such as --members=node-1:4001,node-2:4002.");
        }
        return arguments;
    }

    /** Where the others listen for this node. */
    List<Integer> others() {
        List<Integer> others = new ArrayList<>(members.values());
        others.remove(members.get(node));
        return others;
    }

    private static Map<String, Integer> members(String text) {
        Map<String, Integer> members = new LinkedHashMap<>();
        for (String member : text.split(",")) {
            int colon = member.indexOf(':');
            members.put(member.substring(0, Math.max(0, colon)), port(member.substring(colon + 1)));
        }
        return members;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MOST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // It is said below what it must be.
        }
        throw new IllegalArgumentException("'" + text + "' is no port: it must be a number from 1 to " + MOST + ".");
    }

    private static String oneOf(String name, String value, Set<String> values) {
        if (!values.contains(value)) {
            throw new IllegalArgumentException(
                    "--" + name + " must be one of " + values.stream().sorted().toList() + ", not '" + value + "'.");
        }
        return value;
    }
}
