package dev.midwrite.controller.cli;

import dev.midwrite.check.Judgement;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.controller.report.CampaignReport;
import dev.midwrite.controller.report.GateLine;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.report.Terminal;
import dev.midwrite.controller.run.CampaignResult;
import dev.midwrite.controller.run.CampaignRun;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.ExpectationCheck;
import dev.midwrite.controller.run.RunResult;
import dev.midwrite.controller.run.RunSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite drill run}. */
@Command(
        name = "run",
        description = {
            "Run one drill and judge what happened.",
            "Starts the store, the nodes with the agent and the users, and stops all of them in the end.",
            "With several trials, or several drills, all are judged as one."
        },
        mixinStandardHelpOptions = true)
final class DrillRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The drill. Several have the same profile and objectives, and are run in turn.")
    private List<Path> files;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "How many trials of each drill, each with a seed of its own; the drill's number if not given.")
    private Integer trials;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--expect",
            description = "Exit with 0 if every trial's verdict is what its drill expects, with 1 if not.")
    private boolean expect;

    @Option(
            names = "--gate",
            description =
                    "Print the verdict in one line, as a pipeline's log wants it; the exit code stays the verdict's.")
    private boolean gate;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, or json: one object a line on standard error while it goes on, and the verdict as one on"
                            + " standard output.")
    private LogFormat format;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the report for JUnit there, too, where a pipeline looks for it.")
    private Path junit;

    @Option(
            names = "--require",
            paramLabel = "WHAT",
            description = "Also fail if this is not so: ${COMPLETION-CANDIDATES}.")
    private List<Requirement> requirements = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        List<Drill> drills = files.stream().map(this::read).toList();
        int times = times(drills);
        Path directory = options.directory(drills);
        boolean several = times > 1 || drills.size() > 1;
        String interrupted = several ? "Finished trials stay: ./midwrite check " + ShellWord.of(directory) : "";
        return options.launch(directory, command(drills, times), interrupted, format, err)
                .run(setting -> several ? trials(drills, times, setting) : one(drills.get(0), setting));
    }

    private Drill read(Path file) {
        Drill drill = options.seeded(DrillFile.read(file));
        for (Requirement requirement : requirements) {
            drill = requirement.of(drill);
        }
        return drill;
    }

    private int times(List<Drill> drills) {
        if (trials != null && (trials < 1 || trials > Objectives.MOST_TRIALS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--trials must be from 1 to " + Objectives.MOST_TRIALS + ", not " + trials + ".");
        }
        Drill first = drills.get(0);
        for (Drill drill : drills.subList(1, drills.size())) {
            if (drill.profile() != first.profile() || !drill.objectives().equals(first.objectives())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Drills that are judged as one need the same profile and objectives; those of " + first.file()
                                + " and " + drill.file() + " differ.");
            }
        }
        if (drills.stream().map(Drill::name).distinct().count() < drills.size()) {
            throw new ParameterException(spec.commandLine(), "Drills that are judged as one need different names.");
        }
        return trials == null ? first.objectives().trials() : trials;
    }

    private String command(List<Drill> drills, int times) {
        return "./midwrite drill run "
                + files.stream().map(ShellWord::of).collect(Collectors.joining(" "))
                + (drills.size() == 1 || options.hasSeed()
                        ? " --seed " + drills.get(0).seed()
                        : "")
                + (times > 1 || trials != null ? " --trials " + times : "")
                + requirements.stream()
                        .map(requirement -> " --require " + requirement)
                        .collect(Collectors.joining());
    }

    private int one(Drill drill, RunSetting setting) throws InterruptedException {
        RunResult judged = new DrillRun(drill, setting).run();
        return tell(
                drill.name(),
                terminal -> Report.summary(judged.input(), judged.files(), terminal),
                ExpectationCheck.surprises(drill.expect(), judged.judgement()),
                judged.judgement(),
                judged.files());
    }

    private int trials(List<Drill> drills, int times, RunSetting setting) throws InterruptedException {
        List<String> surprises = new ArrayList<>();
        CampaignResult judged = new CampaignRun(drills, times, setting, (trial, drill, its) -> {
                    setting.progress().note(trial.name() + " is over: " + verdict(its.judgement()));
                    ExpectationCheck.surprises(drill.expect(), its.judgement())
                            .forEach(surprise -> surprises.add(trial.name() + ": " + surprise));
                })
                .run();
        return tell(
                judged.input().name(),
                terminal -> CampaignReport.summary(judged.input(), judged.files(), terminal),
                surprises,
                judged.judgement(),
                judged.files());
    }

    private static String verdict(Judgement judgement) {
        return judgement.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ". " + judgement.sentence();
    }

    /** @param whole the summary, where one line will not do */
    private int tell(
            String name,
            Function<Terminal, String> whole,
            List<String> surprises,
            Judgement judgement,
            ReportFiles files) {
        if (junit != null) {
            publish(files.junit());
        }
        if (format == LogFormat.JSON) {
            tellInJson(name, surprises, judgement, files);
            return exitCode(surprises, judgement);
        }
        Terminal terminal = Installation.terminalOut();
        String summary = gate ? GateLine.of(name, judgement, files, terminal) : whole.apply(terminal);
        PrintWriter to = spec.commandLine().getOut();
        to.println(summary.stripTrailing());
        surprises.forEach(surprise -> to.println("Not as expected: " + surprise));
        to.flush();
        return exitCode(surprises, judgement);
    }

    private int exitCode(List<String> surprises, Judgement judgement) {
        return expect ? surprises.isEmpty() ? 0 : 1 : judgement.verdict().exitCode();
    }

    private void tellInJson(String name, List<String> surprises, Judgement judgement, ReportFiles files) {
        Level level = switch (judgement.verdict()) {
            case PASS -> Level.INFO;
            case FAIL -> Level.ERROR;
            default -> Level.WARNING;
        };
        PrintWriter to = spec.commandLine().getOut();
        to.println(LogLine.now(level, judgement.sentence())
                .of(name, "", "")
                .with("verdict", judgement.verdict().name())
                .with("exit_code", exitCode(surprises, judgement))
                .with("findings", judgement.cards().size())
                .with("report", files.html().toString())
                .with("surprises", surprises)
                .in(format));
        to.flush();
    }

    /** A verdict that cannot be published is still one: its exit code stays. */
    private void publish(Path written) {
        try {
            Path directory = junit.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Files.copy(written, junit, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            String sentence = junit + " cannot be written (" + e.getMessage() + "); it stays at " + written + ".";
            spec.commandLine()
                    .getErr()
                    .println(
                            format == LogFormat.JSON
                                    ? LogLine.now(Level.WARNING, sentence).in(format)
                                    : "midwrite: " + sentence);
        }
    }
}
