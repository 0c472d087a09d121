package dev.midwrite.agent.effect;

import dev.midwrite.agent.journal.Journal;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.Passage;
import dev.midwrite.agent.scope.Step;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventType;
import dev.midwrite.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Writes edges of operations. Thread-safe. */
final class Records {
    private static final byte[] NOTHING = {};
    /** Names come from code, not from data; should a host make them up, no more than this are kept. */
    private static final int KEPT_NAMES = 1000;
    /** Of an exception; some are their own cause's cause. */
    private static final int MOST_CAUSES = 8;

    private final Journal journal;
    private final int[] numbers;
    private final Peers peers;
    private final ConcurrentMap<String, byte[]> names = new ConcurrentHashMap<>();

    Records(Journal journal, int[] numbers, Peers peers) {
        this.journal = journal;
        this.numbers = numbers.clone();
        this.peers = peers;
    }

    void edge(Passage passage, Point point, Edge edge, Outcome outcome, long digest, String payload) {
        write(EventType.OPERATION, passage, point, edge, outcome, digest, bytes(payload));
    }

    /** @param trace the id of the request's trace; empty for none. Each is another, so none is kept. */
    void request(Passage passage, Point point, String trace) {
        write(
                EventType.OPERATION,
                passage,
                point,
                Edge.BEFORE,
                Outcome.NONE,
                0,
                trace.getBytes(StandardCharsets.US_ASCII));
    }

    void phase(Passage passage, Edge edge, Outcome outcome, long digest, String payload) {
        write(EventType.LIFECYCLE, passage, passage.point, edge, outcome, digest, bytes(payload));
    }

    /** Where sessions are kept, as {@link EventType#LOCATION} says it. */
    void location(Point point, String lines) {
        journal.append(
                EventType.LOCATION,
                0,
                0,
                0,
                0,
                0,
                numbers[point.number()],
                Edge.NONE,
                0,
                0,
                0,
                lines.getBytes(StandardCharsets.UTF_8));
    }

    /** What a step carries or brought, as {@link EventType#CONTENT} says it. */
    void content(Step step, Edge edge, byte[] digests) {
        journal.append(
                EventType.CONTENT,
                step.session,
                step.scope,
                step.request,
                0,
                0,
                numbers[step.operation.point.number()],
                edge,
                0,
                step.step(),
                0,
                digests);
    }

    /** The classes of an exception and its causes, one a line; their messages hold data, and stay in the process. */
    static String names(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringBuilder names = new StringBuilder(thrown.getClass().getName());
        Throwable cause = thrown.getCause();
        for (int i = 1; i < MOST_CAUSES && cause != null; i++) {
            names.append('\n').append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return names.toString();
    }

    private void write(
            EventType type, Passage passage, Point point, Edge edge, Outcome outcome, long digest, byte[] payload) {
        journal.append(
                type,
                passage.session,
                passage.scope,
                passage.request,
                passage.writeId,
                digest,
                numbers[point.number()],
                edge,
                outcome.code(),
                passage.step(),
                0,
                peers.number(passage.peer),
                payload);
    }

    private byte[] bytes(String name) {
        if (name.isEmpty()) {
            return NOTHING;
        }
        byte[] known = names.get(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (names.size() < KEPT_NAMES) {
            names.put(name, bytes);
        }
        return bytes;
    }

    static Outcome outcome(Passage passage, Throwable thrown) {
        if (thrown != null) {
            return Outcome.FAIL;
        }
        return passage.skip ? Outcome.INFO : Outcome.OK;
    }
}
