package dev.midwrite.agent.point;

import dev.midwrite.agent.journal.Journal;
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

    private final Journal journal;
    private final int[] numbers;
    private final ConcurrentMap<String, byte[]> names = new ConcurrentHashMap<>();

    Records(Journal journal, int[] numbers) {
        this.journal = journal;
        this.numbers = numbers;
    }

    void edge(Token token, Place place, Edge edge, Outcome outcome, long digest, String payload) {
        write(EventType.OPERATION, token, place, edge, outcome, digest, payload);
    }

    void phase(Token token, Edge edge, Outcome outcome, long digest, String payload) {
        write(EventType.LIFECYCLE, token, token.place, edge, outcome, digest, payload);
    }

    private void write(
            EventType type, Token token, Place place, Edge edge, Outcome outcome, long digest, String payload) {
        journal.append(
                type,
                token.session,
                token.scope,
                token.request,
                token.writeId,
                digest,
                numbers[place.ordinal()],
                edge,
                outcome.code(),
                token.step(),
                0,
                bytes(payload));
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

    static Outcome outcome(Token token, Throwable thrown) {
        if (thrown != null) {
            return Outcome.FAIL;
        }
        return token.skip ? Outcome.INFO : Outcome.OK;
    }
}
