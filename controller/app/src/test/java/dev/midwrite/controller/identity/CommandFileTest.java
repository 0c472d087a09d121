package dev.midwrite.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.link.v1.InjectRequest;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFileTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00.123Z");

    @TempDir
    Path directory;

    @Test
    void keepsEachCommandInALineOfItsOwn() throws IOException {
        CommandFile.in(directory).write(entry("OK"));
        CommandFile.in(directory).write(entry("n1: refused: \"\n"));
        Path file = directory.resolve("commands.jsonl");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0))
                .isEqualTo("{\"at\":\"2026-11-30T10:00:00.123Z\",\"who\":\"anna\",\"role\":\"inject\","
                        + "\"from\":\"/127.0.0.1:5\",\"command\":\"Lift\",\"what\":{\"all\":true},\"outcome\":\"OK\"}");
        assertThat(lines).hasSize(2);
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(second.get("outcome").asText()).isEqualTo("n1: refused: \"\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A controller and a run may have one directory, and none makes the file anew under the other. */
    @Test
    void ofSeveralAtOnceEachLineStays() throws IOException {
        for (int round = 0; round < 20; round++) {
            Path place = directory.resolve("round-" + round);
            IntStream.range(0, 16).parallel().forEach(i -> {
                try {
                    CommandFile.in(place).write(entry("OK " + i));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(Files.readAllLines(place.resolve("commands.jsonl"))).hasSize(16);
        }
    }

    @Test
    void noLabelOfASessionIsKept() {
        Request request = Request.of(InjectRequest.newBuilder()
                .setInjection(Injection.newBuilder()
                        .setFault("delay")
                        .setSessions(Sessions.newBuilder().addLabels(4711L)))
                .build());
        assertThat(request.what().toString()).doesNotContain("4711");
        assertThat(request.needed()).isEqualTo(Role.INJECT);
    }

    private static CommandLog.Entry entry(String outcome) {
        return new CommandLog.Entry(NOW, "anna", "inject", "/127.0.0.1:5", "Lift", Map.of("all", true), outcome);
    }
}
