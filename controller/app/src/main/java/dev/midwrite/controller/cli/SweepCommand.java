package dev.midwrite.controller.cli;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.Columns;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.RunSetting;
import dev.midwrite.controller.sweep.PairSweep;
import dev.midwrite.controller.sweep.Sweep;
import dev.midwrite.controller.sweep.SweepRuns;
import dev.midwrite.controller.sweep.SweepTable;
import dev.midwrite.controller.sweep.SweptFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite sweep}. */
@Command(
        name = "sweep",
        description = {
            "Let a node die at every position of an operation on a session, or another fault happen, and print what survived.",
            "Takes store, nodes and logins from a drill and leaves its users and timeline aside. First it records which"
                    + " commands the operation sends to the store; then nodes in turn die before the first, after each, and"
                    + " before the request is answered, while users go on."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The drill.")
    private Path file;

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            split = ",",
            description = "What is swept: create, save, rename, delete; several with commas. All if not given.")
    private List<SessionOperation> operations = List.of();

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            defaultValue = "crash",
            description =
                    "What happens there: crash, delay (for longer than the user waits), error, or drop (the call is left out,"
                            + " and its caller is told that it was made); ${DEFAULT-VALUE} if not given.")
    private SweptFault fault;

    @Option(
            names = "--inside",
            description =
                    "Also inside each command, half of whose bytes are sent: where the store's client shows bytes.")
    private boolean inside;

    @Option(
            names = "--pairs",
            paramLabel = "FIRST,SECOND",
            split = ",",
            description = "Let two operations meet in one session, the first held up at each of its positions while"
                    + " the second begins: save, rename or delete, each with any.")
    private List<SessionOperation> pairs = List.of();

    @Option(
            names = "--row",
            paramLabel = "NUMBER",
            split = ",",
            description = "Only these rows of the table, to repeat them.")
    private List<Integer> rows = List.of();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on in the directory of a sweep of the same drill that was interrupted: what it has run to its end is"
                            + " not run again.")
    private Path resumed;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws InterruptedException {
        if (rows.stream().anyMatch(row -> row < 1)) {
            throw new ParameterException(spec.commandLine(), "--row: rows are counted from 1.");
        }
        if (inside && fault != SweptFault.CRASH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--inside cuts a command and lets the node die; it does not go with --fault " + fault.label()
                            + ".");
        }
        if (!pairs.isEmpty() && (inside || !operations.isEmpty() || fault != SweptFault.CRASH)) {
            throw new ParameterException(
                    spec.commandLine(), "--pairs goes with none of --operation, --fault and --inside.");
        }
        if (!pairs.isEmpty() && pairs.size() != 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pairs takes two operations, such as save,delete; it was given " + pairs.size() + ".");
        }
        if (resumed != null && options.hasDirectory()) {
            throw new ParameterException(
                    spec.commandLine(), "--resume names the directory; --out does not go with it.");
        }
        Drill drill = options.seeded(DrillFile.read(file));
        if (resumed != null) {
            SweepRuns.requireBegun(resumed);
        }
        Path directory = resumed == null ? options.directory(List.of(drill)) : resumed;
        Course course = course(drill);
        String interrupted = "What has come to its end stays; go on with "
                + command(drill)
                + options.words()
                + rowWords()
                + " --resume "
                + ShellWord.of(directory);
        return options.launch(
                        directory,
                        command(drill),
                        interrupted,
                        spec.commandLine().getErr())
                .run(setting -> tell(course, drill, setting));
    }

    /** What is swept. */
    private interface Course {
        SweepTable run(Set<Integer> rows, SweepRuns runs) throws InterruptedException;
    }

    private Course course(Drill drill) {
        if (!pairs.isEmpty()) {
            PairSweep sweep = new PairSweep(drill, pairs.get(0), pairs.get(1));
            return (only, runs) -> SweepTable.of(sweep.run(only, runs));
        }
        Sweep sweep = new Sweep(
                drill,
                operations.isEmpty() ? EnumSet.allOf(SessionOperation.class) : EnumSet.copyOf(operations),
                fault,
                inside);
        return (only, runs) -> SweepTable.of(sweep.run(only, runs));
    }

    private int tell(Course course, Drill drill, RunSetting setting) throws InterruptedException {
        SweepTable result = course.run(new TreeSet<>(rows), new SweepRuns(setting, resumed != null));
        Path page = write(setting.directory(), drill, result);
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = result.verdict();
        out.println(verdict.name().replace('_', ' ') + "  sweep of " + drill.name() + " · exit code "
                + verdict.exitCode() + "\n");
        Columns.align(result.cells().stream()
                        .map(row -> row.toArray(String[]::new))
                        .toList())
                .forEach(out::println);
        result.elsewhere().forEach(sentence -> out.println("\nBesides: " + sentence + "."));
        out.println("\nrepeat a row  " + command(drill) + options.words() + " --row NUMBER\ntable         " + page);
        result.reports().forEach(report -> out.println("report        " + report));
        out.flush();
        return verdict.exitCode();
    }

    private Path write(Path directory, Drill drill, SweepTable result) {
        Path page = directory.resolve("sweep.md");
        try {
            return Files.writeString(page, result.page("Sweep of " + drill.name(), command(drill)));
        } catch (IOException e) {
            throw new BrokenRun(page + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private String rowWords() {
        return rows.isEmpty()
                ? ""
                : " --row " + rows.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private String command(Drill drill) {
        List<String> words = new ArrayList<>(List.of("./midwrite sweep", ShellWord.of(file)));
        if (!operations.isEmpty()) {
            words.add("--operation "
                    + operations.stream().map(SessionOperation::label).collect(Collectors.joining(",")));
        }
        if (!pairs.isEmpty()) {
            words.add("--pairs " + pairs.stream().map(SessionOperation::label).collect(Collectors.joining(",")));
        }
        if (fault != SweptFault.CRASH) {
            words.add("--fault " + fault.label());
        }
        if (inside) {
            words.add("--inside");
        }
        words.add("--seed " + drill.seed());
        return String.join(" ", words);
    }
}
