package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What commands have in common that put a course of ours over a user's drill.
 *
 * @param spec of the command
 */
record CourseLaunch(CommandSpec spec, RunOptions options) {

    /** @throws Problem if there is no such drill, with a word on where one comes from */
    static Drill given(Path file) {
        if (!Files.exists(file)) {
            throw new Problem("There is no " + file
                    + "; ./midwrite init --command \"java -jar app.jar\" writes one for your service.");
        }
        return DrillFile.read(file);
    }

    /**
     * Runs it once and prints the verdict.
     *
     * @param repeat the command that repeats it, without seed and options
     * @param more what is told below the summary
     * @return the verdict's exit code
     */
    int run(Drill drill, String repeat, Consumer<RunResult> more) throws InterruptedException {
        return options.launch(
                        options.directory(List.of(drill)),
                        repeat + " --seed " + drill.seed(),
                        "",
                        spec.commandLine().getErr())
                .run(setting -> {
                    RunResult judged = new DrillRun(drill, setting).run();
                    PrintWriter out = spec.commandLine().getOut();
                    out.println(Report.summary(judged.input(), judged.files(), Installation.terminalOut())
                            .stripTrailing());
                    more.accept(judged);
                    out.flush();
                    return judged.judgement().verdict().exitCode();
                });
    }
}
