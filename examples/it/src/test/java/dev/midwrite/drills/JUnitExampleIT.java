package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code examples/junit} as the build of somebody who has got Midwrite from a repository. */
@Tag("long")
class JUnitExampleIT {
    private static final String VERSION = "0.1.0-SNAPSHOT";
    /** Directories of modules, by artifact; the parent has no jar. */
    private static final Map<String, String> MODULES = Map.of(
            "midwrite-event", "proto/event",
            "midwrite-journal", "proto/journal",
            "midwrite-link", "proto/link",
            "midwrite-checker", "controller/checker",
            "midwrite-controller", "controller/app",
            "midwrite-junit", "controller/junit",
            "midwrite-agent", "agent/jar");

    /** Made anew; {@code clean} follows no links from there. */
    private final Path directory = Path.of("target", "junit-example").toAbsolutePath();

    @BeforeEach
    void empty() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(directory);
    }

    @Test
    void surefireShowsTheVerdictsOfABuildOfItsOwn() throws Exception {
        Path root = CommandLineProcess.root();
        copy(root.resolve("examples/junit"), directory.resolve("build"));
        Path repository = repository(root);

        Path log = directory.resolve("output.log");
        MavenBuild.run(
                directory.resolve("build"),
                log,
                "-Dmaven.repo.local=" + repository,
                "test",
                "-Dtest=SessionsTest,Deployment");

        String output = Files.readString(log);
        assertThat(output)
                .as(output)
                .containsPattern("Tests run: 4, Failures: 1, Errors: 0, Skipped: 0")
                .containsPattern("Deployment.keepsSessions.* FAIL: Live session lost, .*Injected: restart on node-1\\.")
                .containsPattern("A-\\d+  SESSION_LOST  The session was gone on node-1 ")
                .containsPattern("repeat  mvn test -Dtest='desk.Deployment#keepsSessions'");
        assertThat(running()).isEmpty();
        try (Stream<Path> runs = Files.list(directory.resolve("build/target/midwrite"))) {
            assertThat(runs)
                    .hasSize(4)
                    .allSatisfy(run -> assertThat(run.resolve("report.html")).exists());
        }
    }

    /** Command lines of processes with our repository on their class path. */
    private List<String> running() throws IOException {
        List<String> running = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(each -> each.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                try {
                    String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                    if (command.contains(directory.toString())) {
                        running.add(command.replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It has ended meanwhile, or is somebody else's.
                }
            }
        }
        return running;
    }

    /** The one of this machine, but for our own artifacts, which are this build's and stay here. */
    private Path repository(Path root) throws IOException {
        Path usual =
                Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        Path repository = Files.createDirectories(directory.resolve("repository"));
        link(usual, repository, "dev");
        link(usual.resolve("dev"), Files.createDirectories(repository.resolve("dev")), "midwrite");
        Path ours = Files.createDirectories(repository.resolve("dev/midwrite"));
        publish(ours, "midwrite", root.resolve("pom.xml"), "pom");
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            Path at = root.resolve(module.getValue());
            publish(ours, module.getKey(), at.resolve("pom.xml"), "pom");
            publish(ours, module.getKey(), jar(module.getKey(), at.resolve("target")), "jar");
        }
        return repository;
    }

    private static void link(Path from, Path to, String but) throws IOException {
        if (Files.isDirectory(from)) {
            try (Stream<Path> entries = Files.list(from)) {
                for (Path entry : entries.toList()) {
                    if (!entry.getFileName().toString().equals(but)) {
                        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                    }
                }
            }
        }
    }

    private static void publish(Path ours, String artifact, Path file, String kind) throws IOException {
        Path place = Files.createDirectories(ours.resolve(artifact).resolve(VERSION));
        Files.copy(file, place.resolve(artifact + "-" + VERSION + "." + kind));
    }

    /** Some are called as people call them. */
    private static Path jar(String artifact, Path target) {
        return switch (artifact) {
            case "midwrite-controller" -> target.resolve("midwrite.jar");
            case "midwrite-agent" -> target.resolve("midwrite-agent.jar");
            default -> target.resolve(artifact + "-" + VERSION + ".jar");
        };
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.startsWith(from.resolve("target")))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
