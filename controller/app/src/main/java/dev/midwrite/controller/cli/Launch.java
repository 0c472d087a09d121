package dev.midwrite.controller.cli;

import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.report.TraceLinks;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.RunSetting;
import dev.midwrite.controller.trace.TraceTarget;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the command line runs drills: with progress on standard error, and everything ended on Ctrl-C.
 *
 * @param directory for the bundle
 * @param agent jar of the agent; null for this build's
 * @param java what starts nodes; null for the Java that runs this
 * @param metricsPort where metrics are served; 0 for any free port
 * @param traces who wants spans
 * @param format of what is told while it goes on
 * @param repeat the command that repeats the run
 * @param interrupted what stays if the run is interrupted, a sentence; empty for nothing
 */
record Launch(
        Path directory,
        Path agent,
        Path java,
        int metricsPort,
        TraceTarget traces,
        LogFormat format,
        String repeat,
        String interrupted,
        PrintWriter err) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS", Locale.ROOT);

    /** What is run; its result is the exit code. */
    interface Body {
        int run(RunSetting setting) throws InterruptedException;
    }

    /** @throws BrokeException if something broke after the start, so that there is nothing to judge */
    int run(Body body) throws InterruptedException {
        Installation installation = Installation.find();
        TraceLinks.require(System::getenv);
        Thread ending = new Thread(() -> {
            String sentence = "lifting the faults and stopping what was started ..."
                    + (interrupted.isEmpty() ? "" : " " + interrupted);
            err.println(
                    format == LogFormat.JSON
                            ? LogLine.now(Level.WARNING, sentence).in(format)
                            : "\nmidwrite: " + sentence);
            err.flush();
        });
        try (Reaper reaper = Reaper.install();
                ControllerMeters meters = new ControllerMeters()) {
            Runtime.getRuntime().addShutdownHook(ending);
            return body.run(new RunSetting(
                    directory,
                    agent == null ? installation.agentJar() : agent,
                    java == null ? Installation.java() : java,
                    Version.number(),
                    repeat,
                    metricsPort,
                    traces,
                    reaper,
                    meters,
                    format == LogFormat.JSON
                            ? new JsonProgress(err, "")
                            : new TerminalProgress(err, Installation.terminal())));
        } catch (BrokenRun e) {
            throw new BrokeException(e.getMessage(), e);
        } finally {
            forget(ending);
        }
    }

    /** Where a run's bundle goes if nobody says. */
    static Path directory(List<Drill> drills) {
        String name = drills.stream()
                .map(Drill::name)
                .collect(Collectors.joining("+"))
                .replaceAll("[^A-Za-z0-9._+-]+", "-");
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
