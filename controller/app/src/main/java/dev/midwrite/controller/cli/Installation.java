package dev.midwrite.controller.cli;

import dev.midwrite.controller.report.Terminal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where this Midwrite lies.
 *
 * @param home root of its source tree, or of an unpacked archive
 */
record Installation(Path home) {

    /** As the launcher said, or from where this program was started by hand. */
    static Installation find() {
        return new Installation(Path.of(System.getProperty("midwrite.home", "")));
    }

    Path agentJar() {
        String given = System.getenv("MIDWRITE_AGENT");
        if (given != null && !given.isEmpty()) {
            return Path.of(given);
        }
        Path shipped = home.resolve(Path.of("agent", "midwrite-agent.jar"));
        return Files.isRegularFile(shipped)
                ? shipped
                : home.resolve(Path.of("agent", "jar", "target", "midwrite-agent.jar"));
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What standard output can show. */
    static Terminal terminalOut() {
        return Terminal.of(colour(), charset("stdout"));
    }

    /**
     * In which charset standard output or error is read, as far as the JVM knows: by its own word for the stream (from JDK
     * 19), by the locale, or by its default.
     *
     * @param stream {@code stdout} or {@code stderr}
     */
    static Charset charset(String stream) {
        for (String key : List.of(stream + ".encoding", "sun." + stream + ".encoding", "native.encoding")) {
            String name = System.getProperty(key, "");
            if (!name.isEmpty() && Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return Charset.defaultCharset();
    }

    /** Standard output is a terminal, which takes colours. */
    static boolean colour() {
        return Boolean.getBoolean("midwrite.colour");
    }

    /** Standard error is a terminal; the JVM cannot tell, so the launcher says so. */
    static boolean terminal() {
        return Boolean.getBoolean("midwrite.terminal");
    }
}
