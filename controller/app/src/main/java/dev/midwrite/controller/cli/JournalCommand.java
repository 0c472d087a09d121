package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.JournalPrinter;
import dev.midwrite.controller.serve.JournalFiles;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite journal}. */
@Command(
        name = "journal",
        description = {
            "Print what nodes have journaled, as text or as JSON lines.",
            "Of a run's directory, of one file of it, or of the directory in which an agent keeps its journals."
        },
        mixinStandardHelpOptions = true)
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "Where the journals are; all that are there are printed in turn.")
    private Path place;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--faults", description = "Only faults.")
    private boolean faults;

    @Option(
            names = "--session",
            paramLabel = "HASH",
            description = "Only what concerns the session with this hash of its id.")
    private String session;

    @Option(names = "--request", paramLabel = "ID", description = "Only what concerns the request with this id.")
    private String request;

    private long wantedSession;
    private long wantedRequest;

    @Override
    public void run() {
        wantedSession = number("--session", session);
        wantedRequest = number("--request", request);
        PrintWriter out = spec.commandLine().getOut();
        for (Path journal : JournalFiles.under(place)) {
            if (!json) {
                out.println("# " + journal);
                out.println(JournalPrinter.heads());
            }
            JournalPrinter printer = new JournalPrinter();
            String damage = JournalFiles.read(journal, record -> {
                printer.learn(record);
                if (isWanted(record)) {
                    out.println(json ? printer.json(record) : printer.line(record));
                }
            });
            out.flush();
            if (!damage.isEmpty()) {
                spec.commandLine().getErr().println(journal + " is good up to here: " + damage + ".");
            }
        }
    }

    private boolean isWanted(EventRecord record) {
        return (!faults || record.type() == EventType.FAULT || record.type() == EventType.FAULT_DONE)
                && (session == null || record.session() == wantedSession)
                && (request == null || record.request() == wantedRequest);
    }

    /** As reports and this command's own lines write them. */
    private long number(String option, String text) {
        if (text == null) {
            return 0;
        }
        try {
            return HexFormat.fromHexDigitsToLong(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " takes up to 16 hexadecimal digits, not '" + text + "'.", e);
        }
    }
}
