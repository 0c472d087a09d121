package dev.midwrite.controller.nodes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a process ended, as far as its exit code and the end of its log say. */
public final class LastWords {
    /** 128 and a signal's number, as shells and {@link Process#exitValue()} have it. */
    private static final int SIGNALLED = 128;

    private static final int SIGKILL = SIGNALLED + 9;
    private static final int LINES = 200;
    private static final int TOLD_LINES = 3;

    /** What a JVM says of its own end, most telling first. */
    private static final List<Pattern> TELLING = List.of(
            Pattern.compile("java\\.lang\\.OutOfMemoryError.*|There is insufficient memory for the Java Runtime.*"),
            Pattern.compile("SIG(SEGV|BUS|ILL|FPE)\\b.*|Internal Error \\(.*|EXCEPTION_ACCESS_VIOLATION.*"),
            Pattern.compile("java\\.lang\\.StackOverflowError.*"),
            Pattern.compile("Exception in thread .*"),
            Pattern.compile("Caused by: .*"));

    private LastWords() {}

    /** One or two sentences; never empty. */
    public static String of(int code, Path log) {
        List<String> end = LogTail.of(log, LINES);
        Optional<String> telling = telling(end);
        if (telling.isPresent()) {
            return "Its log says: " + stopped(telling.get());
        }
        String signal = signal(code);
        return (signal.isEmpty() ? "" : signal + " ")
                + (end.isEmpty()
                        ? "It printed nothing."
                        : "Its log ends: "
                                + stopped(String.join(
                                        " / ", end.subList(Math.max(0, end.size() - TOLD_LINES), end.size()))));
    }

    /** One sentence; empty if no signal ended it. */
    public static String signal(int code) {
        if (code == SIGKILL) {
            return "Something outside sent SIGKILL, as a kernel does that runs out of memory.";
        }
        return code > SIGNALLED ? "Signal " + (code - SIGNALLED) + " ended it." : "";
    }

    /** The last line of the most telling kind. */
    private static Optional<String> telling(List<String> lines) {
        for (Pattern pattern : TELLING) {
            Optional<String> last = lines.stream()
                    .map(pattern::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group().strip())
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private static String stopped(String text) {
        return text.replaceFirst("[.\\s]*$", ".");
    }
}
