package dev.midwrite.drills;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Midwrite's command line as the launcher starts it, in a process of its own. */
final class CommandLineProcess implements AutoCloseable {
    private static final long MOST_MINUTES = 4;

    private final Process process;
    private final Path output;

    private CommandLineProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param directory where it runs, and where its output goes */
    static CommandLineProcess start(Path jdk, Path directory, String... words) throws IOException {
        return start(jdk, directory, Map.of(), words);
    }

    /**
     * @param directory where it runs, and where its output goes
     * @param environment beside the test's own
     */
    static CommandLineProcess start(Path jdk, Path directory, Map<String, String> environment, String... words)
            throws IOException {
        // A build in the background may have SIGINT ignored; processes inherit that, and Ctrl-C would reach nobody.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                jdk.resolve("bin/java").toString(),
                "-Dmidwrite.home=" + root(),
                "-jar",
                root().resolve("controller/app/target/midwrite.jar").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        process.environment().putAll(environment);
        return new CommandLineProcess(process.start(), output);
    }

    /** A program that starts what this build has made, for scripts: the launcher would build it again if it looked older. */
    static Path program(Path jdk, Path directory) throws IOException {
        Path program = Files.writeString(
                directory.resolve("midwrite"),
                "#!/bin/sh\nexec '" + jdk.resolve("bin/java") + "' '-Dmidwrite.home=" + root() + "' -jar '"
                        + root().resolve("controller/app/target/midwrite.jar") + "' \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
        return program;
    }

    /** Its exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("still running after " + MOST_MINUTES + " minutes:\n" + output());
        }
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Not one that has ended and only waits for the machine's first process to take note of it, which "alive" includes. */
    static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Whether the {@code PATH} has a program of this name. */
    static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The root of the source tree. */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("midwrite"))) {
            at = at.getParent();
        }
        return at;
    }

    /** This JDK, and one of the other major version that the project promises, if one is installed beside it. */
    static List<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> candidates = new ArrayList<>();
        String named = System.getenv("MIDWRITE_JDKS");
        if (named != null) {
            Stream.of(named.split(":")).map(Path::of).forEach(candidates::add);
        }
        try (Stream<Path> siblings = Files.list(own.getParent())) {
            siblings.sorted().forEach(candidates::add);
        }
        List<Path> jdks = new ArrayList<>(List.of(own));
        int major = Runtime.version().feature() == 25 ? 17 : 25;
        candidates.stream()
                .filter(jdk -> release(jdk).contains("JAVA_VERSION=\"" + major))
                .findFirst()
                .ifPresent(jdks::add);
        return jdks;
    }

    private static String release(Path jdk) {
        try {
            return Files.readString(jdk.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
