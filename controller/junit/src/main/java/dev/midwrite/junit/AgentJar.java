package dev.midwrite.junit;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the jar that nodes load. */
final class AgentJar {
    private static final String IN_IT = "dev/midwrite/agent/premain/Premain.class";

    private AgentJar() {}

    /**
     * Where it lies.
     *
     * @param given by the person who runs the tests
     * @throws InvalidTest if it is not on the class path as a jar
     */
    static Path find(Optional<String> given) {
        if (given.isPresent()) {
            return Path.of(given.get());
        }
        URL found = AgentJar.class.getClassLoader().getResource(IN_IT);
        if (found == null) {
            throw new InvalidTest("midwrite-agent is not on the tests' class path: midwrite-junit brings it along"
                    + " unless it is excluded, and " + Setting.AGENT + " names another.");
        }
        try {
            URLConnection connection = found.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
        } catch (IOException | URISyntaxException e) {
            throw new InvalidTest("The agent's jar cannot be read at " + found + ": " + e.getMessage() + ".", e);
        }
        throw new InvalidTest(
                "midwrite-agent is on the class path as a directory, and a JVM loads it from a jar only: package"
                        + " it, or name one with " + Setting.AGENT + ".");
    }
}
