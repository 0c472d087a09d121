package dev.midwrite.controller.trace;

import static dev.midwrite.controller.trace.ExportedRun.IDS;
import static dev.midwrite.controller.trace.ExportedRun.LONG;
import static dev.midwrite.controller.trace.ExportedRun.at;
import static dev.midwrite.controller.trace.ExportedRun.bundle;
import static dev.midwrite.controller.trace.ExportedRun.export;
import static dev.midwrite.controller.trace.ExportedRun.exportToNobody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.midwrite.check.Judgement;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.HistoryReader;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.SyntheticTrial;
import dev.midwrite.event.TraceParent;
import dev.midwrite.event.UserOperation;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver that knows nothing of us gets of a run. */
class TraceExportTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory;

    private Bundle healthy() throws IOException {
        return bundle(new SyntheticTrial(directory, "healthy", 1));
    }

    private Bundle losing() throws IOException {
        return bundle(new SyntheticTrial(directory, "losing", 1).losing());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Map<String, AnyValue> attributes(Span span) {
        return span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static String text(Span span, String key) {
        return attributes(span).getOrDefault(key, AnyValue.getDefaultInstance()).getStringValue();
    }

    @Test
    void eachRequestIsOneTraceWithTheIdsThatWereSent() throws IOException {
        Bundle bundle = healthy();
        try (Receiver receiver = new Receiver(200)) {
            List<String> words = export(bundle, at(receiver.uri()), LONG);
            assertThat(words).containsExactly(receiver.spans().size() + " spans sent to " + receiver.uri() + ".");
            assertThat(receiver.paths).containsOnly("POST /v1/traces application/x-protobuf");
            List<UserOperation> operations = HistoryReader.readAll(bundle.users());
            Map<String, List<Span>> traces =
                    receiver.spans().stream().collect(Collectors.groupingBy(span -> hex(span.getTraceId())));
            for (UserOperation operation : operations) {
                TraceParent sent = IDS.of(operation.request(), operation.attempt());
                List<Span> trace = traces.get(sent.traceId());
                assertThat(trace).as("request and attempt").hasSize(2);
                Span whole = trace.get(0);
                assertThat(whole.getParentSpanId()).isEmpty();
                assertThat(hex(whole.getSpanId()))
                        .isEqualTo(IDS.of(operation.request(), 0).spanId());
                Span attempt = trace.get(1);
                assertThat(hex(attempt.getSpanId())).isEqualTo(sent.spanId());
                assertThat(attempt.getParentSpanId()).isEqualTo(whole.getSpanId());
                assertThat(attempt.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
                assertThat(attempt.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            }
            assertThat(traces).as("and the run's own").hasSize(operations.size() + 1);
        }
    }

    @Test
    void timesAreThoseOfTheWallAndNamesThoseOfTheConventions() throws IOException {
        Bundle bundle = healthy();
        try (Receiver receiver = new Receiver(200)) {
            export(bundle, at(receiver.uri()), LONG);
            UserOperation first = HistoryReader.readAll(bundle.users()).get(0);
            Span attempt = receiver.spans().stream()
                    .filter(span -> hex(span.getSpanId())
                            .equals(IDS.of(first.request(), 1).spanId()))
                    .findFirst()
                    .orElseThrow();
            Instant started = Instant.parse(bundle.facts().origin().started());
            assertThat(attempt.getStartTimeUnixNano()).isEqualTo(started.toEpochMilli() * 1_000_000 + first.invoked());
            assertThat(attempt.getEndTimeUnixNano() - attempt.getStartTimeUnixNano())
                    .isEqualTo(1_000_000);
            assertThat(attempt.getName()).isEqualTo("POST");
            assertThat(text(attempt, "http.request.method")).isEqualTo("POST");
            assertThat(attributes(attempt)).doesNotContainKeys("http.response.status_code", "error.type");
            assertThat(receiver.spans())
                    .filteredOn(span -> text(span, "midwrite.node").equals("node-2")
                            && span.getParentSpanId().size() > 0)
                    .filteredOn(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                    .isNotEmpty()
                    .allSatisfy(span -> assertThat(text(span, "server.address")).isEqualTo("127.0.0.1"))
                    .allSatisfy(span -> assertThat(
                                    attributes(span).get("server.port").getIntValue())
                            .isEqualTo(8082));
            assertThat(receiver.resources())
                    .allSatisfy(resource -> assertThat(resource.getResource().getAttributesList().stream()
                                    .filter(each -> each.getKey().equals("service.name"))
                                    .map(each -> each.getValue().getStringValue()))
                            .containsExactly("midwrite"));
        }
    }

    @Test
    void theRunHasATraceWithItsFaultsAndWhoWasWithoutService() throws IOException {
        try (Receiver receiver = new Receiver(200)) {
            export(healthy(), at(receiver.uri()), LONG);
            List<Span> run = receiver.spans().stream()
                    .filter(span -> hex(span.getTraceId()).equals(IDS.ofRun().traceId()))
                    .toList();
            assertThat(receiver.spans().get(0)).as("it comes first").isEqualTo(run.get(0));
            assertThat(run).extracting(Span::getName).containsExactly("drill killed", "node action kill", "failover");
            assertThat(text(run.get(0), "midwrite.verdict")).isEqualTo("pass");
            assertThat(run.get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            Span failover = run.get(2);
            assertThat(failover.getEndTimeUnixNano() - failover.getStartTimeUnixNano())
                    .isEqualTo(800_000_000L);
            assertThat(failover.getEventsList()).extracting(Span.Event::getName).containsExactly("reconnection");
            assertThat(receiver.spans())
                    .extracting(span -> hex(span.getSpanId()))
                    .contains(hex(failover.getLinks(0).getSpanId()));
        }
    }

    @Test
    void aFindingLeadsToItsRequestsAndTheyToIt() throws IOException {
        Bundle bundle = losing();
        Drill drill = DrillFile.read(bundle.drill());
        Judgement judgement = BundleJudge.verdict(bundle, History.read(bundle), drill);
        Set<String> evidence = judgement.cards().get(0).violation().witness().stream()
                .map(operation -> IDS.of(operation.request(), 0).traceId())
                .collect(Collectors.toSet());
        try (Receiver receiver = new Receiver(200)) {
            export(bundle, at(receiver.uri()), LONG);
            Span run = receiver.spans().get(0);
            assertThat(run.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(run.getStatus().getMessage()).isEqualTo(judgement.sentence());
            assertThat(run.getLinksList().stream().map(link -> hex(link.getTraceId())))
                    .containsAll(evidence);
            assertThat(receiver.spans().stream()
                            .filter(span -> span.getParentSpanId().isEmpty())
                            .filter(span -> attributes(span).containsKey("midwrite.findings"))
                            .filter(span -> !span.equals(run))
                            .map(span -> hex(span.getTraceId()))
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(evidence);
        }
    }

    @Test
    void aFileHoldsTheSameAsLinesOfJson() throws IOException {
        Bundle bundle = losing();
        try (Receiver receiver = new Receiver(200)) {
            List<String> words = export(bundle, new TraceTarget(Optional.of(receiver.uri()), false, "", true), LONG);
            assertThat(words).hasSize(2);
            assertThat(words.get(1)).isEqualTo(receiver.spans().size() + " spans in " + TraceExport.file(bundle) + ".");
            ObjectMapper json = new ObjectMapper();
            Set<String> ids = new java.util.HashSet<>();
            for (String line : Files.readAllLines(TraceExport.file(bundle))) {
                JsonNode request = json.readTree(line);
                request.findValues("spanId").forEach(id -> ids.add(id.asText()));
            }
            assertThat(ids)
                    .containsAll(receiver.spans().stream()
                            .map(span -> hex(span.getSpanId()))
                            .toList());
        }
    }

    @Test
    void whereNobodyListensTheReasonIsSaidOnceAndTheFileIsWhole() throws IOException {
        List<String> words = exportToNobody(healthy(), "http");
        assertThat(words).hasSize(2);
        assertThat(words.get(0)).isEqualTo("0 spans sent to nobody, and not the others: it cannot be reached.");
        assertThat(words.get(1)).contains(" spans in ").doesNotStartWith("0 ");
    }

    @Test
    void anEndpointOfAnotherProtocolDoesNotCostTheFile() throws IOException {
        List<String> words = export(
                healthy(),
                new TraceTarget(Optional.empty(), true, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json", true),
                LONG);
        assertThat(words).hasSize(2);
        assertThat(words.get(0)).startsWith("No spans were sent: OTEL_EXPORTER_OTLP_PROTOCOL=http/json is set");
        assertThat(words.get(1)).contains(" spans in ").doesNotStartWith("0 ");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsGivenUp() throws IOException {
        Bundle bundle = healthy();
        try (Receiver receiver = new Receiver(0)) {
            long begun = System.nanoTime();
            assertThat(export(bundle, at(receiver.uri()), SHORT))
                    .singleElement()
                    .asString()
                    .startsWith("0 spans sent to ");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("not a second attempt")
                    .isLessThan(LONG);
            assertThat(receiver.requests).hasSize(1);
        }
    }

    @Test
    void anEndpointThatTakesNothingIsGivenUpWithItsReason() throws IOException {
        try (Receiver receiver = new Receiver(503)) {
            assertThat(export(healthy(), at(receiver.uri()), LONG))
                    .singleElement()
                    .asString()
                    .endsWith(", and not the others: it answered with status 503.");
            assertThat(receiver.requests).hasSize(1);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() throws IOException {
        Bundle bundle = healthy();
        Files.createDirectory(TraceExport.file(bundle));
        assertThat(export(bundle, new TraceTarget(Optional.empty(), false, "", true), LONG))
                .singleElement()
                .asString()
                .contains("traces.jsonl cannot be written: ");
    }
}
