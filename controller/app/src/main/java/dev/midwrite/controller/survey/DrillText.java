package dev.midwrite.controller.survey;

import dev.midwrite.controller.plan.StoreSpec;
import dev.midwrite.controller.plan.WideCourse;
import dev.midwrite.controller.survey.SessionStore.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A drill for a service that was looked at, as a person would write it. */
public final class DrillText {
    private static final List<String> NODES = List.of("node-1", "node-2");
    private static final Duration LEAST_READY = Duration.ofSeconds(60);

    private DrillText() {}

    /**
     * @param file where it is to lie: commands of nodes run in its directory
     * @param readyTimeout how long a node may take to start
     */
    public static String of(Findings found, Path file, Duration readyTimeout) {
        boolean cluster = found.store().kind() != Kind.MEMORY;
        boolean saves = cluster && found.store().kind() != Kind.UNSEEN;
        StringBuilder text = new StringBuilder();
        text.append("# Written by midwrite init; docs/drills.md says what else can stand here.\n");
        text.append("version: 1\n");
        text.append("name: ").append(Yaml.quoted(name(file))).append('\n');
        text.append("description: >\n");
        text.append("  ")
                .append(found.container())
                .append("; sessions: ")
                .append(found.layer())
                .append("; kept in ");
        text.append(found.store().words()).append(".\n");
        text.append("seed: 1\nprofile: session\n");
        if (!cluster) {
            text.append("scope: node   # a session can be read on the node that keeps it, and nowhere else\n");
        }
        text.append("\nstore:\n").append(store(found.store()));
        text.append("\nnodes:\n  names: [").append(String.join(", ", NODES)).append("]\n  command:\n");
        words(found.command(), file)
                .forEach(word -> text.append("    - ").append(Yaml.quoted(word)).append('\n'));
        if (!found.command().secrets().isEmpty()) {
            text.append("  # Nodes also need these from the environment in which the drill is run: ")
                    .append(String.join(", ", new TreeMap<>(found.command().secrets()).keySet()))
                    .append('\n');
        }
        if (!found.command().environment().isEmpty()) {
            text.append("  environment:\n");
            new TreeMap<>(found.command().environment())
                    .forEach((name, value) -> text.append("    ")
                            .append(name)
                            .append(": ")
                            .append(Yaml.quoted(value))
                            .append('\n'));
        }
        Duration ready = readyTimeout.compareTo(LEAST_READY) < 0 ? LEAST_READY : readyTimeout;
        text.append("  ready-timeout: ").append(ready.toSeconds()).append("s\n");
        text.append("  probe: agent\n  page: ")
                .append(Yaml.quoted(found.page()))
                .append("\n\n");
        text.append(WideCourse.text(NODES, cluster, saves));
        if (!found.idHeader().isEmpty()) {
            text.append("  session-header: ")
                    .append(Yaml.quoted(found.idHeader()))
                    .append('\n');
        }
        found.ttl()
                .ifPresent(ttl -> text.append("  ttl: ")
                        .append(ttl.isNegative() ? "never" : ttl.toSeconds() + "s")
                        .append('\n'));
        return text.toString();
    }

    private static String store(SessionStore store) {
        return switch (store.kind()) {
            case REDIS -> "  kind: redis\n  address: " + Yaml.quoted(store.address()) + "\n";
            case JDBC ->
                store.address().isEmpty()
                        ? unused()
                        : "  kind: " + StoreSpec.JDBC + "\n  address: " + Yaml.quoted(store.address()) + "\n";
            case GRID -> "  kind: " + StoreSpec.GRID + "\n";
            case MEMORY, OTHER -> unused();
            case UNSEEN -> """
                  kind: redis          # a drill has a store; whether this service keeps sessions there is not seen
                  address: embedded
                """;
        };
    }

    private static String unused() {
        return """
                  kind: redis          # for whatever else the service needs one
                  address: embedded
                  audit: none          # its sessions are kept elsewhere
                """;
    }

    /** Commands of a drill run in its directory; a service that needs another one changes to it. */
    private static List<String> words(ServiceCommand command, Path file) {
        Path here = file.toAbsolutePath().normalize().getParent();
        Path there = command.directory().toAbsolutePath().normalize();
        if (here.equals(there)) {
            return command.words();
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", there.toString()));
        words.addAll(command.words());
        return words;
    }

    /** What a drill in this file is called. */
    public static String name(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
