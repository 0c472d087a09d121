package dev.midwrite.controller.front;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.front.FrontAttempt.Ending;
import dev.midwrite.controller.front.FrontAttempt.Form;
import dev.midwrite.controller.load.RequestResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Writes one line of JSON for each attempt, and keeps how requests were served. Thread-safe. */
public final class FrontLog implements RelayListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_BY_MILLI = 1e6;
    private static final int SERVER_ERROR = 500;

    private final Writer writer;
    private final List<String> nodes;
    private final List<RequestResult> results = new ArrayList<>();
    private IOException failure;
    private boolean closed;

    private FrontLog(Writer writer, List<String> nodes) {
        this.writer = writer;
        this.nodes = nodes;
    }

    /**
     * Begins a file.
     *
     * @param file written over; null for none
     * @param nodes names by number
     * @throws Problem if it cannot be written
     */
    public static FrontLog open(Path file, List<String> nodes) {
        try {
            return new FrontLog(file == null ? Writer.nullWriter() : Files.newBufferedWriter(file), nodes);
        } catch (IOException e) {
            throw new Problem(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public synchronized void relayed(FrontAttempt attempt) {
        if (closed) {
            return;
        }
        // A client that left says nothing of the service.
        if (attempt.ending() != Ending.ABANDONED && !(attempt.ending() == Ending.UNSENT && attempt.node() != 0)) {
            results.add(new RequestResult(attempt.invoked() / NANOS_BY_MILLI, failure(attempt)));
        }
        try {
            writer.write(line(attempt).toString());
            writer.write('\n');
        } catch (IOException e) {
            failure = failure == null ? e : failure; // The clients' requests go on; it is said in the end.
        }
    }

    private static String failure(FrontAttempt attempt) {
        return switch (attempt.ending()) {
            case UNSENT -> "no node";
            case CUT -> attempt.form() == Form.PLAIN ? "cut off" : "";
            case ANSWERED, ABANDONED -> attempt.status() >= SERVER_ERROR ? "status " + attempt.status() : "";
        };
    }

    private ObjectNode line(FrontAttempt attempt) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", attempt.invoked() / NANOS_BY_MILLI);
        line.put("millis", (attempt.ended() - attempt.invoked()) / NANOS_BY_MILLI);
        line.put("request", HexFormat.of().toHexDigits(attempt.request()));
        line.put("attempt", attempt.attempt());
        line.put("session", hash(attempt.session()));
        line.put("method", attempt.method());
        line.put("node", nodes.get(attempt.node()));
        line.put("status", attempt.status());
        line.put("ending", attempt.ending().name().toLowerCase(Locale.ROOT));
        if (attempt.form() != Form.PLAIN) {
            line.put("form", attempt.form().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (attempt.login()) {
            line.put("login", true);
        }
        if (attempt.given() != 0) {
            line.put("given", hash(attempt.given()));
        }
        if (attempt.taken()) {
            line.put("taken", true);
        }
        if (attempt.form() == Form.WEB_SOCKET) {
            line.put("closedByNode", attempt.closedByNode());
            line.put("closedByClient", attempt.closedByClient());
        }
        return line;
    }

    private static String hash(long session) {
        return session == 0 ? "" : HexFormat.of().toHexDigits(session);
    }

    /** So far, without those whose clients left. */
    public synchronized List<RequestResult> results() {
        return List.copyOf(results);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            writer.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw new Problem("The front's log is not whole: " + failure.getMessage() + ".", failure);
        }
    }
}
