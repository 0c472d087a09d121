package dev.midwrite.controller.cli;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.Columns;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.RunSetting;
import dev.midwrite.controller.storm.StormFailure;
import dev.midwrite.controller.storm.StormPlan;
import dev.midwrite.controller.storm.StormProfile;
import dev.midwrite.controller.storm.StormResult;
import dev.midwrite.controller.storm.StormTable;
import dev.midwrite.controller.storm.Storms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite storm}. */
@Command(
        name = "storm",
        description = {
            "Draw faults, ends of nodes, rollouts and what befalls the store by chance, until a service fails; then make the"
                    + " schedule as small as it still fails, and save it as a drill.",
            "Takes store, nodes and logins from a drill and leaves its users and timeline aside. The same seed draws the same."
        },
        mixinStandardHelpOptions = true)
final class StormCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The drill.")
    private Path file;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "mixed",
            converter = StormProfileWord.class,
            description =
                    "What a storm is like: mixed, rapid, huge, long-lived, churn, pressure or idle; ${DEFAULT-VALUE} if not"
                            + " given.")
    private StormProfile profile;

    @Option(
            names = "--storms",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many at most; ${DEFAULT-VALUE} if not given.")
    private int storms;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "0",
            description = "After so many minutes no further storm begins; no limit if not given.")
    private int minutes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "40",
            description = "In how many the steps of a storm begin; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Option(
            names = "--lossy",
            description = "Also faults that lose or falsify by themselves, however good the service is.")
    private boolean lossy;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often a smaller schedule is run until it counts as one that does not fail; ${DEFAULT-VALUE} if not"
                            + " given.")
    private int tries;

    @Option(
            names = "--shrink-minutes",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "After so many minutes no smaller schedule is tried; ${DEFAULT-VALUE} if not given, 0 to try none.")
    private int shrinkMinutes;

    @Option(
            names = "--confirm",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often the smallest is run to say how often it fails; ${DEFAULT-VALUE} if not given.")
    private int confirm;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description =
                    "Where the drill of a storm that fails is kept, beside FILE; FILE-storm-SEED.yaml if not given.")
    private Path save;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws InterruptedException {
        require("--storms", storms, 1);
        require("--minutes", minutes, 0);
        require("--seconds", seconds, 2);
        require("--tries", tries, 1);
        require("--shrink-minutes", shrinkMinutes, 0);
        require("--confirm", confirm, 0);
        Drill drill = options.seeded(DrillFile.read(file));
        StormPlan plan = new StormPlan(
                drill.seed(),
                profile,
                storms,
                Duration.ofMinutes(minutes),
                Duration.ofSeconds(seconds),
                lossy,
                tries,
                confirm,
                Duration.ofMinutes(shrinkMinutes));
        Path directory = options.directory(List.of(drill));
        Path page = directory.resolve("storm.md");
        Storms all = new Storms(drill, plan, save, this::again, result -> write(page, result));
        return options.launch(
                        directory,
                        command(drill.seed()) + " --storms " + storms,
                        "What was found by then stays: " + page,
                        spec.commandLine().getErr())
                .run(setting -> tell(all, setting, page));
    }

    private void require(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + least + " to " + MOST + ", not " + value + ".");
        }
    }

    private int tell(Storms all, RunSetting setting, Path page) throws InterruptedException {
        StormResult result = all.run(setting);
        write(page, result);
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = result.verdict();
        out.println(verdict.name().replace('_', ' ') + "  storms over " + result.drill() + " · exit code "
                + verdict.exitCode() + "\n");
        Columns.align(StormTable.cells(result).stream()
                        .map(row -> row.toArray(String[]::new))
                        .toList())
                .forEach(out::println);
        result.failure().ifPresent(failure -> tell(out, failure));
        out.println("\ntable     " + page);
        out.flush();
        return verdict.exitCode();
    }

    private void tell(PrintWriter out, StormFailure failure) {
        out.println("\nsmallest  " + failure.size() + "; " + failure.state().words());
        failure.smallest().forEach(step -> out.println("          " + step));
        out.println("fails     " + failure.rate());
        out.println("drill     ./midwrite drill run " + ShellWord.of(failure.file()));
        out.println("again     " + again(failure.seed()) + options.words());
        out.println("report    " + failure.report());
    }

    /** Whoever breaks off reads it there. */
    private void write(Path page, StormResult result) {
        try {
            PrivateFiles.write(
                    page, StormTable.page(result, command(result.plan().seed()) + " --storms " + storms));
        } catch (IOException e) {
            throw new BrokenRun(page + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private String again(long seed) {
        return command(seed) + " --storms 1";
    }

    private String command(long seed) {
        return "./midwrite storm " + ShellWord.of(file) + " --seed " + seed + " --profile " + profile.label()
                + " --seconds " + seconds + (lossy ? " --lossy" : "");
    }
}
