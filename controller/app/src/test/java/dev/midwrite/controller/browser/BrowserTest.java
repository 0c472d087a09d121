package dev.midwrite.controller.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
    @TempDir
    private Path directory;

    private Path program(String name) throws IOException {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\nexit 1\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void isFoundOnThePath() throws IOException {
        Path program = program("chromium");
        assertThat(Browser.installed(Map.of("PATH", "/nowhere:" + directory))).contains(program);
    }

    @Test
    void theOneThatIsNamedIsTakenAndNoOther() throws IOException {
        program("chromium");
        Path other = program("other");
        String path = directory.toString();
        assertThat(Browser.installed(Map.of("PATH", path, Browser.VARIABLE, other.toString())))
                .contains(other);
        assertThat(Browser.installed(Map.of("PATH", path, Browser.VARIABLE, "/nowhere")))
                .isEmpty();
    }

    @Test
    void oneThatEndsAtOnceIsTold() throws IOException {
        Path program = program("chromium");
        assertThatThrownBy(() -> Browser.start(program))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The browser");
    }
}
