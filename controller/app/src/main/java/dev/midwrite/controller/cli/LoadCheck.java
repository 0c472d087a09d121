package dev.midwrite.controller.cli;

import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.load.RequestResult;
import dev.midwrite.controller.load.ResultFile;
import dev.midwrite.controller.load.ServiceRecord;
import dev.midwrite.controller.load.ServiceRecord.Interruption;
import dev.midwrite.controller.load.UnreadableResultsException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option of {@code midwrite check} for files of results, and what it does with them. */
final class LoadCheck {
    /** Fewer requests show nothing. */
    private static final int LEAST = 20;

    private static final int SHOWN = 10;
    private static final double MILLIS_BY_SECOND = 1000;

    @Option(
            names = "--load",
            description = {
                "The files are results of requests: JMeter's CSV, k6's JSON lines or HAR.",
                "Says availability and interruptions, and nothing of data."
            })
    private boolean asked;

    boolean asked() {
        return asked;
    }

    /** @return the worst exit code: 5 unreadable, before 3 too few requests, before 0 */
    int judge(List<Path> files, PrintWriter out) {
        int worst = 0;
        for (Path file : files) {
            worst = Math.max(worst, judge(file, out));
            out.flush();
        }
        return worst;
    }

    private static int judge(Path file, PrintWriter out) {
        List<RequestResult> results;
        try {
            results = ResultFile.read(file);
        } catch (UnreadableResultsException e) {
            out.println(e.getMessage());
            return Verdict.INVALID.exitCode();
        }
        return judge(file.toString(), results, out);
    }

    /** @param of what the results are of */
    static int judge(String of, List<RequestResult> results, PrintWriter out) {
        ServiceRecord service = ServiceRecord.of(results);
        boolean enough = service.requests() >= LEAST;
        out.println((enough ? "OBSERVED  " : "INCONCLUSIVE  ") + of);
        out.println("Evidence " + EvidenceLevel.C.name() + ": " + EvidenceLevel.C.meaning() + ".");
        if (!enough) {
            out.println("Only " + service.requests() + " requests; fewer than " + LEAST + " show nothing.");
        }
        out.println();
        print(service, out);
        return enough ? Verdict.PASS.exitCode() : Verdict.INCONCLUSIVE.exitCode();
    }

    private static void print(ServiceRecord service, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "requests       %,d in %.1f s, %,d not served%s%n",
                service.requests(),
                service.millis() / MILLIS_BY_SECOND,
                service.failed(),
                kinds(service.failures()));
        out.printf(Locale.ROOT, "availability   %.4g%n", service.availability());
        List<Interruption> longest = service.interruptions().stream()
                .sorted(Comparator.comparingDouble(Interruption::millis).reversed())
                .limit(SHOWN)
                .toList();
        out.printf(
                Locale.ROOT,
                "interruptions  %d%s%n",
                service.interruptions().size(),
                service.interruptions().size() > SHOWN ? ", the longest:" : "");
        for (Interruption one : longest) {
            out.printf(
                    Locale.ROOT,
                    "               %s from %.1f s on, %,d %s not served%n",
                    Double.isInfinite(one.millis())
                            ? "to the end"
                            : String.format(Locale.ROOT, "%.1f s", one.millis() / MILLIS_BY_SECOND),
                    one.from() / MILLIS_BY_SECOND,
                    one.failed(),
                    one.failed() == 1 ? "request" : "requests");
        }
    }

    private static String kinds(Map<String, Long> failures) {
        return failures.isEmpty()
                ? ""
                : new TreeMap<>(failures)
                        .entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .collect(Collectors.joining(", ", " (", ")"));
    }
}
