package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

    @Test
    void aPlainWordIsLeftAlone() {
        assertThat(ShellWord.of("examples/shop/drills/steady.yaml")).isEqualTo("examples/shop/drills/steady.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "it's", "$HOME", "a;b", "*", "", "~", "\"x\"", "ü"})
    void aShellReadsTheSameWord(String word) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
    }
}
