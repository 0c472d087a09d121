package dev.midwrite.controller.cli;

import dev.midwrite.check.Verdict;
import dev.midwrite.check.format.ForeignHistory;
import dev.midwrite.check.format.HistoryFormat;
import dev.midwrite.check.format.UnreadableHistoryException;
import dev.midwrite.check.search.Budget;
import dev.midwrite.check.search.SearchResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code midwrite check} for histories that other tools wrote, and what it does with such files. */
final class ForeignCheck {
    /** Text is held as bytes, as characters, and as operations: so many bytes for each of the file. */
    private static final long MEMORY_PER_BYTE = 12;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            description = "The files are histories that other tools wrote: jepsen-log, kv or edn-register.")
    private HistoryFormat format;

    @Option(
            names = "--initial",
            paramLabel = "nil|NUMBER",
            defaultValue = "nil",
            converter = Initial.class,
            description = {
                "With --format: the register's value before the first write; ${DEFAULT-VALUE} if not given.",
                "With a number, a read of nil observes nothing. Texts of kv begin empty."
            })
    private Initial.Value initial;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "With --format: for each key, then the answer is unknown; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    /** Has {@code --format} been given? */
    boolean asked() {
        return format != null;
    }

    /**
     * Prints one line for each file, and under it why it is not linearizable if that shall be explained.
     *
     * @param colour use ANSI colours; only if the output is a terminal
     * @return the worst exit code: 5 unreadable, before 1 not linearizable, before 3 unknown, before 0 linearizable
     */
    int judge(List<Path> files, boolean explain, boolean colour, PrintWriter out) {
        Verdict worst = Verdict.PASS;
        for (Path file : files) {
            Verdict verdict = judge(file, explain ? new ForeignExplanation(out, colour) : null, out);
            if (rank(verdict) > rank(worst)) {
                worst = verdict;
            }
            out.flush();
        }
        return worst.exitCode();
    }

    private static int rank(Verdict verdict) {
        return List.of(Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.FAIL, Verdict.INVALID)
                .indexOf(verdict);
    }

    private Verdict judge(Path file, ForeignExplanation explanation, PrintWriter out) {
        try {
            if (Files.size(file) > Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE) {
                out.println(file + ": unknown: too long for the memory of this process; give it more with -Xmx");
                return Verdict.INCONCLUSIVE;
            }
            ForeignHistory history = format.read(Files.readAllBytes(file), initial.value());
            SearchResult result =
                    history.judge(new Budget(Duration.ofSeconds(seconds), Budget.DEFAULT.configurations()));
            String size = history.operations() + " operations"
                    + (history.keys() > 1 ? " on " + history.keys() + " keys" : "");
            return switch (result.validity()) {
                case TRUE ->
                    result.placed() == 0
                            ? verdict(out, file + ": nothing was checked: " + nothing(history), Verdict.INCONCLUSIVE)
                            : verdict(out, file + ": linearizable, " + size, Verdict.PASS);
                case FALSE -> {
                    if (explanation == null) {
                        out.println(file + ": not linearizable: " + result.sentence() + suggestion(history, result));
                    } else {
                        out.println(file + ": not linearizable, " + size + suggestion(history, result));
                        explanation.print(result, history.keyOf(result), Files.readAllLines(file));
                    }
                    yield Verdict.FAIL;
                }
                case UNKNOWN ->
                    verdict(
                            out,
                            file + ": unknown: " + result.sentence() + ", after " + result.placed() + " of " + size,
                            Verdict.INCONCLUSIVE);
            };
        } catch (UnreadableHistoryException e) {
            return verdict(out, file + ": unreadable: " + e.getMessage(), Verdict.INVALID);
        } catch (NoSuchFileException e) {
            return verdict(out, file + ": unreadable: there is no such file", Verdict.INVALID);
        } catch (IOException e) {
            return verdict(out, file + ": unreadable: " + e.getMessage(), Verdict.INVALID);
        }
    }

    private static String nothing(ForeignHistory history) {
        return history.operations() == 0
                ? "the history has no operation"
                : "none of its " + history.operations() + " operations took effect or observed anything";
    }

    /** What may have been forgotten if a number was found that nobody wrote. */
    private static String suggestion(ForeignHistory history, SearchResult result) {
        return history.unwritten(result)
                .map(number -> "; nobody wrote " + number
                        + ": if the register began with it, check again with --initial " + number)
                .orElse("");
    }

    private static Verdict verdict(PrintWriter out, String line, Verdict verdict) {
        out.println(line);
        return verdict;
    }

    /** The names of formats as people write them. */
    static final class FormatName implements ITypeConverter<HistoryFormat> {
        @Override
        public HistoryFormat convert(String name) {
            for (HistoryFormat format : HistoryFormat.values()) {
                if (format.label().equals(name)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + name + "' is none of jepsen-log, kv, edn-register");
        }
    }

    /** nil or a number. */
    static final class Initial implements ITypeConverter<Initial.Value> {
        /** @param value null for nil */
        record Value(Long value) {}

        @Override
        public Value convert(String text) {
            try {
                return new Value(text.equals("nil") ? null : Long.valueOf(text));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is neither nil nor a number");
            }
        }
    }
}
