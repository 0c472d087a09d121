package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastWordsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Terminating due to java.lang.OutOfMemoryError: Java heap space | java.lang.OutOfMemoryError: Java heap space.
            #  SIGSEGV (0xb) at pc=0x00007f, pid=7, tid=8                   | SIGSEGV (0xb) at pc=0x00007f, pid=7, tid=8.
            Exception in thread "main" java.lang.IllegalStateException: no  | Exception in thread "main" java.lang.IllegalStateException: no.
            Caused by: java.net.ConnectException: Connection refused        | Caused by: java.net.ConnectException: Connection refused.
            """)
    void tellTheLineThatSaysWhy(String line, String told) throws IOException {
        Path log = log("started", line, "\tat a.frame", "# JRE version: 17", "goodbye");

        assertThat(LastWords.of(3, log)).isEqualTo("Its log says: " + told);
    }

    @Test
    void tellTheWorstOfSeveral() throws IOException {
        Path log = log(
                "java.lang.OutOfMemoryError: Metaspace", "Exception in thread \"x\" java.lang.NullPointerException");

        assertThat(LastWords.of(3, log)).isEqualTo("Its log says: java.lang.OutOfMemoryError: Metaspace.");
    }

    @Test
    void tellTheEndOfALogThatSaysNothing() throws IOException {
        Path log = log("one", "two", "three", "four");

        assertThat(LastWords.of(3, log)).isEqualTo("Its log ends: two / three / four.");
    }

    @Test
    void tellWhichSignalItWas() throws IOException {
        assertThat(LastWords.of(137, log("working")))
                .isEqualTo("Something outside sent SIGKILL, as a kernel does that runs out of memory. Its log ends:"
                        + " working.");
        assertThat(LastWords.of(143, log("working"))).isEqualTo("Signal 15 ended it. Its log ends: working.");
        assertThat(LastWords.of(137, directory.resolve("none"))).endsWith("It printed nothing.");
    }

    private Path log(String... lines) throws IOException {
        return Files.writeString(directory.resolve("node-1.1.log"), String.join("\n", lines) + "\n");
    }
}
