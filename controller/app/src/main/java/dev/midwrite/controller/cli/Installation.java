package dev.midwrite.controller.cli;

import java.nio.file.Path;

/**
 * Where this Midwrite lies.
 *
 * @param home root of its source tree
 */
record Installation(Path home) {

    /** As the launcher said, or from where this program was started by hand. */
    static Installation find() {
        return new Installation(Path.of(System.getProperty("midwrite.home", "")));
    }

    Path agentJar() {
        String given = System.getenv("MIDWRITE_AGENT");
        return given == null || given.isEmpty()
                ? home.resolve(Path.of("agent", "jar", "target", "midwrite-agent.jar"))
                : Path.of(given);
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
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
