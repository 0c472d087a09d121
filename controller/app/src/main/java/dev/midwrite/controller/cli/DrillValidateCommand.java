package dev.midwrite.controller.cli;

import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite drill validate}. */
@Command(
        name = "validate",
        description = "Say whether drills can be run as they stand, without starting anything.",
        mixinStandardHelpOptions = true)
final class DrillValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Drill files.")
    private List<Path> files;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int exit = 0;
        for (Path file : files) {
            try {
                Drill drill = DrillFile.read(file);
                out.println(file + ": valid, " + drill.nodes().words() + ", "
                        + (drill.users().foreign().isPresent()
                                ? "load through a front"
                                : count(drill.users().sessions(), "session"))
                        + ", "
                        + count(drill.timeline().size(), "step"));
            } catch (InvalidDrill e) {
                e.problems().forEach(err::println);
                exit = ExitCode.REFUSED;
            }
        }
        out.flush();
        err.flush();
        return exit;
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
