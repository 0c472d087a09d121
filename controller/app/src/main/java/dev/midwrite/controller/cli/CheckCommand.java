package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.CampaignReport;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.CampaignJudge;
import dev.midwrite.controller.run.CampaignJudged;
import dev.midwrite.controller.run.CampaignPlan;
import dev.midwrite.controller.run.Judged;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite check}. */
@Command(
        name = "check",
        description = {
            "Judge the bundle of an earlier run, or all its trials, again, and write the report anew.",
            "With --format: judge histories that other tools wrote."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --format the exit code is that of the worst file: 5 unreadable, 1 not linearizable, 3 unknown,",
            "0 linearizable, in this order."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ForeignCheck foreign;

    @Parameters(paramLabel = "DIR|FILE", arity = "1..*", description = "The run's directory; with --format, files.")
    private List<Path> paths;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (foreign.asked()) {
            return foreign.judge(paths, out);
        }
        if (paths.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "Give one run's directory, or say the --format of the files.");
        }
        if (CampaignPlan.in(paths.get(0))) {
            CampaignJudged trials = CampaignJudge.judge(paths.get(0));
            out.println(CampaignReport.summary(trials.input(), trials.files(), Installation.colour())
                    .stripTrailing());
            out.flush();
            return trials.judgement().verdict().exitCode();
        }
        Judged judged = BundleJudge.judge(paths.get(0));
        out.println(Report.summary(judged.input(), judged.files(), Installation.colour())
                .stripTrailing());
        out.flush();
        return judged.judgement().verdict().exitCode();
    }
}
