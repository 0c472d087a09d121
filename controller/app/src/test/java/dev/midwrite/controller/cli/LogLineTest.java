package dev.midwrite.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.run.Note;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text);

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : text.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void eachEventOfARunIsOneObjectWithWhatItIsAbout() throws IOException {
        Progress progress = new JsonProgress(err, "").of("crash");
        progress.phase(DrillPhase.WARMUP, "3 users");
        progress.phase(DrillPhase.WARMUP, "4 users");
        progress.note("A line\nof \"two\".");
        progress.note(new Note(Level.WARNING, "It is gone.", "node-1", TRACE));
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).get("phase").asText()).isEqualTo("warmup");
        assertThat(lines.get(1).get("message").asText()).isEqualTo("A line\nof \"two\".");
        assertThat(lines.get(1).has("node")).isFalse();
        JsonNode about = lines.get(2);
        assertThat(about.fieldNames())
                .toIterable()
                .containsExactly("time", "level", "message", "drill", "node", "trace_id");
        assertThat(Instant.parse(about.get("time").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(about.get("level").asText()).isEqualTo("warning");
        assertThat(about.get("drill").asText()).isEqualTo("crash");
        assertThat(about.get("node").asText()).isEqualTo("node-1");
        assertThat(about.get("trace_id").asText()).isEqualTo(TRACE);
    }

    @Test
    void aControllerTellsOfAFaultWithTheTraceThatItStruck() throws IOException {
        FleetLog log = new FleetLog(err, LogFormat.JSON);
        log.stored("node-1", 1, event(EventType.OPERATION, 5, 0, TRACE), "tomcat.CoyoteAdapter.service");
        log.stored("node-1", 1, event(EventType.FAULT, 5, FaultKind.DROP.code(), ""), "spring.SessionRepository.save");
        log.stored("node-1", 1, event(EventType.FAULT, 6, FaultKind.DROP.code(), ""), "spring.SessionRepository.save");
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("message").asText())
                .isEqualTo("drop at spring.SessionRepository.save, injection 3");
        assertThat(lines.get(0).get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(lines.get(1).has("trace_id")).isFalse();
    }

    @Test
    void aTextIsOneLine() {
        FleetLog log = new FleetLog(err, LogFormat.TEXT);
        log.stored("node-1", 1, event(EventType.FAULT, 6, FaultKind.DROP.code(), ""), "spring.SessionRepository.save");
        assertThat(text.toString())
                .matches("[0-9T:.-]+Z warning node-1: drop at spring.SessionRepository.save, injection 3\\R");
    }

    @Test
    void whatIsRefusedIsAnObjectToo() throws IOException {
        int exitCode = Midwrite.commandLine()
                .setErr(err)
                .execute("drill", "run", "--log-format", "json", "there-is-no-such.yaml");
        assertThat(exitCode).isEqualTo(64);
        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.get("level").asText()).isEqualTo("error");
            assertThat(line.get("message").asText()).contains("there is no such file");
        });
    }

    @Test
    void soIsACommandLineThatCannotBeUnderstood() throws IOException {
        int exitCode =
                Midwrite.commandLine().setErr(err).execute("drill", "run", "--log-format=json", "--no-such-option");
        assertThat(exitCode).isEqualTo(64);
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line.get("level").asText()).isEqualTo("error"));
    }

    private static EventRecord event(EventType type, long request, int outcome, String payload) {
        return new EventRecord(
                type,
                0,
                0,
                0,
                0,
                request,
                0,
                0,
                1,
                Edge.BEFORE,
                outcome,
                0,
                type == EventType.FAULT ? 3 : 0,
                payload.getBytes(StandardCharsets.US_ASCII));
    }
}
