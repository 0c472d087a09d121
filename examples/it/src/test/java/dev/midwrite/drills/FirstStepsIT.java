package dev.midwrite.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a jar that nobody has described to a verdict. */
class FirstStepsIT {
    @TempDir
    private Path directory;

    @Test
    void aJarIsDescribedAndNothingIsLeft() throws Exception {
        List<Path> before = temporary();
        String said = init(0, "java -Xmx256m -XX:TieredStopAtLevel=1 -jar " + shop());

        assertThat(said)
                .containsPattern("service +Tomcat \\d+\\.\\d+.*, Spring Boot 4\\.")
                .containsPattern("sessions +Spring Session 4\\..*, RedisSessionRepository\n")
                .containsPattern(
                        "store +Redis by Lettuce .*, keys spring:session:sessions:\\{id} in database 0; the drill has")
                .containsPattern("time to live +10 min")
                .containsPattern("cookie +SESSION=…; Path=/; HttpOnly")
                .contains("Wrote midwrite.yaml");
        assertThat(temporary()).isEqualTo(before);
        assertThat(files()).containsOnly("midwrite.yaml");
        try (CommandLineProcess validate = CommandLineProcess.start(
                CommandLineProcess.jdks().get(0), directory, "drill", "validate", "midwrite.yaml")) {
            assertThat(validate.await()).as(validate.output()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    java -version              | 5 | The command ended with exit code 0 before it was ready. It printed last:
                    java -jar missing.jar      | 5 | Unable to access jarfile missing.jar
                    ./no-such-program --x      | 5 | Cannot start node service
                    """)
    void whatDoesNotRunIsOneSentence(String command, int exit, String sentence) throws Exception {
        List<Path> before = temporary();
        assertThat(init(exit, command)).contains(sentence).doesNotContain("\tat ");
        assertThat(temporary()).isEqualTo(before);
        assertThat(files()).isEmpty();
    }

    @Test
    void ctrlCStopsTheService() throws Exception {
        List<Path> before = temporary();
        try (CommandLineProcess init = CommandLineProcess.start(
                CommandLineProcess.jdks().get(0), directory, "init", "--command", "java -jar " + shop())) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> init.children().stream()
                            .anyMatch(child ->
                                    child.info().commandLine().orElse("").contains("midwrite-shop")));
            List<ProcessHandle> children = init.children();
            init.interrupt();
            assertThat(init.await()).as(init.output()).isEqualTo(130);
            assertThat(children).noneMatch(CommandLineProcess::runs);
        }
        assertThat(temporary()).isEqualTo(before);
        assertThat(files()).isEmpty();
    }

    @Tag("services")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    grid       | Hazelcast \\d.*, map sessions  | 10 min
                    infinispan | Infinispan \\d.*, map sessions | 10 min
                    """)
    void agentsFindTheMapsOfADataGrid(String profile, String store, String ttl) throws Exception {
        String said = init(
                0,
                "java -Xmx256m -jar " + example("services/servlet/target/midwrite-service-servlet.jar")
                        + " --spring.profiles.active=" + profile + " --service.members=1 --service.grid="
                        + FreePort.take());

        assertThat(said).containsPattern("store +" + store).containsPattern("time to live +" + ttl);
        assertThat(Files.readString(directory.resolve("midwrite.yaml"))).contains("store:\n  kind: grid\n");
    }

    /** Healthy services of two releases and both servlet APIs; and one whose sessions do not survive. */
    @Tag("services")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    services/servlet/target/midwrite-service-servlet.jar --spring.profiles.active=plain  | 0
                    services/oldest/target/midwrite-service-oldest.jar                                   | 0
                    services/servlet/target/midwrite-service-servlet.jar --spring.profiles.active=memory | 1
                    """)
    void theVerdictOfOneMinuteIsTheServices(String jar, int exit) throws Exception {
        String[] words = jar.split(" ", 2);
        init(0, "java -Xmx256m -jar " + example(words[0]) + (words.length == 1 ? "" : " " + words[1]));
        try (CommandLineProcess course =
                CommandLineProcess.start(CommandLineProcess.jdks().get(0), directory, "try")) {
            assertThat(course.await()).as(course.output()).isEqualTo(exit);
            assertThat(course.output()).contains("repeat ");
            if (exit == 1) {
                assertThat(course.output()).contains("Session lost");
            }
        }
    }

    private String init(int exit, String command) throws Exception {
        try (CommandLineProcess init =
                CommandLineProcess.start(CommandLineProcess.jdks().get(0), directory, "init", "--command", command)) {
            assertThat(init.await()).as(init.output()).isEqualTo(exit);
            return init.output();
        }
    }

    private static String shop() {
        return example("shop/target/midwrite-shop.jar");
    }

    /** In quotes, as a shell wants a path that may hold a space. */
    private static String example(String path) {
        return "'" + CommandLineProcess.root().resolve("examples").resolve(path) + "'";
    }

    /** What the command line left beside its own output. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("output"))
                    .toList();
        }
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("midwrite-init"))
                    .sorted()
                    .toList();
        }
    }
}
