package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RunningServiceTest {
    private static final Map<String, String> PRESENT = Map.of("HOME", "/root", "SERVER_PORT", "1");

    @TempDir
    Path directory;

    private Path process;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(directory.resolve("self"));
        process = Files.createDirectories(directory.resolve("42"));
        link("root", "/");
        link("cwd", directory.toString());
        link("exe", "/opt/jdk/bin/java");
        Files.writeString(process.resolve("maps"), "7f00-7f01 r-xp /opt/jdk/lib/server/libjvm.so\n");
        line("java", "-Xmx1g", "-jar", "my app.jar", "--greeting=good day", "");
        environ("HOME=/root", "SERVER_PORT=8080", "PWD=/srv", "DB_URL=jdbc:h2:mem:a", "DB_PASSWORD=geheim");
    }

    @Test
    void othersAreStartedByItsCommandLine() {
        RunningService running = read();

        assertThat(running.words())
                .containsExactly("/opt/jdk/bin/java", "-Xmx1g", "-jar", "my app.jar", "--greeting=good day", "");
        assertThat(running.directory()).isEqualTo(directory);
        assertThat(running.leftOut()).isEmpty();
    }

    @Test
    void ofItsEnvironmentOnlyWhatIsItsOwnAndNoSecretIsWrittenDown() {
        ServiceCommand command = ServiceCommand.of(read());

        assertThat(command.environment())
                .containsEntry("DB_URL", "jdbc:h2:mem:a")
                .as("a port of their own, and our store")
                .containsEntry("SERVER_PORT", "{port}")
                .containsEntry("SPRING_DATA_REDIS_URL", "redis://{store.host}:{store.port}")
                .doesNotContainKeys("HOME", "PWD", "DB_PASSWORD");
        assertThat(command.secrets()).containsExactly(Map.entry("DB_PASSWORD", "geheim"));
        assertThat(command.wholeEnvironment()).containsEntry("DB_PASSWORD", "geheim");
    }

    @Test
    void whatOnlyOneProcessCanHaveIsLeftOut() throws IOException {
        line(
                "/usr/bin/java",
                "-agentlib:jdwp=transport=dt_socket,address=5005",
                "-javaagent:/opt/midwrite-agent.jar=node=a",
                "-javaagent:/opt/other.jar",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-jar",
                "a.jar");
        environ("JAVA_TOOL_OPTIONS=-javaagent:/opt/midwrite-agent.jar", "PATTERN={user.home}/x");
        RunningService running = read();

        assertThat(running.words()).containsExactly("/usr/bin/java", "-javaagent:/opt/other.jar", "-jar", "a.jar");
        assertThat(running.environment()).isEmpty();
        assertThat(running.leftOut())
                .hasSize(4)
                .contains("A copy runs without -agentlib:jdwp=transport=dt_socket,address=5005, which only one process"
                        + " can have.")
                .contains("A copy runs without the variable PATTERN, in which a drill would see a placeholder.");
    }

    @Test
    void whatIsNoJvmIsSaid() throws IOException {
        assertThatThrownBy(() -> RunningService.of(directory, 43, PRESENT))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no process 43.");
        line("sleep", "600");
        Files.writeString(process.resolve("maps"), "7f00-7f01 r-xp /usr/lib/libc.so.6\n");
        assertThatThrownBy(this::read).isInstanceOf(Problem.class).hasMessage("Process 42 is no JVM: it runs 'sleep'.");
        Files.writeString(process.resolve("cmdline"), "");
        assertThatThrownBy(this::read).hasMessage("Process 42 is no JVM: it has no command line.");
    }

    @Test
    void aContainersProcessIsRejected() throws IOException {
        Files.delete(process.resolve("root"));
        link("root", "/var/lib/containers/7/rootfs");
        assertThatThrownBy(this::read).hasMessageStartingWith("Process 42 runs in a container: ");
    }

    @Test
    void whatMayNotBeReadIsSaid() throws IOException {
        Files.delete(process.resolve("environ"));
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("Process 42 cannot be read about: ")
                .hasMessageEndingWith("; use --command, or be who runs it.");
    }

    @Test
    void thisVeryJvmCanBeReadAbout() {
        RunningService own = RunningService.of(ProcessHandle.current().pid());
        assertThat(own.words().get(0)).endsWith("java");
        assertThat(own.directory()).isEqualTo(Path.of("").toAbsolutePath());
        assertThat(own.secrets()).isEmpty();
    }

    private RunningService read() {
        return RunningService.of(directory, 42, PRESENT);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(process.resolve(name), Path.of(target));
    }

    private void line(String... words) throws IOException {
        Files.writeString(process.resolve("cmdline"), String.join("\0", words) + "\0");
    }

    private void environ(String... variables) throws IOException {
        Files.writeString(process.resolve("environ"), String.join("\0", variables) + "\0");
    }
}
