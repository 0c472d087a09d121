package dev.midwrite.controller.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.ProbeValue;
import dev.midwrite.event.UserOperation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes an answer of the probe's JSON; anything that is not exactly the probe's answer is indeterminate. */
final class ReplyReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long[] NOTHING = {};

    private ReplyReader() {}

    static Answer read(Call call, String request, long writeId, byte[] body, long invoked, long returned) {
        try {
            JsonNode reply = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (!request.equals(reply.path("request").asText())
                    || !reply.path("session").isBoolean()) {
                return Answer.indeterminate(invoked);
            }
            String node = reply.path("node").asText();
            if (!reply.path("session").booleanValue()) {
                return Answer.absent(call, invoked, returned, node);
            }
            return present(call, writeId, reply, node, invoked, returned);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Answer.indeterminate(invoked);
        }
    }

    private static Answer present(Call call, long writeId, JsonNode reply, String node, long invoked, long returned) {
        long value = 0;
        long second = 0;
        int length = 0;
        int flags = 0;
        long[] payload = NOTHING;
        switch (call.kind()) {
            case READ, READ_MUTATED -> value = value(reply, "value");
            case WRITE, WRITE_GROUP, MUTATE -> value = writeId;
            case APPEND, READ_LIST -> {
                length = need(reply, "length").intValue();
                second = hex(need(reply, "hash").asText());
                payload = hexes(need(reply, "ids"));
                flags = need(reply, "whole").booleanValue() ? UserOperation.WHOLE : 0;
            }
            case INCREMENT, READ_COUNTER -> value = need(reply, "value").longValue();
            case READ_GROUP -> payload = values(need(reply, "group"));
            case UPDATE -> {
                value = writeId;
                second = value(reply, "parent");
            }
            case READ_DOCUMENT -> {
                value = value(reply, "version");
                second = value(reply, "parent");
            }
            case LOG_IN -> value = Principal.number(need(reply, "principal").asText());
            case LIST_SESSIONS, END_OTHERS -> {
                JsonNode sessions = need(reply, "sessions");
                value = Principal.number(need(reply, "principal").asText());
                if (!sessions.isNull()) {
                    payload = hexes(sessions);
                    length = payload.length;
                    flags = UserOperation.WHOLE;
                }
            }
            case RELOGIN -> second = hex(need(reply, "incarnation").asText());
            default -> {
                // The incarnation says it all.
            }
        }
        if (reply.hasNonNull("damaged") || garbled(call.kind(), value, second, payload)) {
            flags |= UserOperation.GARBAGE;
        }
        if (call.kind().givesId() && reply.hasNonNull("url")) {
            flags |= UserOperation.IN_URL;
        }
        String of = call.kind() == OperationKind.RELOGIN ? "ended" : "incarnation";
        long incarnation = hex(need(reply, of).asText());
        return new Answer(
                Outcome.OK, invoked, returned, false, node, incarnation, value, second, length, flags, payload);
    }

    private static boolean garbled(OperationKind kind, long value, long second, long[] payload) {
        return switch (kind) {
            case READ, READ_MUTATED -> value == ProbeValue.GARBAGE;
            case UPDATE, READ_DOCUMENT -> value == ProbeValue.GARBAGE || second == ProbeValue.GARBAGE;
            case READ_GROUP -> Arrays.stream(payload).anyMatch(stamp -> stamp == ProbeValue.GARBAGE);
            default -> false;
        };
    }

    private static JsonNode need(JsonNode reply, String name) {
        JsonNode found = reply.path(name);
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("no " + name);
        }
        return found;
    }

    private static long value(JsonNode reply, String name) {
        return value(need(reply, name));
    }

    // Nothing stored is 0; whatever is stored and is no whole probe value is garbage.
    private static long value(JsonNode stored) {
        if (stored.isNull()) {
            return 0;
        }
        long writeId = ProbeValue.parse(stored.asText());
        return writeId == 0 ? ProbeValue.GARBAGE : writeId;
    }

    private static long[] values(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(array.get(i));
        }
        return values;
    }

    private static long[] hexes(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = hex(array.get(i).asText());
        }
        return values;
    }

    private static long hex(String digits) {
        return HexFormat.fromHexDigitsToLong(digits);
    }
}
