package dev.midwrite.controller.cli;

import dev.midwrite.event.PointsFile;
import dev.midwrite.event.UserPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite points check}. */
@Command(
        name = "check",
        description = "Say what a file of points describes, or what is wrong with it.",
        mixinStandardHelpOptions = true)
final class PointsCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public Integer call() {
        PointsFile described = PointsFile.parse(text());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        described.problems().forEach(problem -> err.println(file + ": " + problem));
        if (described.problems().isEmpty()) {
            described.points().forEach(point -> out.println(sentence(point)));
        }
        out.flush();
        err.flush();
        return described.problems().isEmpty() ? 0 : ExitCode.REFUSED;
    }

    private static String sentence(UserPoint point) {
        return String.format(
                "%-36s %-15s %s of %s, id %s",
                point.name(),
                point.kind().label(),
                String.join(", ", point.methods()) + (point.arguments() < 0 ? "" : "/" + point.arguments()),
                point.type(),
                point.id());
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), file + " cannot be read as text.", e);
        }
    }
}
