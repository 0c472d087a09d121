package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.Report;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.Expected;
import dev.midwrite.controller.run.Judged;
import dev.midwrite.controller.run.RunSetting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite drill run}. */
@Command(
        name = "run",
        description = {
            "Run one drill and judge what happened.",
            "Starts the store, the nodes with the agent and the users, and stops all of them in the end."
        },
        mixinStandardHelpOptions = true)
final class DrillRunCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The drill.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the bundle and its report go; .midwrite/runs/TIME-NAME if not given.")
    private Path out;

    @Option(names = "--seed", paramLabel = "SEED", description = "Instead of the drill's.")
    private Long seed;

    @Option(
            names = "--agent",
            paramLabel = "JAR",
            description = "The agent; the one of this build if not given (MIDWRITE_AGENT).")
    private Path agent;

    @Option(
            names = "--java",
            paramLabel = "PROGRAM",
            description = "What starts the nodes; the Java that runs this if not given.")
    private Path java;

    @Option(
            names = "--expect",
            description = "Exit with 0 if the verdict is what the drill expects, with 1 if it is not.")
    private boolean expect;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Drill drill = DrillFile.read(file);
        if (seed != null) {
            drill = drill.withSeed(seed);
        }
        Installation installation = Installation.find();
        Thread ending = new Thread(() -> {
            err.println("\nmidwrite: lifting the faults and stopping what was started ...");
            err.flush();
        });
        try (Reaper reaper = Reaper.install();
                ControllerMeters meters = new ControllerMeters()) {
            Runtime.getRuntime().addShutdownHook(ending);
            Judged judged = new DrillRun(
                            drill,
                            new RunSetting(
                                    out == null ? directory(drill) : out,
                                    agent == null ? installation.agentJar() : agent,
                                    java == null ? Installation.java() : java,
                                    Version.number(),
                                    "./midwrite drill run " + file + " --seed " + drill.seed(),
                                    reaper,
                                    meters,
                                    new TerminalProgress(err, Installation.terminal())))
                    .run();
            return tell(drill, judged);
        } catch (BrokenRun e) {
            throw new BrokeException(e.getMessage(), e);
        } finally {
            forget(ending);
        }
    }

    private int tell(Drill drill, Judged judged) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(Report.summary(judged.input(), judged.files(), Installation.colour())
                .stripTrailing());
        List<String> surprises = Expected.surprises(drill.expect(), judged.judgement());
        surprises.forEach(surprise -> to.println("Not as expected: " + surprise));
        to.flush();
        if (expect) {
            return surprises.isEmpty() ? 0 : 1;
        }
        return judged.judgement().verdict().exitCode();
    }

    private static Path directory(Drill drill) {
        String name = drill.name().replaceAll("[^A-Za-z0-9._-]+", "-");
        return Path.of(
                ".midwrite", "runs", LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + "-" + name);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs.
        }
    }
}
