package dev.midwrite.controller.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The users' history as JSON lines, two for each operation; {@code docs/export.md} lists the keys. Ids of 64 bits are texts of
 * 16 hexadecimal digits, because many readers of JSON keep 53 bits of a number. Pure.
 */
public final class JsonLinesExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLinesExport() {}

    /**
     * @param operations of one run
     * @param nodes names by number
     * @param attributes names by number
     */
    public static List<String> lines(List<UserOperation> operations, List<String> nodes, List<String> attributes) {
        List<String> lines = new ArrayList<>();
        for (HistoryEvent event : HistoryEvent.of(operations)) {
            UserOperation operation = event.operation();
            ObjectNode line = JSON.createObjectNode();
            line.put("index", lines.size());
            line.put("time", event.time());
            line.put("process", event.process());
            line.put("type", lower(event.type()));
            line.put("f", lower(operation.kind()));
            line.put("session", hex(operation.session()));
            line.put("attribute", named(attributes, operation.attribute()));
            line.put("request", hex(operation.request()));
            line.put("attempt", operation.attempt());
            line.put("value", hex(operation.value()));
            if (event.type() != HistoryEvent.Type.INVOKE) {
                line.put("node", named(nodes, operation.node()));
                line.put("second", hex(operation.second()));
                line.put("status", operation.status());
                line.put("length", operation.length() - operation.status());
                ArrayNode payload = line.putArray("payload");
                for (long item : operation.payload()) {
                    payload.add(hex(item));
                }
                line.put("final", operation.is(UserOperation.FINAL));
                line.put("absent", operation.is(UserOperation.ABSENT));
                line.put("garbage", operation.is(UserOperation.GARBAGE));
                line.put("whole", operation.is(UserOperation.WHOLE));
                line.put("journaled", operation.is(UserOperation.JOURNALED));
            }
            lines.add(written(line));
        }
        return lines;
    }

    private static String named(List<String> names, int number) {
        return number < names.size() ? names.get(number) : Integer.toString(number);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String hex(long id) {
        return String.format(Locale.ROOT, "%016x", id);
    }

    private static String written(ObjectNode line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }
}
