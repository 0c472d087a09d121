package dev.midwrite.controller.survey;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a JVM that runs was started, as Linux tells it: enough to start others like it. The process itself is only read
 * about; nothing is attached to it.
 *
 * @param words of its command line, without what only one process can have
 * @param environment what it has and this process has not, or has otherwise
 * @param directory in which it runs
 * @param leftOut sentences about what a copy of it does without
 * @param secrets names of the variables in {@code environment} that nobody should write down
 */
public record RunningService(
        List<String> words,
        Map<String, String> environment,
        Path directory,
        List<String> leftOut,
        Set<String> secrets) {
    private static final Path PROC = Path.of("/proc");
    private static final String JVM = "libjvm.so";
    private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

    /** Each has one port, or one agent of ours, which the running process has already. */
    private static final Pattern ONE_ONLY = Pattern.compile("-agentlib:jdwp=.*|-Xrunjdwp:.*|-Xdebug"
            + "|-Dcom\\.sun\\.management\\.jmxremote\\.(rmi\\.)?port=.*|-javaagent:[^=]*midwrite[^=]*(=.*)?");

    /** Of a shell, a terminal or a supervisor, and none of the service's business. */
    private static final Pattern NOISE = Pattern.compile("_|PWD|OLDPWD|SHLVL|TERM|HOSTNAME|LS_COLORS|INVOCATION_ID"
            + "|JOURNAL_STREAM|NOTIFY_SOCKET|WATCHDOG_.*|LISTEN_.*|SYSTEMD_.*|SSH_.*|MIDWRITE_.*|JAVA_MAIN_CLASS_.*");

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(passw|secret|token|credential|private|api_?key|access_?key).*");
    /** What a drill would take for one of its placeholders. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{[a-z]+(?:\\.[a-z]+)*}");

    public RunningService {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        leftOut = List.copyOf(leftOut);
        secrets = Set.copyOf(secrets);
    }

    /**
     * The JVM with this number.
     *
     * @throws Problem one sentence: there is none, or it cannot be read about
     */
    public static RunningService of(long pid) {
        return of(PROC, pid, System.getenv());
    }

    /** @param present the environment of this process, which those that it starts inherit */
    static RunningService of(Path proc, long pid, Map<String, String> present) {
        if (!Files.isDirectory(proc.resolve("self"))) {
            throw new Problem("How a process was started is read from /proc, which this system does not have; use"
                    + " --command.");
        }
        Path process = proc.resolve(Long.toString(pid));
        if (!Files.isDirectory(process)) {
            throw new Problem("There is no process " + pid + ".");
        }
        try {
            return read(process, pid, present);
        } catch (IOException e) {
            throw new Problem(
                    "Process " + pid + " cannot be read about: " + e.getMessage()
                            + "; use --command, or be who runs it.",
                    e);
        }
    }

    private static RunningService read(Path process, long pid, Map<String, String> present) throws IOException {
        List<String> line = fields(process.resolve("cmdline"));
        if (line.isEmpty()) {
            throw new Problem("Process " + pid + " is no JVM: it has no command line.");
        }
        if (!text(process.resolve("maps")).contains(JVM)) {
            throw new Problem("Process " + pid + " is no JVM: it runs '" + line.get(0) + "'.");
        }
        if (!Files.readSymbolicLink(process.resolve("root")).equals(Path.of("/"))) {
            throw new Problem("Process " + pid + " runs in a container: what its command line names is not here, so no"
                    + " other can be started like it.");
        }
        Path directory = Files.readSymbolicLink(process.resolve("cwd"));
        if (!Files.isDirectory(directory)) {
            throw new Problem("Process " + pid + " runs in " + directory + ", which is no directory any more.");
        }
        List<String> leftOut = new ArrayList<>();
        List<String> words = new ArrayList<>();
        words.add(
                line.get(0).contains("/")
                        ? line.get(0)
                        : Files.readSymbolicLink(process.resolve("exe")).toString());
        for (String word : line.subList(1, line.size())) {
            if (ONE_ONLY.matcher(word).matches()) {
                leftOut.add("A copy runs without " + word + ", which only one process can have.");
            } else {
                words.add(word);
            }
        }
        Map<String, String> environment = environment(process, present, leftOut);
        List<String> secrets = environment.keySet().stream()
                .filter(name -> SECRET.matcher(name).matches())
                .sorted()
                .toList();
        return new RunningService(words, environment, directory, leftOut, Set.copyOf(secrets));
    }

    private static Map<String, String> environment(Path process, Map<String, String> present, List<String> leftOut)
            throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String entry : fields(process.resolve("environ"))) {
            int end = entry.indexOf('=');
            String name = end > 0 ? entry.substring(0, end) : "";
            String value = entry.substring(end + 1);
            if (name.isEmpty()
                    || NOISE.matcher(name).matches()
                    || value.equals(present.get(name))
                    || (name.equals(OPTIONS) && value.contains("midwrite"))) {
                continue;
            }
            if (PLACEHOLDER.matcher(value).find()) {
                leftOut.add("A copy runs without the variable " + name + ", in which a drill would see a placeholder.");
            } else {
                environment.put(name, value);
            }
        }
        return environment;
    }

    /** What the drill may say of the environment. */
    Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>(environment);
        told.keySet().removeAll(secrets);
        return told;
    }

    /** What it may not. */
    Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>(environment);
        kept.keySet().retainAll(secrets);
        return kept;
    }

    private static List<String> fields(Path file) throws IOException {
        String text = text(file);
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split("\0", -1))
                        .limit(text.chars().filter(character -> character == 0).count())
                        .toList();
    }

    /** As bytes came: files of /proc have no length. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
