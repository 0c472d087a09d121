package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher in a source tree of its own, with a Maven and a Java that only say what they were told. */
class LauncherTest {
    private static final String MAVEN = """
            #!/bin/bash
            [ "$1" = -v ] && { echo "Apache Maven 3.8.7"; exit; }
            echo build >> "$ROOT/builds"
            [ -e "$ROOT/broken" ] && { echo "[ERROR] broken.java: no"; exit 1; }
            while [ -e "$ROOT/hold" ]; do sleep 0.05; done
            for jar in controller/app/target/midwrite.jar agent/jar/target/midwrite-agent.jar \
                examples/shop/target/midwrite-shop.jar \
                examples/tomcat-cluster/target/midwrite-tomcat-cluster.jar \
                controller/app/target/kubernetes/midwrite-kubernetes.jar; do
                mkdir -p "$ROOT/$(dirname "$jar")"; touch "$ROOT/$jar"
            done
            """;
    private static final String JAVA = """
            #!/bin/bash
            [ "$1" = -version ] && { echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit; }
            printf '<%s>' "$@"
            exit 3
            """;

    @TempDir
    private Path directory;

    private Path root;
    private Path bin;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void tree() throws IOException {
        root = Files.createDirectories(directory.resolve("a path with spaces"));
        bin = Files.createDirectory(directory.resolve("bin"));
        for (String module : List.of("proto", "agent", "controller/app/src", "examples")) {
            Files.createDirectories(root.resolve(module));
        }
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path launcher = Checkout.root().resolve("midwrite");
        Files.copy(launcher, root.resolve("midwrite"), StandardCopyOption.COPY_ATTRIBUTES);
        executable(bin.resolve("mvn"), MAVEN);
        executable(bin.resolve("java"), JAVA);
        executable(bin.resolve("javac"), "#!/bin/bash\n");
    }

    @Test
    void buildsOnceAndHandsOverEverythingAndTheExitCode() throws Exception {
        Ended first = midwrite("drill", "run", "my drill.yaml");
        assertThat(first.err()).startsWith("midwrite: building ").hasLineCount(1);
        assertThat(first.code()).isEqualTo(3);
        assertThat(first.out())
                .contains("<-Dmidwrite.home=" + root.toRealPath() + ">")
                .endsWith("/midwrite.jar><drill><run><my drill.yaml>");

        Ended second = midwrite("--version");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        assertThat(root.resolve("target/midwrite.lock")).doesNotExist();
    }

    @Test
    void newerSourceIsBuiltAndANewerTestIsNot() throws Exception {
        midwrite();
        newer(root.resolve("controller/app/src/test/java/SomeTest.java"));
        newer(root.resolve("examples/shop/drills/new.yaml"));
        midwrite();
        assertThat(builds()).isEqualTo(1);
        newer(root.resolve("controller/app/src/main/java/Some.java"));
        midwrite();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aSourceThatWasDeletedIsNoticed() throws Exception {
        Path source = root.resolve("controller/app/src/main/java/Some.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        midwrite();
        midwrite();
        assertThat(builds()).isEqualTo(1);
        Files.delete(source);
        midwrite();
        midwrite();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aSourceThatComesWithAnOldDateIsNoticed() throws Exception {
        midwrite();
        Path source = root.resolve("proto/Old.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        midwrite();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void twoAtATimeBuildOnce() throws Exception {
        Path hold = Files.createFile(root.resolve("hold"));
        Process one = start();
        await().until(() -> Files.exists(root.resolve("builds")));
        Process two = start();
        // The second has seen that something is to be built once it has asked for Maven's version and waits.
        await().until(() -> two.descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
        Files.delete(hold);

        assertThat(ended(one).code()).isEqualTo(3);
        assertThat(ended(two).code()).isEqualTo(3);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void lockOfADeadBuildIsNotWaitedFor() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(root.resolve("target/midwrite.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(midwrite().code()).isEqualTo(3);
        assertThat(builds()).isEqualTo(1);
        assertThat(lock).doesNotExist();
    }

    @Test
    void lockOfALivingBuildIsWaitedFor() throws Exception {
        Path lock = Files.createDirectories(root.resolve("target/midwrite.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
        Process waiting = start();
        await().until(() -> waiting.descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
        assertThat(root.resolve("builds")).doesNotExist();
        Files.delete(lock.resolve("pid"));
        Files.delete(lock);

        assertThat(ended(waiting).code()).isEqualTo(3);
    }

    @Test
    void failedBuildSaysWhyAndIsTriedAgain() throws Exception {
        Path broken = Files.createFile(root.resolve("broken"));
        Ended failed = midwrite();
        assertThat(failed.code()).isEqualTo(64);
        assertThat(failed.err())
                .contains("[ERROR] broken.java: no")
                .contains("midwrite: the build failed; all of it is in ");
        assertThat(root.resolve("target/midwrite.lock")).doesNotExist();
        Files.delete(broken);
        assertThat(midwrite().code()).isEqualTo(3);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        executable(bin.resolve("mvn"), "#!/bin/bash\necho Apache Maven 3.6.3\n");
        assertThat(refused()).contains("is Maven 3.6; Midwrite needs 3.8 or later.");
        executable(bin.resolve("java"), "#!/bin/bash\necho 'java version \"1.8.0_412\"' >&2\n");
        assertThat(refused()).contains("is Java 1; Midwrite needs 17 or later.");
        ProcessBuilder builder = builder();
        builder.environment().put("JAVA_HOME", root.toString());
        Ended home = ended(builder.start());
        assertThat(home.err()).contains("midwrite: JAVA_HOME is " + root + ", and there is no bin/java in it.");
    }

    private String refused() throws Exception {
        Ended ended = midwrite();
        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).startsWith("midwrite: ").hasLineCount(1);
        return ended.err();
    }

    private Ended midwrite(String... words) throws Exception {
        return ended(builder(words).start());
    }

    private Process start() throws IOException {
        return builder().start();
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(root.resolve("midwrite").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("ROOT", root.toString());
        return builder;
    }

    private static Ended ended(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(root.resolve("builds"))) {
            return lines.count();
        }
    }

    private static void newer(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
