package dev.midwrite.controller.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.midwrite.event.RequestHeaders;
import java.net.http.HttpHeaders;
import java.util.List;

/**
 * An answer as it came.
 *
 * @param json the body; a missing node if it is no JSON
 */
public record ProbeReply(int status, HttpHeaders headers, String body, JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CHARACTERS = 300;

    static ProbeReply of(int status, HttpHeaders headers, String body) {
        return new ProbeReply(status, headers, body, parse(body));
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The first line of the body that is not blank, shortened; empty if there is none. */
    public String firstLine() {
        String line = body.lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }

    /** Empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public List<String> cookies() {
        return headers.allValues("Set-Cookie");
    }

    /** Whether the probe's handler ran: header and body repeat the request id. */
    public boolean echoes(String request) {
        return request.equals(header(RequestHeaders.REQUEST))
                && request.equals(json.path("request").asText());
    }

    /** Whether it says that there is a session. */
    public boolean session() {
        return json.path("session").booleanValue();
    }

    /** Empty if it has none. */
    public String text(String field) {
        return json.path(field).asText("");
    }
}
