package dev.midwrite.controller.cli;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.report.CampaignReport;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.report.Terminal;
import dev.midwrite.controller.report.TraceLinks;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.CampaignJudge;
import dev.midwrite.controller.run.CampaignPlan;
import dev.midwrite.controller.run.CampaignResult;
import dev.midwrite.controller.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite check}. */
@Command(
        name = "check",
        description = {
            "Judge the bundle of an earlier run, or all its trials, again, and write the report anew.",
            "With --format: judge histories that other tools wrote.",
            "With --load: say how a service answered the requests of JMeter, k6 or a browser."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --format the exit code is that of the worst file: 5 unreadable, 1 not linearizable, 3 unknown,",
            "0 linearizable, in this order. With --load: 5 unreadable, 3 too few requests, 0."
        })
final class CheckCommand implements Callable<Integer> {
    private static final Pattern CARD = Pattern.compile("[A-Z]+-\\d+");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ForeignCheck foreign;

    @Mixin
    private LoadCheck load;

    @Option(
            names = "--explain",
            description = {
                "Print every finding in full: what was seen, why it is impossible, and what is known of the cause.",
                "With the ID of a card, such as A-1, before or after the directory: only that one."
            })
    private boolean explain;

    @Parameters(
            paramLabel = "DIR|FILE|ID",
            arity = "1..*",
            description = "The run's directory; with --format or --load, files; with --explain, ids of cards too.")
    private List<Path> words;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (foreign.asked()) {
            return foreign.judge(words, explain, Installation.colour(), out);
        }
        if (load.asked()) {
            return load.judge(words, out);
        }
        Set<String> ids = new LinkedHashSet<>();
        List<Path> paths = new ArrayList<>();
        for (Path word : words) {
            if (explain && CARD.matcher(word.toString()).matches() && !Files.exists(word)) {
                ids.add(word.toString());
            } else {
                paths.add(word);
            }
        }
        if (paths.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "Give one run's directory, or say the --format of the files, or --load.");
        }
        TraceLinks.require(System::getenv);
        Runs.requireEnded(paths.get(0));
        if (CampaignPlan.in(paths.get(0))) {
            if (explain) {
                throw new ParameterException(
                        spec.commandLine(),
                        paths.get(0) + " holds several trials; explain one of the directories in it.");
            }
            CampaignResult trials = CampaignJudge.judge(paths.get(0));
            out.println(CampaignReport.summary(trials.input(), trials.files(), Installation.terminalOut())
                    .stripTrailing());
            out.flush();
            return trials.judgement().verdict().exitCode();
        }
        RunResult judged;
        try {
            judged = BundleJudge.judge(paths.get(0));
        } catch (Problem | InvalidDrill e) {
            if (!Bundle.begun(paths.get(0))) {
                throw e;
            }
            return invalid(e, out);
        }
        Terminal terminal = Installation.terminalOut();
        out.println((explain
                        ? Report.explanation(judged.input(), judged.files(), ids, terminal)
                        : Report.summary(judged.input(), judged.files(), terminal))
                .stripTrailing());
        out.flush();
        return judged.judgement().verdict().exitCode();
    }

    /** A bundle that is not whole proves nothing, and is no mistake of who asked. */
    private static int invalid(RuntimeException e, PrintWriter out) {
        out.println("INVALID  this bundle cannot be judged · exit code " + Verdict.INVALID.exitCode());
        if (e instanceof InvalidDrill drill) {
            drill.problems().forEach(out::println);
        } else {
            out.println(e.getMessage());
        }
        out.flush();
        return Verdict.INVALID.exitCode();
    }
}
