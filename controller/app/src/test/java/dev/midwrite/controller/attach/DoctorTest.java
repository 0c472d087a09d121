package dev.midwrite.controller.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path directory;

    @Test
    void theLastOptionOfTheJvmCounts() {
        assertThat(Doctor.options(7, 17, List.of())).isEmpty();
        assertThat(Doctor.options(7, 17, List.of("-XX:-EnableDynamicAgentLoading", "-XX:+EnableDynamicAgentLoading")))
                .isEmpty();
        assertThat(Doctor.options(7, 17, List.of("-XX:+EnableDynamicAgentLoading", "-XX:-EnableDynamicAgentLoading")))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.isBlocking()).isTrue());
    }

    @Test
    void laterJvmsWarn() {
        assertThat(Doctor.options(7, 21, List.of("-Xmx1g")))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.isBlocking()).isFalse());
        assertThat(Doctor.options(7, 25, List.of("-XX:+EnableDynamicAgentLoading")))
                .isEmpty();
    }

    @Test
    void anOldOrOtherJvmIsNamed() {
        Properties old = properties("11", "OpenJDK 64-Bit Server VM");
        assertThat(Doctor.virtualMachine(7, old))
                .extracting(Obstacle::what)
                .containsExactly("Process 7 runs on Java 11.0.1; the agent needs 17 or later.");
        assertThat(Doctor.virtualMachine(7, properties("1.8", "OpenJDK 64-Bit Server VM")))
                .hasSize(1);
        assertThat(Doctor.virtualMachine(7, properties("21", "Eclipse OpenJ9 VM")))
                .extracting(Obstacle::what)
                .containsExactly("Process 7 runs on Eclipse OpenJ9 VM; the agent is made for HotSpot.");
        assertThat(Doctor.virtualMachine(7, properties("21", "OpenJDK 64-Bit Server VM")))
                .isEmpty();
    }

    @Test
    void aRuntimeWithoutInstrumentIsNamed() throws IOException {
        Properties system = properties("21", "OpenJDK 64-Bit Server VM");
        Path library = directory.resolve("lib").resolve(System.mapLibraryName("instrument"));
        system.setProperty("java.home", directory.toString());
        assertThat(Doctor.virtualMachine(7, system))
                .extracting(Obstacle::what)
                .containsExactly("The Java of process 7, in " + directory + ", has no module java.instrument.");
        Files.createDirectories(library.getParent());
        Files.createFile(library);
        assertThat(Doctor.virtualMachine(7, system)).isEmpty();
    }

    @Test
    void aJournalNeedsADirectoryAndRoom() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(JournalRoom.look(file.resolve("journal"), 1)).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.isBlocking()).isTrue();
            assertThat(obstacle.what()).endsWith(file + " is no directory.");
        });
        Path missing = directory.resolve("a").resolve("b");
        assertThat(JournalRoom.look(missing, 0)).isEmpty();
        assertThat(JournalRoom.look(missing, Long.MAX_VALUE))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.isBlocking()).isFalse());
        assertThat(missing).doesNotExist();
    }

    @Test
    void theDiskIsNearlyFull() {
        assertThat(JournalRoom.left(directory, 63, 1024))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.isBlocking()).isTrue());
        assertThat(JournalRoom.left(directory, 64, 1024))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.isBlocking()).isFalse());
        assertThat(JournalRoom.left(directory, 1024, 1024)).isEmpty();
    }

    @Test
    void whatIsNoProcessOrNoJvmIsNamed() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            // The child is a copy of this JVM until it runs its own program.
            while (other.info()
                    .command()
                    .filter(command -> command.endsWith("sleep"))
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(new Doctor(new AgentRequest(directory.resolve("missing.jar"), Map.of())).process(other.pid()))
                    .extracting(Obstacle::what)
                    .containsExactly(
                            "The agent jar " + directory.resolve("missing.jar") + " is not there.",
                            "Process " + other.pid() + " is no JVM.");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThatThrownBy(() -> ProcessFacts.of(other.pid()))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no process " + other.pid() + ".");
    }

    @Test
    void aCommaInAValueIsRejected() {
        assertThatThrownBy(() -> new AgentRequest(Path.of("a.jar"), Map.of("journal", "/a,b")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("'journal=/a,b' cannot be given to an agent: the comma separates");
        assertThat(new AgentRequest(Path.of("a.jar"), Map.of("journal", "a")).arguments())
                .isEqualTo("journal=" + Path.of("a").toAbsolutePath());
    }

    private static Properties properties(String version, String machine) {
        Properties properties = new Properties();
        properties.setProperty("java.specification.version", version);
        properties.setProperty("java.version", version + ".0.1");
        properties.setProperty("java.vm.name", machine);
        properties.setProperty("java.home", "/nowhere");
        return properties;
    }
}
