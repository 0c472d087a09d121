package dev.midwrite.controller.cli;

import dev.midwrite.controller.FullDisk;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.InvalidDrill;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into a sentence and an exit code. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (inJson(parsed)) {
            StringWriter text = new StringWriter();
            int exitCode = tell(e, new PrintWriter(text, true));
            text.toString()
                    .lines()
                    .forEach(line -> err.println(LogLine.now(Level.ERROR, line.replaceFirst("^midwrite: ", ""))
                            .in(LogFormat.JSON)));
            err.flush();
            return exitCode;
        }
        try {
            return tell(e, err);
        } finally {
            err.flush();
        }
    }

    /** Whoever reads objects reads them to the end. */
    /** Of a command line that could not be understood. */
    static boolean inJson(String... args) {
        return (String.join(" ", args) + " ").toLowerCase(Locale.ROOT).matches("(.* )?--log-format[ =]json .*");
    }

    private static boolean inJson(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        return command.matchedOptionValue("--log-format", LogFormat.TEXT) == LogFormat.JSON;
    }

    private static int tell(Exception e, PrintWriter err) {
        if (e instanceof InvalidDrill invalid) {
            invalid.problems().forEach(err::println);
            return ExitCode.REFUSED;
        }
        if (e instanceof BrokeException) {
            err.println("midwrite: " + e.getMessage());
            return ExitCode.BROKE;
        }
        if (e instanceof Problem) {
            err.println("midwrite: " + e.getMessage());
            return ExitCode.REFUSED;
        }
        if (e instanceof StatusRuntimeException status) {
            err.println("midwrite: the controller answered "
                    + status.getStatus().getCode()
                    + Optional.ofNullable(status.getStatus().getDescription())
                            .map(text -> " (" + text + ")")
                            .orElse("") + ".");
            return ExitCode.REFUSED;
        }
        if (e instanceof InterruptedException) {
            err.println("midwrite: interrupted.");
            return ExitCode.INTERRUPTED;
        }
        Optional<String> full = FullDisk.behind(e);
        if (full.isPresent()) {
            err.println("midwrite: a disk is full: " + full.get() + ".");
            return ExitCode.BROKE;
        }
        err.println("midwrite: this is a bug of Midwrite: " + e + log(e));
        return ExitCode.INTERNAL;
    }

    private static String log(Exception e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        try {
            Path directory = PrivateFiles.directory(Path.of(".midwrite", "bugs"));
            Path file = Files.createTempFile(directory, Instant.now().toString().replace(':', '-') + "-", ".log");
            Files.writeString(file, trace.toString());
            return "; the details are in " + file;
        } catch (IOException cannot) {
            return "; its details could not be written (" + cannot.getMessage() + ")";
        }
    }
}
