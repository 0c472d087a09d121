package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.PointsFile;
import dev.midwrite.event.UserPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite points add}: a block in the words of the file, written only if the whole file is right with it. */
@Command(
        name = "add",
        description = {
            "Add a point to a file of points; the file is made if it is not there.",
            "Nothing is written if the point, or what the file holds already, is wrong."
        },
        mixinStandardHelpOptions = true)
final class PointsAddCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, such as orders.points.")
    private Path file;

    @Option(names = "--store", required = true, description = "Your word for what keeps the sessions, such as orders.")
    private String store;

    @Option(names = "--kind", required = true, description = "What the method does, such as session.save.")
    private String kind;

    @Option(names = "--type", required = true, description = "The class or interface, with its package.")
    private String type;

    @Option(names = "--method", required = true, description = "Its name; repeat it for several that are alike.")
    private List<String> methods = new ArrayList<>();

    @Option(names = "--arguments", description = "How many it takes; any number if not given.")
    private String arguments;

    @Option(names = "--role", description = "operation, step or adopt; the kind's own if not given.")
    private String role;

    @Option(
            names = "--id",
            required = true,
            description = "Where the session's id is: 0, 0.getId, this.getId, result, result.getId or none.")
    private String id;

    @Override
    public void run() {
        String before = existing();
        String block = block();
        PointsFile whole = PointsFile.parse(before + block);
        if (!whole.problems().isEmpty()) {
            throw new ParameterException(spec.commandLine(), file + ": " + String.join("; ", whole.problems()) + ".");
        }
        try {
            Files.writeString(file, before + block);
        } catch (IOException e) {
            throw new Problem(file + " cannot be written: " + e.getMessage() + ".", e);
        }
        UserPoint added = whole.points().get(whole.points().size() - 1);
        PrintWriter out = spec.commandLine().getOut();
        out.println("added " + added.name() + " (" + added.kind().label() + ") to " + file);
        out.flush();
    }

    private String existing() {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            String text = Files.readString(file);
            return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), file + " cannot be read as text.", e);
        }
    }

    private String block() {
        String key = store + "." + kind + ".";
        StringBuilder block = new StringBuilder();
        line(block, key, "type", type);
        line(block, key, "method", String.join(", ", methods));
        line(block, key, "arguments", arguments);
        line(block, key, "role", role);
        line(block, key, "id", id);
        return block.toString();
    }

    private static void line(StringBuilder block, String key, String word, String value) {
        if (value != null) {
            block.append(key).append(word).append(" = ").append(value).append('\n');
        }
    }
}
