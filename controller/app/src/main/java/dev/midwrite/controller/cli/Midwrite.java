package dev.midwrite.controller.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.LogManager;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code midwrite}. */
@Command(
        name = "midwrite",
        description = "Breaks session stores on purpose and proves what survived.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InitCommand.class,
            TryCommand.class,
            SweepCommand.class,
            StormCommand.class,
            DrillCommand.class,
            IncidentCommand.class,
            WatchCommand.class,
            CheckCommand.class,
            CompareCommand.class,
            ControllerCommand.class,
            CertsCommand.class,
            FrontCommand.class,
            ProbeCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            DoctorCommand.class,
            NodesCommand.class,
            FaultsCommand.class,
            PointsCommand.class,
            InjectCommand.class,
            LiftCommand.class,
            RolloutCommand.class,
            EventsCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            JournalCommand.class,
            MapCommand.class,
            MetricsCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 pass, 1 fail, 2 objective missed, 3 inconclusive, 4 vacuous, 5 invalid or broke,",
            "64 refused before anything started, 70 internal error, 130 interrupted."
        })
public final class Midwrite implements Runnable {
    /** Of those that a cut Java may be without. */
    private static final List<String> MODULES = List.of(
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "java.xml",
            "jdk.httpserver",
            "jdk.unsupported");

    @Spec
    private CommandSpec spec;

    private Midwrite() {}

    public static void main(String[] args) {
        Optional<String> lack =
                lack(module -> ModuleLayer.boot().findModule(module).isPresent());
        if (lack.isPresent()) {
            System.err.println("midwrite: " + lack.get());
            System.exit(ExitCode.REFUSED);
        }
        // Libraries log what is no business of a person at a terminal; what is, comes as an exception.
        LogManager.getLogManager().reset();
        // Words are English, so are numbers and what libraries say.
        Locale.setDefault(Locale.ROOT);
        System.exit(commandLine()
                .setOut(writer(FileDescriptor.out, "stdout"))
                .setErr(writer(FileDescriptor.err, "stderr"))
                .execute(args));
    }

    /** What this Java lacks for us to run on it, a sentence: one that was cut to some modules may. */
    static Optional<String> lack(Predicate<String> isThere) {
        List<String> missing = MODULES.stream().filter(isThere.negate()).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("This Java (" + System.getProperty("java.home") + ") lacks "
                        + (missing.size() == 1 ? "the module " : "the modules ") + String.join(", ", missing)
                        + ", without which Midwrite does not run; use a whole JDK or JRE.");
    }

    private static PrintWriter writer(FileDescriptor descriptor, String stream) {
        return new TerminalWriter(new FileOutputStream(descriptor), Installation.charset(stream));
    }

    /** Writes to standard output and standard error unless told otherwise. */
    static CommandLine commandLine() {
        CommandLine completion = new CommandLine(new GenerateCompletion());
        CommandLine commandLine = new CommandLine(new Midwrite())
                .addSubcommand("completion", completion)
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(Midwrite::refuse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
        completion
                .getCommandSpec()
                .usageMessage()
                .description("Print a completion script for bash and zsh: source <(midwrite completion)");
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    private static int refuse(ParameterException e, String[] args) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        if (Failures.inJson(args)) {
            err.println(LogLine.now(Level.ERROR, e.getMessage()).in(LogFormat.JSON));
            err.flush();
            return ExitCode.REFUSED;
        }
        err.println("midwrite: " + e.getMessage());
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.REFUSED;
    }
}
