package dev.midwrite.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked where nobody has ever built anything, on a Java without a compiler. */
class ArchiveIT {
    /** What distributions of Linux ship as a headless JRE has these and some more. */
    private static final String MODULES =
            "java.se,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.management,jdk.net,jdk.httpserver";

    private static final long MOST_MINUTES = 4;

    @TempDir
    private static Path directory;

    private static Path home;
    private static Path java;

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectory(directory.resolve("a place"));
        URI archive = URI.create(
                "jar:" + Path.of(System.getProperty("midwrite.archive")).toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
            copy(zip.getPath("/"), place);
        }
        try (Stream<Path> roots = Files.list(place)) {
            home = roots.findFirst().orElseThrow();
        }
        java = directory.resolve("jre");
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assertThat(run(directory, jlink.toString(), "--add-modules", MODULES, "--output", java.toString()))
                .isEqualTo(new Ended(0, ""));
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(midwrite("--version").output()).startsWith("midwrite ");
    }

    @Test
    void runsADrill() throws Exception {
        Ended ended = midwrite("drill", "run", "--expect", "examples/shop/drills/crash-mid-save.yaml");

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("Stored session that never expires");
        try (Stream<Path> runs = Files.list(home.resolve(".midwrite/runs"))) {
            assertThat(runs.findFirst().orElseThrow().resolve("report.html")).isNotEmptyFile();
        }
    }

    @Test
    void namesItsPartsAndTheirLicences() throws Exception {
        assertThat(Files.readString(home.resolve("sbom.json")))
                .contains("pkg:maven/net.openhft/chronicle-queue@", "pkg:maven/io.grpc/grpc-netty-shaded@");
        assertThat(Files.readString(home.resolve("THIRD-PARTY.txt"))).contains("net.bytebuddy:byte-buddy");
    }

    @Test
    void eachDrillIsValidAndFindsItsProgram() throws Exception {
        List<String> words = new ArrayList<>(List.of("drill", "validate"));
        try (Stream<Path> files = Files.walk(home.resolve("examples"))) {
            files.filter(file -> file.getParent().endsWith("drills")
                            && file.toString().endsWith(".yaml"))
                    .forEach(file -> words.add(home.relativize(file).toString()));
        }
        Ended ended = midwrite(words.toArray(String[]::new));

        assertThat(words).hasSizeGreaterThan(30);
        assertThat(ended.code()).as(ended.output()).isZero();
        for (String word : words.subList(2, words.size())) {
            Path drill = home.resolve(word);
            for (String jar : Files.readString(drill).split("\\s+")) {
                if (jar.endsWith(".jar") && jar.startsWith("../")) {
                    assertThat(drill.getParent().resolve(jar)).as(word).exists();
                }
            }
        }
    }

    private static Ended midwrite(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("midwrite").toString()));
        command.addAll(List.of(words));
        return run(home, command.toArray(String[]::new));
    }

    private static Ended run(Path place, String... command) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", java == null ? System.getProperty("java.home") : java.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after " + MOST_MINUTES + " minutes:\n" + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output, UTF_8));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /**
     * How a program ended.
     *
     * @param output of both streams
     */
    private record Ended(int code, String output) {}
}
