package dev.midwrite.controller.cli;

import dev.midwrite.controller.attach.AgentRequest;
import dev.midwrite.controller.attach.Detachment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite detach}. */
@Command(
        name = "detach",
        description = "Let the agent leave a JVM that runs: faults end, and its classes have their own code again.",
        mixinStandardHelpOptions = true)
final class DetachCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (or MIDWRITE_AGENT).")
    private Path agent;

    @Parameters(paramLabel = "PID", description = "Number of its process.")
    private long pid;

    @Override
    public Integer call() {
        Path jar = agent == null ? Installation.find().agentJar() : agent;
        Detachment.Result result = Detachment.from(pid, new AgentRequest(jar, Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        out.println("the agent in process " + pid + ": " + result.line());
        out.flush();
        return result.isWhole() ? 0 : ExitCode.BROKE;
    }
}
