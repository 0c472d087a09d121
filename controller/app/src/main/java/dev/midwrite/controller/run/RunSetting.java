package dev.midwrite.controller.run;

import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.trace.TraceTarget;
import java.nio.file.Path;

/**
 * Where a run finds things and leaves things.
 *
 * @param directory of the run; not there yet, or empty
 * @param agentJar of the agent
 * @param java the launcher of the nodes
 * @param version of Midwrite
 * @param command that repeats the run, for the report
 * @param metricsPort where metrics are served while it goes on; 0 for any free port
 * @param traces who wants spans of it
 * @param reaper ends what the run started if the run cannot
 */
public record RunSetting(
        Path directory,
        Path agentJar,
        Path java,
        String version,
        String command,
        int metricsPort,
        TraceTarget traces,
        Reaper reaper,
        ControllerMeters meters,
        Progress progress) {

    /** Of a run whose spans nobody wants. */
    public RunSetting(
            Path directory,
            Path agentJar,
            Path java,
            String version,
            String command,
            int metricsPort,
            Reaper reaper,
            ControllerMeters meters,
            Progress progress) {
        this(directory, agentJar, java, version, command, metricsPort, TraceTarget.NONE, reaper, meters, progress);
    }

    /** The same in another directory. */
    public RunSetting in(Path other) {
        return new RunSetting(other, agentJar, java, version, command, metricsPort, traces, reaper, meters, progress);
    }

    /** The same with somebody else to hear of it. */
    RunSetting with(Progress other) {
        return new RunSetting(directory, agentJar, java, version, command, metricsPort, traces, reaper, meters, other);
    }
}
