package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.Judged;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite check}. */
@Command(
        name = "check",
        description = "Judge the bundle of an earlier run again, and write its report anew.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The run's directory.")
    private Path directory;

    @Override
    public Integer call() {
        Judged judged = BundleJudge.judge(directory);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Report.summary(judged.input(), judged.files(), Installation.colour())
                .stripTrailing());
        out.flush();
        return judged.judgement().verdict().exitCode();
    }
}
