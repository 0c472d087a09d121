package dev.midwrite.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the benchmarks find the jars and JDKs that they compare. */
final class Surroundings {

    private Surroundings() {}

    /** The shipped agent jar; {@code -Dmidwrite.agent.jar} or the build's own. */
    static Path agentJar() {
        Path jar = Path.of(System.getProperty("midwrite.agent.jar", "agent/jar/target/midwrite-agent.jar"))
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "no agent jar at " + jar + ": run from the project's root after mvn package");
        }
        return jar;
    }

    /** The jar that a class of a dependency was loaded from. */
    static Path jarOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, Surroundings.class.getClassLoader());
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException("not on the class path: " + className, e);
        }
    }

    /** Homes of one JDK per feature version, beside the one that runs this. */
    static List<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> homes = new ArrayList<>(List.of(own));
        try (Stream<Path> siblings = Files.list(own.getParent())) {
            for (Path home : siblings.sorted().toList()) {
                Path real = home.toRealPath();
                if (Files.isExecutable(real.resolve("bin/java"))
                        && Files.isRegularFile(real.resolve("release"))
                        && homes.stream()
                                .noneMatch(known ->
                                        sameFile(known, real) || version(known).equals(version(real)))) {
                    homes.add(real);
                }
            }
        }
        return homes;
    }

    /** Such as 17.0.15, from the JDK's own release file. */
    static String version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean sameFile(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
