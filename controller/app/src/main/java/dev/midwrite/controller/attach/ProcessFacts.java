package dev.midwrite.controller.attach;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What can be known of a process without touching it. */
final class ProcessFacts {
    private static final Path PROC = Path.of("/proc");
    private static final String ROOT = "root";
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final long pid;
    private final Path process;
    private final String owner;
    private final String self;

    private ProcessFacts(long pid, Path process, String owner, String self) {
        this.pid = pid;
        this.process = process;
        this.owner = owner;
        this.self = self;
    }

    /** @throws Problem if there is no such process */
    static ProcessFacts of(long pid) {
        ProcessHandle handle = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .orElseThrow(() -> new Problem("There is no process " + pid + "."));
        return new ProcessFacts(
                pid,
                PROC.resolve(Long.toString(pid)),
                handle.info().user().orElse(""),
                ProcessHandle.current().info().user().orElse(""));
    }

    /** What can be seen from outside; attaching is of no use while one of these is blocking. */
    List<Obstacle> obstacles(Path jar) {
        List<Obstacle> found = new ArrayList<>();
        if (!owner.isEmpty() && !owner.equals(self) && !self.equals(ROOT)) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " belongs to " + owner + ", and you are " + self + ".",
                    "Run this as " + owner + "."));
            return found; // Nothing more of it can be read.
        }
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return found; // The JVM itself will tell.
        }
        if (text("maps").isEmpty()) {
            // Attaching begins with a signal that ends what is no JVM: whoever cannot be looked at is left alone.
            found.add(Obstacle.blocking(
                    "Process " + pid + " cannot be looked at, so it may be no JVM.", "Run this as who runs it."));
            return found;
        }
        if (!text("maps").contains("libjvm.so")) {
            found.add(Obstacle.blocking("Process " + pid + " is no JVM.", "'midwrite doctor' lists those that are."));
            return found;
        }
        List<String> options = options();
        if (isOn(options, "DisableAttachMechanism")) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " lets nobody attach: it runs with -XX:+DisableAttachMechanism.",
                    "Start it with -javaagent, or without that option."));
        }
        if (!Files.exists(process.resolve(ROOT).resolve(Path.of("/").relativize(jar)))) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " does not see " + jar + ": it has a file system of its own.",
                    "Copy the agent's jar to the same path in its container, or run this inside of it."));
        }
        if (environment().contains("MIDWRITE_ENABLED=false")) {
            found.add(Obstacle.blocking(
                    "Process " + pid + " has the agent switched off: MIDWRITE_ENABLED is false there.",
                    "Start it without that variable."));
        }
        return found;
    }

    /** The last one wins, as in the JVM. */
    static boolean isOn(List<String> options, String flag) {
        return isSet(options, flag, true);
    }

    static boolean isOff(List<String> options, String flag) {
        return isSet(options, flag, false);
    }

    private static boolean isSet(List<String> options, String flag, boolean value) {
        int on = options.lastIndexOf("-XX:+" + flag);
        int off = options.lastIndexOf("-XX:-" + flag);
        return value ? on > off : off > on;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        for (String variable : environment()) {
            int end = variable.indexOf('=');
            if (end > 0 && OPTION_VARIABLES.contains(variable.substring(0, end))) {
                options.addAll(List.of(variable.substring(end + 1).trim().split("\\s+")));
            }
        }
        options.addAll(List.of(text("cmdline").split("\0")));
        return options;
    }

    private List<String> environment() {
        return List.of(text("environ").split("\0"));
    }

    /** Empty if it cannot be read. */
    private String text(String file) {
        try {
            return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
