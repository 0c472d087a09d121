package dev.midwrite.agent.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine: one per feature version from 17 on, beside the one that runs the tests. */
public final class Jdks {
    private static final int OLDEST = 17;
    /** In a build that has no time for others, only the JDK that runs it. */
    private static final boolean OWN_ONLY = "own".equals(System.getProperty("midwrite.it.jdks"));

    private Jdks() {}

    /** One JDK, named by its version in test reports. */
    public record Jdk(Path home, String version) {
        public Path java() {
            return home.resolve("bin").resolve("java");
        }

        @Override
        public String toString() {
            return "JDK " + version;
        }
    }

    /**
     * By version; {@code MIDWRITE_JDKS} may name more homes, separated as a path. With {@code midwrite.it.jdks=own}, as in a build
     * without the profile {@code long}, only the one that runs the tests.
     */
    public static Stream<Jdk> all() {
        Path own = Path.of(System.getProperty("java.home"));
        List<Path> candidates = new ArrayList<>(List.of(own));
        String named = Objects.requireNonNullElse(System.getenv("MIDWRITE_JDKS"), "");
        Stream.of(named.split(File.pathSeparator))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .forEach(candidates::add);
        try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
            siblings.sorted().forEach(candidates::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : candidates) {
            String version = version(home);
            if (!version.isEmpty() && feature(version) >= OLDEST) {
                found.putIfAbsent(feature(version), new Jdk(home, version));
            }
        }
        return OWN_ONLY ? Stream.of(found.get(Runtime.version().feature())) : found.values().stream();
    }

    private static int feature(String version) {
        return Integer.parseInt(version.split("[.+-]")[0]);
    }

    /** Such as 17.0.15, from the JDK's own release file; empty if it is none. */
    private static String version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isRegularFile(release)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
