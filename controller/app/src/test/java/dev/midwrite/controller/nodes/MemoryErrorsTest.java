package dev.midwrite.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryErrorsTest {
    @TempDir
    Path directory;

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("node-1.log"), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void theFirstIsToldWithoutTheProgramsWordsBeforeIt() throws IOException {
        Path log = log("""
                up
                2026-01-01 ERROR café [exec-1] Handler dispatch failed: java.lang.OutOfMemoryError: Java heap space
                java.lang.OutOfMemoryError: Metaspace
                """);

        assertThat(MemoryErrors.first(log)).contains("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void eachReasonOfAJdk() throws IOException {
        assertThat(MemoryErrors.first(
                        log("Caused by: java.lang.OutOfMemoryError: unable to create native thread: possibly"
                                + " out of memory or process/resource limits reached")))
                .isPresent();
        assertThat(MemoryErrors.first(
                        log("java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct buffer memory"
                                + " (allocated: 10, limit: 12)")))
                .isPresent();
    }

    @Test
    void aMentionIsNone() throws IOException {
        Path log = log("""
                Picked up -XX:+HeapDumpOnOutOfMemoryError
                registered a handler of java.lang.OutOfMemoryError
                class java.lang.OutOfMemoryErrorPolicy
                """);
        assertThat(MemoryErrors.first(log)).isEmpty();
        assertThat(MemoryErrors.first(directory.resolve("no.log"))).isEmpty();
    }
}
