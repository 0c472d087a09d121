package dev.midwrite.controller.cli;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.EdnExport;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.history.JsonLinesExport;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.StartFacts;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.trace.TraceExport;
import dev.midwrite.event.UserOperation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midwrite export}. */
@Command(
        name = "export",
        description = {
            "Write the users' history of a run for checkers of other projects, or its traces.",
            "EDN of registers is for Knossos, EDN of lists for Elle, JSON lines hold every operation.",
            "OTLP is the run's traces, for collectors and backends of OpenTelemetry."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private enum Format {
        EDN,
        JSONL,
        OTLP
    }

    private enum Objects {
        REGISTERS,
        LISTS
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The run's directory, or one above it, then the newest run in it.")
    private Path directory;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "edn, jsonl or otlp.")
    private Format format;

    @Option(
            names = "--objects",
            paramLabel = "KIND",
            defaultValue = "registers",
            description = "What of the history EDN holds: registers or lists; ${DEFAULT-VALUE} if not given.")
    private Objects objects;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "A new or empty directory, in which each register gets a file of its own; standard output if not given.")
    private Path out;

    @Override
    public Integer call() {
        Bundle bundle = new Bundle(Runs.newest(directory));
        Runs.requireEnded(bundle.directory());
        Edits edits = Seal.edits(bundle.directory());
        if (edits.edited()) {
            tell(edits.sentence());
        }
        StartFacts facts = StartFile.read(bundle);
        if (out != null) {
            requireEmpty();
        }
        if (format == Format.OTLP) {
            traces(bundle, edits);
            return 0;
        }
        Map<String, List<String>> files = files(operations(bundle), facts);
        if (out == null) {
            print(files);
        } else {
            write(files);
        }
        return 0;
    }

    private void traces(Bundle bundle, Edits edits) {
        Drill drill = DrillFile.read(bundle.drill());
        try (OutputStream to = out == null ? new LineStream(spec.commandLine().getOut()) : file("traces.jsonl")) {
            History history = History.read(bundle, edits);
            TraceExport.write(history, drill, BundleJudge.verdict(bundle, history, drill), to);
        } catch (IOException e) {
            throw new BrokeException(out + " cannot be written: " + e.getMessage() + ".", e);
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        }
        if (out != null) {
            tell("1 file in " + out + ".");
        }
    }

    private OutputStream file(String name) throws IOException {
        Files.createDirectories(out);
        return new BufferedOutputStream(Files.newOutputStream(out.resolve(name)));
    }

    private static List<UserOperation> operations(Bundle bundle) {
        if (!Files.isRegularFile(bundle.users())) {
            throw new Problem(bundle.directory() + " has no users.ops: its users had not begun.");
        }
        try {
            return HistoryReader.readAll(bundle.users());
        } catch (Problem e) {
            throw new BrokeException(e.getMessage(), e);
        }
    }

    private Map<String, List<String>> files(List<UserOperation> operations, StartFacts facts) {
        if (format == Format.JSONL) {
            return Map.of("history.jsonl", JsonLinesExport.lines(operations, facts.nodes(), facts.attributes()));
        }
        EdnExport export = new EdnExport(operations, facts.attributes());
        if (objects == Objects.LISTS) {
            if (export.partialReads() > 0) {
                tell(export.partialReads() + " reads of lists are left out: they show the last ids only.");
            }
            return Map.of("lists.edn", export.lists());
        }
        Map<String, List<String>> files = new TreeMap<>();
        export.registers().forEach((key, lines) -> files.put(key + ".edn", lines));
        if (files.isEmpty()) {
            tell("No user has read or written a register.");
        }
        return files;
    }

    /** On one stream, registers are told apart by comments: a history each, one after the other. */
    private void print(Map<String, List<String>> files) {
        PrintWriter to = spec.commandLine().getOut();
        files.forEach((name, lines) -> {
            if (files.size() > 1) {
                to.println("; " + name);
            }
            lines.forEach(to::println);
        });
        to.flush();
    }

    private void write(Map<String, List<String>> files) {
        try {
            Files.createDirectories(out);
            for (Map.Entry<String, List<String>> file : files.entrySet()) {
                Files.write(out.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new BrokeException(out + " cannot be written: " + e.getMessage() + ".", e);
        }
        tell(files.size() + (files.size() == 1 ? " file in " : " files in ") + out + ".");
    }

    private void requireEmpty() {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> there = Files.list(out)) {
            if (there.findAny().isPresent()) {
                throw new Problem("The directory " + out + " is not empty; an export needs its own.");
            }
        } catch (IOException e) {
            throw new Problem("The directory " + out + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
