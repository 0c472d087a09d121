package dev.midwrite.controller.cli;

import dev.midwrite.controller.attach.AgentRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which agent goes into a JVM, and with which of its options. */
final class AgentOptions {
    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (or MIDWRITE_AGENT).")
    private Path agent;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "The node's name; 'node' if not given, so give each JVM its own.")
    private String node;

    @Option(
            names = "--controller",
            paramLabel = "HOST:PORT",
            description = "The controller that the agent dials; without it the agent does nothing.")
    private String controller;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Where it journals; midwrite/NAME in that JVM's directory for temporary files if not given.")
    private Path journal;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "Another option of the agent (docs/configuration.md), such as policy=/etc/midwrite.policy.")
    private Map<String, String> more = new LinkedHashMap<>();

    AgentRequest request() {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, AgentRequest.NODE, node);
        put(options, AgentRequest.CONTROLLER, controller);
        put(options, AgentRequest.JOURNAL, journal);
        options.putAll(more);
        return new AgentRequest(agent == null ? Installation.find().agentJar() : agent, options);
    }

    private static void put(Map<String, String> options, String key, Object value) {
        if (value != null) {
            options.put(key, value.toString());
        }
    }
}
