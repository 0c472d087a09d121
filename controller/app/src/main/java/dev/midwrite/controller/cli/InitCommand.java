package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Leftovers;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.survey.DrillText;
import dev.midwrite.controller.survey.Findings;
import dev.midwrite.controller.survey.OutsideDrill;
import dev.midwrite.controller.survey.OutsideLook;
import dev.midwrite.controller.survey.RunningService;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
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
            "With --pid it starts another like the one that runs, which is left as it is; with --url it starts nothing.",
            "Changes nothing in the service and its configuration."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    /** The name that {@code try} looks for. */
    static final String FILE = "midwrite.yaml";

    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private InitSource source;

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
        if (source.url != null) {
            return lookFromOutside();
        }
        List<String> remarks = new ArrayList<>();
        ServiceCommand service = service(remarks);
        Findings found = look(service);
        String text = DrillText.of(found, out, Duration.ofSeconds(readyTimeout));
        DrillFile.parse(out, text);
        write(text);
        new InitReport(spec.commandLine().getOut(), out).tell(found, remarks);
        return 0;
    }

    private int lookFromOutside() throws InterruptedException {
        OutsideLook.Seen seen;
        try {
            seen = new OutsideLook(ANSWER).at(source.url);
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        }
        String text = OutsideDrill.of(seen, DrillText.name(out));
        DrillFile.parse(out, text);
        write(text);
        new InitReport(spec.commandLine().getOut(), out).tell(seen);
        return 0;
    }

    /** @param remarks takes sentences about what others like a running service do without */
    private ServiceCommand service(List<String> remarks) {
        if (source.pid == null) {
            return ServiceCommand.of(source.command, Path.of("").toAbsolutePath());
        }
        RunningService running = RunningService.of(source.pid);
        ServiceCommand service = ServiceCommand.of(running);
        remarks.addAll(running.leftOut());
        if (!service.secrets().isEmpty()) {
            remarks.add("The drill does not hold these variables of process " + source.pid
                    + "; they must be in the environment in which it is run: "
                    + service.secrets().keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        remarks.add(
                "Where else process " + source.pid + " keeps data (databases, queues, files), its likes keep theirs,"
                        + " too: two run beside it while the drill goes on.");
        return service;
    }

    private void check() {
        if (readyTimeout < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--ready-timeout must be at least 1, not " + readyTimeout + ".");
        }
        if (source.url != null && (!"http".equals(source.url.getScheme()) || source.url.getHost() == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--url must be http://host:port with the path of a page, not '" + source.url + "'.");
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
        if (source.url == null && !Files.isRegularFile(agentJar())) {
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
            progress.note("starting " + (source.pid == null ? source.command : "another like process " + source.pid));
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
}
