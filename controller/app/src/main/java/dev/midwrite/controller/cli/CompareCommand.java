package dev.midwrite.controller.cli;

import dev.midwrite.check.Verdict;
import dev.midwrite.check.campaign.Comparison;
import dev.midwrite.check.campaign.Limits;
import dev.midwrite.controller.report.ComparisonSummary;
import dev.midwrite.controller.run.RunComparison;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite compare}. */
@Command(
        name = "compare",
        description = {
            "Say whether a candidate's figures are worse than those of its base.",
            "Both are runs of the same drill with the same seed and several trials; trials with the same seed are pairs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 2: a figure is worse, surely and by more than its minimum. 0: no figure is, surely.",
            "3: these trials cannot tell. 5: no pair of trials can be judged."
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BASE", description = "Directory of the base's run.")
    private Path base;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "Directory of the candidate's run.")
    private Path candidate;

    @Option(
            names = "--min-score",
            paramLabel = "SHARE",
            defaultValue = "0.001",
            description = "Least loss of the session persistence score that matters; ${DEFAULT-VALUE} if not given.")
    private double score;

    @Option(
            names = "--min-failover",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Least growth of the failover time that matters; ${DEFAULT-VALUE} if not given.")
    private double failover;

    @Option(
            names = "--min-success",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Least loss of successful trials that matters; ${DEFAULT-VALUE} if not given.")
    private double success;

    @Override
    public Integer call() {
        share("--min-score", score);
        share("--min-success", success);
        if (!(failover > 0 && failover < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(
                    spec.commandLine(), "--min-failover must be more than 0, not " + failover + ".");
        }
        RunComparison compared = RunComparison.of(base, candidate, new Limits(score, failover, success));
        Comparison comparison = compared.comparison();
        PrintWriter out = spec.commandLine().getOut();
        out.println(ComparisonSummary.of(comparison, compared.notes()).stripTrailing());
        out.flush();
        return comparison.verdict() == Verdict.INVALID
                ? ExitCode.BROKE
                : comparison.verdict().exitCode();
    }

    private void share(String option, double value) {
        if (!(value > 0 && value < 1)) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be more than 0 and less than 1, not " + value + ".");
        }
    }
}
