package dev.midwrite.controller.nodes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.ExternalNode;
import dev.midwrite.controller.plan.ExternalSpec;
import dev.midwrite.controller.plan.NodesSpec;
import dev.midwrite.controller.serve.Fleet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is needed to watch nodes that run elsewhere, and to have commands do something to them.
 *
 * @param spec with {@link NodesSpec#external()}
 * @param workingDirectory commands run in it: the drill file's
 * @param runDirectory what commands print goes to {@code nodes/}
 * @param java what {@code {java}} stands for
 */
public record ExternalSetting(
        NodesSpec spec, Path workingDirectory, Path runDirectory, Path java, Fleet fleet, Reaper reaper) {

    ExternalSpec external() {
        return spec.external().orElseThrow();
    }

    /** The command's words with everything filled in. */
    static List<String> words(ExternalNode node, List<String> command, Path java) {
        Placeholders placeholders = new Placeholders(Map.of("node", node.name(), "java", java.toString()));
        return command.stream().map(placeholders::fill).toList();
    }

    /** @throws Problem if a command names a program that is not there */
    public static void requirePrograms(ExternalSpec external, Path java, Path directory) {
        for (ExternalNode node : external.nodes()) {
            node.commands().forEach((action, command) -> {
                String program = words(node, command, java).get(0);
                if (!Programs.there(program, directory)) {
                    throw new Problem("There is no program '" + program + "' for the " + action.word() + " of "
                            + node.name() + ".");
                }
            });
        }
    }
}
