package dev.midwrite.controller.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small JVM beside the controller's, which kills what a run started once the controller is gone without having ended it:
 * after a SIGKILL no shutdown hook runs. It learns of that from its standard input, which the operating system closes with
 * the last process that could write to it. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    /** What would be read from these is meant for the nodes, or for the controller. */
    private static final List<String> NOT_FOR_IT = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final char GUARD = '+';
    private static final char FORGET = '-';

    private final Process process;

    private Watchdog(Process process) {
        this.process = process;
    }

    static Watchdog start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes(),
                        Watchdog.class.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        NOT_FOR_IT.forEach(builder.environment()::remove);
        return new Watchdog(builder.start());
    }

    /** Where this class lies: a jar, or a directory of classes. */
    private static String classes() {
        CodeSource source = Watchdog.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? System.getProperty("java.class.path")
                    : Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * From now until it has ended.
     *
     * @throws IOException if the watchdog is gone
     */
    @SuppressWarnings("FutureReturnValueIgnored") // What is said last is lost with who would hear it.
    void guard(Process started) throws IOException {
        say(GUARD, started.pid());
        started.onExit().thenAccept(ended -> {
            try {
                say(FORGET, ended.pid());
            } catch (IOException e) {
                // It is gone, and knows nothing any more.
            }
        });
    }

    private synchronized void say(char what, long pid) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((what + Long.toString(pid) + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Everything has been ended otherwise. Idempotent. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Reads until there is nobody left who could write, and then kills. */
    public static void main(String[] args) throws IOException {
        Thread reading = Thread.currentThread();
        // Ctrl-C reaches it, too: it stays until the controller is done.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                reading.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Map<Long, ProcessHandle> guarded = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long pid = Long.parseLong(line.substring(1));
                if (line.charAt(0) == GUARD) {
                    // The handle knows when its process began: another one that gets the number later is left alone.
                    ProcessHandle.of(pid).ifPresent(handle -> guarded.put(pid, handle));
                } else {
                    guarded.remove(pid);
                }
            }
        }
        List<ProcessHandle> all = guarded.values().stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
