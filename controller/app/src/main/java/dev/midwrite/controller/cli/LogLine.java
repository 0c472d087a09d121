package dev.midwrite.controller.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One event of a log. What it is not about has no key.
 *
 * @param more further keys, behind the others
 */
record LogLine(
        Instant time, Level level, String message, String drill, String node, String trace, Map<String, Object> more) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Happened now, and is about nothing that has a name. */
    static LogLine now(Level level, String message) {
        return new LogLine(Instant.now(), level, message, "", "", "", Map.of());
    }

    LogLine of(String aDrill, String aNode, String aTrace) {
        return new LogLine(time, level, message, aDrill, aNode, aTrace, more);
    }

    /** With one more key. */
    LogLine with(String key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(key, value);
        return new LogLine(time, level, message, drill, node, trace, all);
    }

    String in(LogFormat format) {
        return format == LogFormat.JSON ? json() : text();
    }

    /** Such as {@code 2026-11-30T09:56:04.123Z info node-1: connected}. */
    private String text() {
        return TIME.format(time) + " " + label() + " " + (node.isEmpty() ? "" : node + ": ") + message
                + (trace.isEmpty() ? "" : " (trace " + trace + ")");
    }

    private String json() {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", TIME.format(time));
        line.put("level", label());
        line.put("message", message);
        put(line, "drill", drill);
        put(line, "node", node);
        put(line, "trace_id", trace);
        more.forEach((key, value) -> line.set(key, JSON.valueToTree(value)));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void put(ObjectNode line, String key, String value) {
        if (!value.isEmpty()) {
            line.put(key, value);
        }
    }

    private String label() {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
