package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.trace.TraceExport;
import dev.midwrite.event.OperationKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From hand-written journals to spans of what nodes did for a request. */
class TracedJournalTest {
    private static final long EPOCH = Instant.parse("2026-11-21T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final String GOES_ON = "SESSION-DELTA ack=none";
    private static final String DRILL = """
            version: 1
            name: recorded
            store: {kind: redis}
            nodes: {command: "{java} -jar shop.jar"}
            users: {sessions: 1, workloads: [register], duration: 1s}
            """;

    @TempDir
    private Path directory;

    private final RecordedRun run = new RecordedRun();

    private List<JsonNode> spans() throws IOException {
        History history = run.history(directory);
        Bundle bundle = new Bundle(directory.resolve("bundle"));
        bundle.write(new TraceFacts(TraceFacts.FORMAT, new TraceIds(7), Map.of()));
        Drill drill = DrillFile.parse(Path.of("recorded.yaml"), DRILL);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TraceExport.write(history, drill, BundleJudge.verdict(bundle, history, drill), out);
        List<JsonNode> spans = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            json.readTree(line).findValues("spans").forEach(all -> all.forEach(spans::add));
        }
        return spans;
    }

    /** From then on node-1 serves request 1, and what it changes is applied on node-2. */
    private void replicates(long from) {
        RecordedRun.Start one = run.start("node-1", 1000)
                .ping(from, 20)
                .recording(from + 1)
                .begin(from + 101, 1)
                .sends(from + 110, 1, 2, 77, GOES_ON)
                .commit(from + 120, 1);
        RecordedRun.Start two =
                run.start("node-2", -500).ping(from, 20).recording(from + 1).applies(from + 900, 1, 77);
        two.sends(from + 8000, 90, 1, 99, GOES_ON);
        one.applies(from + 8001, 2, 99);
    }

    private static JsonNode named(List<JsonNode> spans, String name) {
        return spans.stream()
                .filter(span -> span.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + spans));
    }

    private static List<JsonNode> all(List<JsonNode> spans, String name) {
        return spans.stream()
                .filter(span -> span.get("name").asText().equals(name))
                .toList();
    }

    private static long begin(JsonNode span) {
        return span.get("startTimeUnixNano").asLong() - EPOCH;
    }

    private static long end(JsonNode span) {
        return span.get("endTimeUnixNano").asLong() - EPOCH;
    }

    private static List<String> events(JsonNode span) {
        return span.findValues("events").stream()
                .flatMap(all -> {
                    List<String> names = new ArrayList<>();
                    all.forEach(event -> names.add(event.get("name").asText()));
                    return names.stream();
                })
                .toList();
    }

    @Test
    void whatANodeJournaledLiesWithinTheAttemptThatItServed() throws IOException {
        run.start("node-1", 1000)
                .ping(0, 20)
                .recording(1)
                .begin(110, 1)
                .savesWhole(120, 1, 0x1001, "HMSET")
                .commit(150, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        List<JsonNode> spans = spans();
        JsonNode attempt = named(spans, "POST");
        assertThat(begin(attempt)).isEqualTo(100);
        JsonNode request = named(spans, "request");
        assertThat(request.get("parentSpanId")).isEqualTo(attempt.get("spanId"));
        assertThat(begin(request)).isEqualTo(110);
        assertThat(request.at("/status/message").asText()).isEqualTo("its end is not in the journal");
        JsonNode save = named(spans, "session.save");
        assertThat(save.get("parentSpanId")).isEqualTo(request.get("spanId"));
        assertThat(save.get("traceId")).isEqualTo(attempt.get("traceId"));
        assertThat(begin(save)).isEqualTo(120);
        assertThat(end(save)).isEqualTo(122);
        assertThat(events(save)).containsExactly("answered HMSET");
        assertThat(named(spans, "response.commit").has("status")
                        && named(spans, "response.commit").get("status").has("message"))
                .isFalse();
    }

    @Test
    void eachAttemptAtANodeHasARequestOfItsOwn() throws IOException {
        run.start("node-1", 1000)
                .ping(0, 20)
                .recording(1)
                .begin(1_000_110, 1)
                .begin(3_000_110, 1)
                .savesWhole(3_000_120, 1, 0x1001, "HMSET");
        run.unanswered(OperationKind.WRITE, 1_000_000, 1, 0x1001, 1);
        run.again(OperationKind.WRITE, 3_000_000, 3_000_200, 1, 0x1001, 1);
        List<JsonNode> spans = spans();
        List<JsonNode> attempts = all(spans, "POST");
        List<JsonNode> requests = all(spans, "request");
        assertThat(requests)
                .extracting(span -> span.get("parentSpanId"))
                .containsExactly(attempts.get(0).get("spanId"), attempts.get(1).get("spanId"));
        assertThat(named(spans, "session.save").get("parentSpanId"))
                .isEqualTo(requests.get(1).get("spanId"));
    }

    @Test
    void aSecondAttemptIsReplicatedToo() throws IOException {
        replicates(3_000_000);
        run.unanswered(OperationKind.WRITE, 1_000_000, 1, 0x1001, 3);
        run.again(OperationKind.WRITE, 3_000_000, 3_000_200, 1, 0x1001, 1);
        List<JsonNode> spans = spans();
        assertThat(named(spans, "replicate to node-2").get("parentSpanId"))
                .isEqualTo(all(spans, "POST").get(1).get("spanId"));
    }

    @Test
    void aFaultIsAnEventOfWhatItStruck() throws IOException {
        run.start("node-1", 0)
                .ping(0, 20)
                .recording(1)
                .begin(110, 1)
                .corrupts(120, 1)
                .commit(150, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(events(named(spans(), "POST"))).containsExactly("fault");
    }

    @Test
    void replicationLastsFromWhenItWasSentUntilItWasApplied() throws IOException {
        replicates(0);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        List<JsonNode> spans = spans();
        JsonNode replication = named(spans, "replicate to node-2");
        assertThat(replication.get("traceId")).isEqualTo(named(spans, "POST").get("traceId"));
        assertThat(begin(replication)).isEqualTo(110);
        assertThat(end(replication)).isBetween(891L, 911L);
    }

    @Test
    void aNodeWhoseClockWasNeverMeasuredHasNoTimesToShow() throws IOException {
        run.start("node-1", 1000).recording(1).begin(110, 1).commit(150, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(spans())
                .extracting(span -> span.get("name").asText())
                .containsExactly("drill recorded", "write register a", "POST");
    }

    @Test
    void whatHadNoAnswerEndsWhenItsUserGaveItUp() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        JsonNode attempt = named(spans(), "POST");
        assertThat(end(attempt)).isEqualTo(100 + 2_000_000_000L);
        assertThat(attempt.at("/status/message").asText()).isEqualTo("may have taken effect: no answer");
    }
}
