package dev.midwrite.controller.cli;

import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.trace.TraceTarget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that runs drills. */
final class RunOptions {
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
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Where metrics are served while it goes on; a free port if not given.")
    private int metricsPort;

    @Option(
            names = "--otlp",
            paramLabel = "URL",
            description =
                    "Send spans there when it is over, such as http://localhost:4318 or grpc://localhost:4317; the"
                            + " OTEL_EXPORTER_OTLP_* variables hold, too.")
    private String otlp;

    @Option(names = "--traces", description = "Write spans into the bundle, as lines of OTLP's JSON.")
    private boolean traces;

    boolean hasDirectory() {
        return out != null;
    }

    boolean hasSeed() {
        return seed != null;
    }

    /** With the seed that was given, if one was. */
    Drill seeded(Drill drill) {
        return seed == null ? drill : drill.withSeed(seed);
    }

    /** Where the bundle goes. */
    Path directory(List<Drill> drills) {
        return out == null ? Launch.directory(drills) : out;
    }

    /** What a command that repeats the run says of the machine. */
    String words() {
        return (agent == null ? "" : " --agent " + ShellWord.of(agent))
                + (java == null ? "" : " --java " + ShellWord.of(java));
    }

    /**
     * A launch of these options; see {@link Launch} for the rest.
     *
     * @param repeat without {@link #words}
     */
    Launch launch(Path directory, String repeat, String interrupted, PrintWriter err) {
        return launch(directory, repeat, interrupted, LogFormat.TEXT, err);
    }

    Launch launch(Path directory, String repeat, String interrupted, LogFormat format, PrintWriter err) {
        return new Launch(
                directory,
                agent,
                java,
                metricsPort,
                TraceTarget.of(otlp, traces, System::getenv),
                format,
                repeat + words(),
                interrupted,
                err);
    }
}
