package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Leftovers;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.survey.DrillText;
import dev.midwrite.controller.survey.Findings;
import dev.midwrite.controller.survey.PageAnswer;
import dev.midwrite.controller.survey.ServiceCommand;
import dev.midwrite.controller.survey.Survey;
import dev.midwrite.controller.survey.SurveySetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midwrite init}. */
@Command(
        name = "init",
        description = {
            "Look at a service and write a drill for it that runs as it stands.",
            "Starts the service once with the agent, says what it found and what it cannot see, and stops it again.",
            "Changes nothing in the service and its configuration."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    /** The name that {@code try} looks for. */
    static final String FILE = "midwrite.yaml";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            required = true,
            description = {
                "What starts the service, in quotes, such as \"java -jar app.jar\".",
                "{port} stands for the port if it is not a Spring Boot application."
            })
    private String command;

    @Option(
            names = "--page",
            paramLabel = "PATH",
            description = "A page of the service that users may see without a login; looked for if not given.")
    private String page;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = FILE,
            description = "The drill to write; ${DEFAULT-VALUE} if not given. Never written over.")
    private Path out;

    @Option(
            names = "--ready-timeout",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long the service may take to start; ${DEFAULT-VALUE} if not given.")
    private int readyTimeout;

    @Option(
            names = "--agent",
            paramLabel = "JAR",
            description = "The agent; the one of this build if not given (MIDWRITE_AGENT).")
    private Path agent;

    @Override
    public Integer call() throws InterruptedException {
        check();
        ServiceCommand service = ServiceCommand.of(command, Path.of("").toAbsolutePath());
        Findings found = look(service);
        PrintWriter to = spec.commandLine().getOut();
        String text = DrillText.of(found, out, Duration.ofSeconds(readyTimeout));
        DrillFile.parse(out, text);
        write(text);
        tell(found, to);
        return 0;
    }

    private void check() {
        if (readyTimeout < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--ready-timeout must be at least 1, not " + readyTimeout + ".");
        }
        if (page != null && !page.startsWith("/")) {
            throw new ParameterException(
                    spec.commandLine(), "--page must be a path that begins with /, not '" + page + "'.");
        }
        if (Files.exists(out)) {
            throw exists();
        }
        Path directory = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new Problem("The drill cannot be written: " + directory + " is no directory that can be written to.");
        }
        if (!Files.isRegularFile(agentJar())) {
            throw new Problem("The agent jar " + agentJar() + " is not there; build it, or name one with --agent.");
        }
    }

    private Findings look(ServiceCommand service) throws InterruptedException {
        Path directory;
        try {
            directory = Files.createTempDirectory("midwrite-init");
        } catch (IOException e) {
            throw new Problem("There is no room for temporary files: " + e.getMessage() + ".", e);
        }
        PrintWriter err = spec.commandLine().getErr();
        TerminalProgress progress = new TerminalProgress(err, false);
        try (Reaper reaper = Reaper.install()) {
            // The first thing added is the last to be ended: when all that writes there has stopped.
            reaper.add("temporary files", () -> Leftovers.delete(directory));
            progress.note("starting " + command);
            return new Survey(new SurveySetting(
                            directory,
                            agentJar(),
                            Installation.java(),
                            Duration.ofSeconds(readyTimeout),
                            reaper,
                            progress::note))
                    .look(service, Optional.ofNullable(page));
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        }
    }

    private Path agentJar() {
        return agent == null ? Installation.find().agentJar() : agent;
    }

    private void write(String text) {
        try {
            Files.writeString(out, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (IOException e) {
            throw new Problem(out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private Problem exists() {
        return new Problem(out + " is there already; remove it, or name another file with --out.");
    }

    private void tell(Findings found, PrintWriter to) {
        line(to, "service", found.container() + ", " + found.process());
        line(to, "sessions", found.layer());
        line(to, "store", found.store().words());
        line(to, "time to live", found.ttl().map(InitCommand::words).orElse("not seen; 30 min are assumed"));
        line(to, "cookie", String.join("; and ", found.cookies()));
        line(to, "pages", found.pages().stream().map(PageAnswer::words).collect(Collectors.joining(", ")));
        String heading = "not seen";
        for (String sentence : found.unseen()) {
            line(to, heading, sentence);
            heading = "";
        }
        to.println();
        to.println("Wrote " + out + ": two nodes, users for one minute, slow saves, a restart, a kill. Next:");
        to.println("    ./midwrite try" + (out.equals(Path.of(FILE)) ? "" : " " + ShellWord.of(out)));
        to.flush();
    }

    private static void line(PrintWriter to, String heading, String text) {
        to.println(String.format(Locale.ROOT, "%-12s  %s", heading, text).stripTrailing());
    }

    private static String words(Duration ttl) {
        if (ttl.isNegative()) {
            return "none: sessions never end by themselves";
        }
        return ttl.toSeconds() % 60 == 0 ? ttl.toMinutes() + " min" : ttl.toSeconds() + " s";
    }
}
