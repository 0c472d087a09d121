package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartLogTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tomcat started on port 8080 (http) with context path '/shop'   | /shop",
                "Tomcat started on port(s): 8080 (http) with context path ''    |",
                "Jetty started on port 8080 (http/1.1) with context path '/'    |",
                "Netty started on port(s) 8080                                  |",
            })
    void aPortBesideItsOwnIsSeen(String line, String context) throws IOException {
        StartLog one = log(line + "\n");
        assertThat(one.context()).isEqualTo(context == null ? "" : context);
        assertThat(one.listensBeside(8080)).isFalse();
        assertThat(log(line + "\n" + line.replace("8080", "9090")).listensBeside(8080))
                .isTrue();
    }

    @Test
    void aLogThatSaysNothingIsNoPort() throws IOException {
        assertThat(log("hello\n").listensBeside(8080)).isFalse();
        assertThat(StartLog.of(directory.resolve("none")).listensBeside(8080)).isFalse();
    }

    private StartLog log(String text) throws IOException {
        return StartLog.of(Files.writeString(directory.resolve("log"), text));
    }
}
