package dev.midwrite.controller.cli;

import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.WideCourse;
import dev.midwrite.controller.report.ShellWord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite try}. */
@Command(
        name = "try",
        description = {
            "Put a service through the wide course for one minute and print the verdict.",
            "Takes store, nodes and logins from a drill, such as one that init has written, and leaves its own users and"
                    + " timeline aside: slow saves, a restart, a kill, while users work on all nodes."
        },
        mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = InitCommand.FILE,
            description = "The drill; ${DEFAULT-VALUE} if not given.")
    private Path file;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Drill drill = options.seeded(DrillFile.parse(file, WideCourse.over(CourseLaunch.given(file))));
        return new CourseLaunch(spec, options).run(drill, "./midwrite try " + ShellWord.of(file), judged -> {});
    }
}
