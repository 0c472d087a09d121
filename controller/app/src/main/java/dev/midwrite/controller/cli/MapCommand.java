package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.map.MapJson;
import dev.midwrite.controller.map.MapText;
import dev.midwrite.controller.map.NodeMap;
import dev.midwrite.controller.map.NodeMapBuilder;
import dev.midwrite.controller.serve.JournalFiles;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Incarnation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite map}. */
@Command(
        name = "map",
        description = {
            "Print where nodes keep their sessions, as their journals show it.",
            "Of a run's directory, of one file of it, or of the directory in which an agent keeps its journals."
        },
        mixinStandardHelpOptions = true)
final class MapCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR|FILE", description = "Where the journals are; all that are there are read.")
    private Path place;

    @Option(names = "--node", paramLabel = "NODE", description = "Only of this node.")
    private String node;

    @Option(names = "--json", description = "One JSON object a node.")
    private boolean json;

    @Override
    public void run() {
        Map<String, NodeMapBuilder> nodes = new TreeMap<>();
        for (Path journal : JournalFiles.under(place)) {
            Reading reading = new Reading(nodes);
            String damage = JournalFiles.read(journal, reading::take);
            if (!damage.isEmpty()) {
                spec.commandLine().getErr().println(journal + " is good up to here: " + damage + ".");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        wanted(nodes).forEach(map -> {
            if (json) {
                out.println(MapJson.of(map));
            } else {
                MapText.of(map).forEach(out::println);
            }
        });
        out.flush();
    }

    private Collection<NodeMap> wanted(Map<String, NodeMapBuilder> nodes) {
        if (node != null && !nodes.containsKey(node)) {
            throw new Problem("There is no journal of a node " + node + " in " + place + "; there are "
                    + nodes.keySet().stream().collect(Collectors.joining(", ")) + ".");
        }
        List<NodeMapBuilder> chosen = node == null ? List.copyOf(nodes.values()) : List.of(nodes.get(node));
        return chosen.stream().map(NodeMapBuilder::build).toList();
    }

    /** One journal: its first record says whose it is. */
    private static final class Reading {
        private final Map<String, NodeMapBuilder> nodes;
        private NodeMapBuilder of;

        Reading(Map<String, NodeMapBuilder> nodes) {
            this.nodes = nodes;
        }

        void take(EventRecord record) {
            if (record.type() == EventType.HEADER) {
                String name = Incarnation.fromPayload(record.payload()).node();
                of = nodes.computeIfAbsent(name, NodeMapBuilder::new);
            }
            if (of != null) {
                of.take(record);
            }
        }
    }
}
