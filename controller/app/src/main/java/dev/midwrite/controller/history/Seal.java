package dev.midwrite.controller.history;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a run's directory was like when the run had ended, so that a reader can tell whether it was edited since: {@code
 * evidence.sha256}, which nobody writes again, and {@code report.sha256}, which is written with every report.
 *
 * <p>It is no signature: who changes a file and its checksum alike is found out only by somebody who kept the list elsewhere.
 */
public final class Seal {
    private static final String EVIDENCE = "evidence.sha256";
    private static final String REPORT = "report.sha256";
    private static final Set<String> REPORTS = Set.of("report.html", "verdict.json", "junit.xml", "anomalies.jsonl");
    /** What a judgement looks for; one that was added would be believed. */
    private static final Set<String> JUDGED = Set.of(
            "drill.yaml",
            "start.json",
            "partial.json",
            "run.json",
            "context.json",
            "progress.json",
            "load.json",
            "latency.json",
            "sockets.json",
            "front.json",
            "traces.json",
            "users.ops");

    private static final String JOURNALS = "journals/";

    private Seal() {}

    /**
     * Takes down everything but the report. Nothing of the run may write any more.
     *
     * @throws Problem if the disk refuses
     */
    public static void evidence(Path directory) {
        write(directory, EVIDENCE, file -> !REPORTS.contains(file) && !file.equals(REPORT));
    }

    /** Whether the run there has come to its end, and nothing of it was to be written any more. */
    public static boolean closed(Path directory) {
        return Files.isRegularFile(directory.resolve(EVIDENCE));
    }

    /**
     * Of several trials below one directory: their plan, and what each left to be taken down.
     *
     * @param plan and {@code broken} the names of files: which trials there are, and what stands in the place of one's evidence
     * @throws Problem if the disk refuses
     */
    public static void trials(Path directory, String plan, String broken) {
        write(
                directory,
                EVIDENCE,
                file -> file.equals(plan) || file.endsWith("/" + EVIDENCE) || file.endsWith("/" + broken));
    }

    /**
     * Takes down a report that was just written.
     *
     * @throws Problem if the disk refuses
     */
    public static void report(Path directory) {
        write(directory, REPORT, REPORTS::contains);
    }

    /**
     * What was done to a run's evidence since it ended.
     *
     * @throws Problem if something cannot be read at all
     */
    public static Edits edits(Path directory) {
        return edits(directory, EVIDENCE, file -> !REPORTS.contains(file) && !file.equals(REPORT));
    }

    /** The same of several trials; what was done inside of one, {@link #edits} of its own directory tells. */
    public static Edits editsOfTrials(Path directory) {
        return edits(directory, EVIDENCE, file -> false);
    }

    /** What was done to a report since it was written. */
    public static Edits editsOfReport(Path directory) {
        return edits(directory, REPORT, file -> false);
    }

    private static Edits edits(Path directory, String name, Predicate<String> wanted) {
        Optional<Checksums> list;
        try {
            list = Checksums.read(directory.resolve(name));
        } catch (Problem e) {
            return new Edits(true, List.of(name + " itself was changed"), List.of());
        }
        if (list.isEmpty()) {
            return Edits.UNKNOWN;
        }
        Map<String, String> before = list.get().sums();
        List<String> edits = new ArrayList<>();
        List<String> strays = new ArrayList<>();
        try {
            Map<String, String> owners = new HashMap<>();
            before.forEach((file, sum) -> owners.put(sum, file));
            for (Map.Entry<String, String> file : before.entrySet()) {
                edit(directory, file.getKey(), file.getValue(), owners).ifPresent(edits::add);
            }
            for (String file : files(directory, wanted)) {
                if (!before.containsKey(file) && !file.equals(name)) {
                    boolean judged = JUDGED.contains(file) || file.startsWith(JOURNALS);
                    (judged ? edits : strays).add(judged ? file + " was added" : file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Problem("The files in " + directory + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new Edits(true, List.copyOf(edits), List.copyOf(strays));
    }

    private static Optional<String> edit(Path directory, String file, String sum, Map<String, String> owners)
            throws IOException {
        Path path = directory.resolve(file);
        if (!Files.isRegularFile(path)) {
            return Optional.of(file + " is missing");
        }
        String now = Checksums.sum(path);
        if (now.equals(sum)) {
            return Optional.empty();
        }
        return Optional.of(
                owners.containsKey(now) ? file + " holds what " + owners.get(now) + " held" : file + " was changed");
    }

    private static void write(Path directory, String name, Predicate<String> wanted) {
        try {
            List<String> files = files(directory, wanted.and(file -> !file.equals(name)));
            Checksums.of(directory, files).write(directory.resolve(name));
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(directory.resolve(name) + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static List<String> files(Path directory, Predicate<String> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }
}
