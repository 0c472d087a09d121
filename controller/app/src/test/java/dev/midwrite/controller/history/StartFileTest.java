package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Profile;
import dev.midwrite.check.Scope;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartFileTest {
    private static final StartFacts FACTS = new StartFacts(
            StartFacts.FORMAT,
            "drill",
            7,
            Profile.STRONG,
            Scope.NODE,
            "2026-01-01T00:00:00Z",
            List.of("unknown", "node-1"),
            List.of("session"),
            true,
            1,
            2,
            3,
            9404);

    @TempDir
    private Path directory;

    @Test
    void isLockedAsLongAsTheRunIsUnderWay() {
        Bundle bundle = new Bundle(directory);
        StartFile file = StartFile.create(bundle, FACTS);
        assertThat(StartFile.locked(bundle)).isTrue();
        assertThat(StartFile.read(bundle)).isEqualTo(FACTS);
        file.close();
        file.close();
        assertThat(StartFile.locked(bundle)).isFalse();
        assertThat(StartFile.read(bundle)).isEqualTo(FACTS);
        assertThat(directory).isDirectoryContaining("glob:**/start.json").isDirectoryNotContaining("glob:**.new");
    }

    /** Others ask the operating system; who follows the run would take it for one that ended. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void staysLockedWhenItsOwnProcessAsks() throws IOException {
        Bundle bundle = new Bundle(directory);
        try (StartFile file = StartFile.create(bundle, FACTS)) {
            assertThat(file).isNotNull();
            assertThat(StartFile.locked(new Bundle(directory.resolve("../" + directory.getFileName()))))
                    .isTrue();
            assertThat(StartFile.read(bundle)).isEqualTo(FACTS);
            assertThat(locks(bundle)).isEqualTo(1);
        }
        assertThat(locks(bundle)).isZero();
    }

    private static long locks(Bundle bundle) throws IOException {
        String file = ":" + Files.getAttribute(bundle.start(), "unix:ino") + " ";
        String process = " " + ProcessHandle.current().pid() + " ";
        try (Stream<String> all = Files.lines(Path.of("/proc/locks"))) {
            return all.filter(lock -> lock.contains(file) && lock.contains(process))
                    .count();
        }
    }

    @Test
    void anOlderOneSaysNothingOfThePort() throws IOException {
        Bundle bundle = new Bundle(directory);
        StartFile.create(bundle, FACTS).close();
        String whole = Files.readString(bundle.start());
        assertThat(whole).contains("\"metricsPort\" : 9404");
        Files.writeString(bundle.start(), whole.replaceFirst(",\\s*\"metricsPort\" : 9404", ""));
        assertThat(StartFile.read(bundle).metricsPort()).isZero();
        assertThat(StartFile.read(bundle).drill()).isEqualTo("drill");
    }

    @Test
    void aDamagedOneIsNamed() throws IOException {
        Bundle bundle = new Bundle(directory);
        assertThatThrownBy(() -> StartFile.read(bundle))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("start.json");
        Files.writeString(bundle.start(), "");
        assertThatThrownBy(() -> StartFile.read(bundle))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("start.json");
        Files.writeString(bundle.start(), "{\"format\": 2");
        assertThatThrownBy(() -> StartFile.read(bundle))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("start.json");
        StartFile.create(
                        bundle,
                        new StartFacts(
                                3, "", 0, Profile.STRONG, Scope.NODE, "", List.of(), List.of(), true, 0, 0, 0, 0))
                .close();
        assertThatThrownBy(() -> StartFile.read(bundle))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("format 3");
    }
}
