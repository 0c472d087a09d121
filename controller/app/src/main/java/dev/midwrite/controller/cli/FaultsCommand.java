package dev.midwrite.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midwrite faults}: the agent itself is asked, so that what is printed is what it does. */
@Command(
        name = "faults",
        description = "List which fault is possible at which point, and why the others are not.",
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Runnable {
    private static final String ASKED = "dev.midwrite.agent.premain.Premain";

    @Spec
    private CommandSpec spec;

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent to ask (or MIDWRITE_AGENT).")
    private Path agent;

    @Override
    public void run() {
        Path jar = agent == null ? Installation.find().agentJar() : agent;
        if (!Files.isRegularFile(jar)) {
            throw new ParameterException(
                    spec.commandLine(), "The agent jar " + jar + " is not there; build it, or name one with --agent.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(ask(jar));
        out.flush();
    }

    private String ask(Path jar) {
        try {
            Process asked = new ProcessBuilder(Installation.java().toString(), "-cp", jar.toString(), ASKED)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.waitFor() != 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "The agent jar " + jar + " does not answer: "
                                + text.lines().findFirst().orElse("no word"));
            }
            return text;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "The agent cannot be asked: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParameterException(spec.commandLine(), "Interrupted.", e);
        }
    }
}
