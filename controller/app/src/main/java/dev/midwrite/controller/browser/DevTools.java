package dev.midwrite.controller.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.controller.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands and events of the DevTools protocol, each a JSON text that ends with a zero byte. Thread-safe. */
final class DevTools {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A page of five megabytes on a busy machine takes seconds. */
    private static final long PATIENCE_SECONDS = 60;

    private final OutputStream out;
    private final InputStream in;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    DevTools(OutputStream out, InputStream in) {
        this.out = out;
        this.in = in;
        Thread reader = new Thread(this::read, "midwrite-browser");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        Throwable end = new IOException("the browser has ended");
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next > 0) {
                    message.write(next);
                } else {
                    take(JSON.readTree(message.toByteArray()));
                    message.reset();
                }
            }
        } catch (IOException e) {
            end = e;
        }
        ended = true;
        for (CompletableFuture<JsonNode> waiting : open.values()) {
            waiting.completeExceptionally(end);
        }
        for (CompletableFuture<JsonNode> waiting : awaited.values()) {
            waiting.completeExceptionally(end);
        }
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> asked = open.remove(message.path("id").asInt());
        if (asked != null) {
            asked.complete(message);
        } else if (message.has("method")) {
            events.add(message);
            CompletableFuture<JsonNode> waiting =
                    awaited.remove(message.path("method").asText());
            if (waiting != null) {
                waiting.complete(message);
            }
        }
    }

    /** Events so far, in the order in which they came. */
    List<JsonNode> events() {
        return List.copyOf(events);
    }

    /** The next event of this name; to be asked for before what brings it about. */
    CompletableFuture<JsonNode> next(String event) {
        return awaited.computeIfAbsent(event, name -> new CompletableFuture<>());
    }

    /**
     * What came of a command.
     *
     * @param session empty for the browser itself
     * @throws Problem if the browser rejects it, does not answer, or has ended
     */
    JsonNode ask(String session, String method, Map<String, ?> parameters) throws InterruptedException {
        int id = ids.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        command.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        if (ended) {
            throw new Problem("The browser has ended.");
        }
        send(command);
        JsonNode message = await(answer, method);
        if (message.has("error")) {
            throw new Problem("The browser rejected " + method + ": "
                    + message.path("error").path("message").asText() + ".");
        }
        return message.path("result");
    }

    private synchronized void send(ObjectNode command) {
        try {
            out.write(JSON.writeValueAsBytes(command));
            out.write(0);
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new Problem("The browser has ended.", e);
        }
    }

    static JsonNode await(CompletableFuture<JsonNode> answer, String what) throws InterruptedException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Problem("The browser ended before it answered " + what + ".", e);
        } catch (TimeoutException e) {
            throw new Problem("The browser did not answer " + what + " within " + PATIENCE_SECONDS + " s.", e);
        }
    }
}
