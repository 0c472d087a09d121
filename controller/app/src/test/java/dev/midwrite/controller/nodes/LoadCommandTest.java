package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
    @TempDir
    Path directory;

    private LoadCommand start(Reaper reaper, String script) {
        return LoadCommand.start(
                LoadCommand.words(List.of("sh", "-c", script), Map.of(), directory),
                Map.of("MIDWRITE_FRONT_URL", "http://front"),
                directory,
                directory.resolve("load/command.log"),
                reaper);
    }

    @Test
    void findsTheFrontInItsEnvironment() throws Exception {
        try (Reaper reaper = Reaper.install();
                LoadCommand command = start(reaper, "echo to $MIDWRITE_FRONT_URL")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !command.alive());
            assertThat(command.failure()).isEmpty();
            assertThat(command.exitCode()).hasValue(0);
            assertThat(Files.readString(directory.resolve("load/command.log"))).isEqualTo("to http://front\n");
        }
    }

    @Test
    void anotherExitCodeIsOneSentenceWithItsLastWords() {
        try (Reaper reaper = Reaper.install();
                LoadCommand command = start(reaper, "echo threshold missed; exit 99")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !command.alive());
            assertThat(command.failure())
                    .startsWith("The load command 'sh' ended with exit code 99.")
                    .contains("threshold missed");
        }
    }

    @Test
    void whoIsAskedToEndDidNotFail() throws Exception {
        try (Reaper reaper = Reaper.install();
                LoadCommand command = start(reaper, "sleep 600; echo late")) {
            assertThat(command.alive()).isTrue();
            command.stop();
            assertThat(command.alive()).isFalse();
            assertThat(command.failure()).isEmpty();
        }
    }

    @Test
    void isEndedWithTheRun() {
        LoadCommand command;
        try (Reaper reaper = Reaper.install()) {
            command = start(reaper, "sleep 600");
        }
        assertThat(command.alive()).isFalse();
        assertThat(command.failure()).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsRefused() throws Exception {
        assertThatThrownBy(() -> LoadCommand.words(List.of("no-such-program"), Map.of(), directory))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no program 'no-such-program' to drive the load with.");
        Path script = Files.writeString(directory.resolve("load.sh"), "#!/bin/sh\n");
        assertThatThrownBy(() -> LoadCommand.words(List.of("./load.sh"), Map.of(), directory))
                .isInstanceOf(Problem.class);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(LoadCommand.words(List.of("./load.sh", "{front}"), Map.of("front", "http://f"), directory))
                .containsExactly("./load.sh", "http://f");
    }
}
