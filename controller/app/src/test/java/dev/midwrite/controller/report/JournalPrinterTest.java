package dev.midwrite.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JournalPrinterTest {
    private static final long OPENED = Instant.parse("2026-11-29T10:00:00Z").toEpochMilli();

    private final JournalPrinter printer = new JournalPrinter();
    private long seq;

    JournalPrinterTest() {
        printer.learn(record(
                EventType.HEADER,
                0,
                0,
                Edge.NONE,
                0,
                0,
                new Incarnation("node-1", 0xAB, OPENED, 1000, 42).toPayload()));
        printer.learn(name(1, "spring.SessionRepository.save", PointKind.SESSION_SAVE));
    }

    private EventRecord record(
            EventType type, long mono, int point, Edge edge, int outcome, int injection, byte[] payload) {
        return new EventRecord(
                type, seq++, 1000 + mono, 0x5E55, 3, 7, 0, 0, point, edge, outcome, 2, injection, payload);
    }

    private EventRecord name(int number, String name, PointKind kind) {
        return record(EventType.NAME, 0, number, Edge.NONE, kind.code(), 0, name.getBytes(StandardCharsets.UTF_8));
    }

    private EventRecord step() {
        return record(
                EventType.OPERATION,
                1_500_000,
                1,
                Edge.STEP,
                Outcome.OK.code(),
                0,
                "HMSET".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineSaysWhenWhatAndWhere() {
        assertThat(printer.line(step()).split(" {2,}"))
                .containsExactly(
                        "2",
                        "10:00:00.001500 operation",
                        "step",
                        "spring.SessionRepository.save",
                        "0000000000005e55 0000000000000007 step 2, HMSET, ok");
    }

    @Test
    void columnsStandUnderTheirHeads() {
        String line = printer.line(step());
        assertThat(line.indexOf("spring.")).isEqualTo(JournalPrinter.heads().indexOf("point"));
        assertThat(line.indexOf("step 2")).isEqualTo(JournalPrinter.heads().indexOf("more"));
    }

    @Test
    void whatASessionHoldsIsPrintedAsItsDigests() {
        byte[] pairs = {0x0C, 0, 0, 0, 0, 0, 0, 0, 0x0D, 0, 0, 0, 0, 0, 0, 1};
        assertThat(printer.line(record(EventType.CONTENT, 0, 1, Edge.BEFORE, 0, 0, pairs)))
                .contains("content")
                .endsWith("step 2, 000000000000000c=010000000000000d");
    }

    @Test
    void aFaultHasItsKindAndItsInjection() {
        EventRecord crash = record(EventType.FAULT, 0, 1, Edge.STEP, FaultKind.CRASH.code(), 9, new byte[0]);
        assertThat(printer.line(crash)).contains("fault").endsWith("step 2, crash, injection 9");
        assertThat(printer.json(crash)).contains("\"fault\":\"crash\"", "\"injection\":9");
    }

    @Test
    void jsonNamesTheNodeAndTheKind() {
        assertThat(printer.json(step()))
                .startsWith("{\"node\":\"node-1\",\"incarnation\":\"00000000000000ab\",\"record\":2,")
                .contains("\"time\":\"2026-11-29T10:00:00.001500Z\"", "\"kind\":\"session.save\"", "\"text\":\"HMSET\"")
                .doesNotContain("peer", "injection", "\n");
    }
}
