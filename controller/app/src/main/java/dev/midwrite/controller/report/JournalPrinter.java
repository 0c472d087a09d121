package dev.midwrite.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.event.ContentDigest;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.Incarnation;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.PointKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The records of one journal, in their order, as lines of text or of JSON. Not thread-safe. */
public final class JournalPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, PointKind> kinds = new HashMap<>();
    private Incarnation incarnation = new Incarnation("", 0, 0, 0, 0);

    /** The heads of the text's columns; times are UTC, by the node's clock. */
    public static String heads() {
        return line("record", "time", "what", "edge", "point", "session", "request", "more");
    }

    /** To be told of every record, also of those that are not printed: some give others their names. */
    public void learn(EventRecord record) {
        if (record.type() == EventType.HEADER) {
            incarnation = Incarnation.fromPayload(record.payload());
        } else if (record.type() == EventType.NAME) {
            names.put(record.point(), text(record));
            kinds.put(record.point(), PointKind.of(record.outcome()));
        }
    }

    public String line(EventRecord record) {
        return line(
                Long.toString(record.seq()),
                TIME.format(time(record)),
                what(record),
                record.edge() == Edge.NONE ? "" : word(record.edge()),
                record.type() == EventType.NAME ? "" : names.getOrDefault(record.point(), ""),
                hex(record.session()),
                hex(record.request()),
                more(record));
    }

    public String json(EventRecord record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("node", incarnation.node()).put("incarnation", HEX.toHexDigits(incarnation.id()));
        line.put("record", record.seq()).put("time", time(record).toString()).put("type", what(record));
        put(line, "point", record.type() == EventType.NAME ? "" : names.getOrDefault(record.point(), ""));
        put(line, "kind", kinds.getOrDefault(record.point(), PointKind.NONE).label());
        put(line, "edge", record.edge() == Edge.NONE ? "" : word(record.edge()));
        put(line, "session", hex(record.session()));
        put(line, "scope", record.scope());
        put(line, "request", hex(record.request()));
        put(line, "write", hex(record.writeId()));
        put(line, isFault(record) ? "fault" : "outcome", outcome(record));
        put(line, "step", record.step());
        put(line, "injection", record.injection());
        if (isFault(record)) {
            line.put("amount", record.digest());
        }
        put(line, "peer", record.peer() == 0 ? "" : names.getOrDefault(record.peer(), ""));
        put(line, "text", record.type() == EventType.HEADER ? "" : text(record));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // Of texts and numbers there is always some JSON.
        }
    }

    private static void put(ObjectNode line, String key, String value) {
        if (!value.isEmpty()) {
            line.put(key, value);
        }
    }

    private static void put(ObjectNode line, String key, long value) {
        if (value != 0) {
            line.put(key, value);
        }
    }

    private String more(EventRecord record) {
        StringJoiner more = new StringJoiner(", ");
        if (record.type() == EventType.HEADER) {
            return "node " + incarnation.node() + ", process " + incarnation.pid();
        }
        add(more, record.step() == 0 ? "" : "step " + record.step());
        add(more, text(record).replace('\n', ' '));
        add(more, outcome(record));
        if (isFault(record) && record.digest() != 0) {
            add(more, isTime(record) ? record.digest() / 1_000_000 + " ms" : "" + record.digest());
        }
        add(more, record.injection() == 0 ? "" : "injection " + record.injection());
        add(more, record.writeId() == 0 ? "" : "write " + hex(record.writeId()));
        add(more, record.peer() == 0 ? "" : "peer " + names.getOrDefault(record.peer(), ""));
        return more.toString();
    }

    /** A throttle's amount is bytes, and when it is done the time that they took. */
    private static boolean isTime(EventRecord record) {
        FaultKind fault = FaultKind.of(record.outcome());
        boolean waited = record.type() == EventType.FAULT_DONE && fault.waits();
        return waited || fault.isTimed() || fault == FaultKind.CLOCK;
    }

    private static void add(StringJoiner to, String text) {
        if (!text.isEmpty()) {
            to.add(text);
        }
    }

    /** Of an operation's end how it ended, of a fault its kind, of a name the point's kind. */
    private static String outcome(EventRecord record) {
        if (isFault(record)) {
            return FaultKind.of(record.outcome()).label();
        }
        if (record.type() == EventType.NAME) {
            return PointKind.of(record.outcome()).label();
        }
        return record.type() == EventType.OPERATION && record.outcome() != Outcome.NONE.code()
                ? Outcome.of(record.outcome()).name().toLowerCase(Locale.ROOT)
                : "";
    }

    private static boolean isFault(EventRecord record) {
        return record.type() == EventType.FAULT || record.type() == EventType.FAULT_DONE;
    }

    private Instant time(EventRecord record) {
        return Instant.ofEpochMilli(incarnation.wallMillis()).plusNanos(record.monoNanos() - incarnation.monoNanos());
    }

    private static String what(EventRecord record) {
        return record.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(Edge edge) {
        return edge.name().toLowerCase(Locale.ROOT);
    }

    private static String hex(long number) {
        return number == 0 ? "" : HEX.toHexDigits(number);
    }

    private static String text(EventRecord record) {
        if (record.type() == EventType.CONTENT) {
            return ContentDigest.read(record.payload()).entrySet().stream()
                    .map(each -> HEX.toHexDigits(each.getKey()) + "=" + HEX.toHexDigits(each.getValue()))
                    .collect(Collectors.joining("\n"));
        }
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-8s %-15s %-10s %-6s %-38s %-16s %-16s %s", columns)
                .stripTrailing();
    }
}
