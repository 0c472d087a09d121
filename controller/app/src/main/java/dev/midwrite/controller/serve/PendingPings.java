package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Pings of one agent that it has not answered yet. Thread-safe. */
final class PendingPings {
    private final Map<Long, Long> sent = new ConcurrentHashMap<>();
    /** By the ping behind them, what the agent was asked to do and says nothing of. */
    private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    private final AtomicLong ids = new AtomicLong();

    long next() {
        return ids.incrementAndGet();
    }

    /** How many there have been. */
    long count() {
        return ids.get();
    }

    /** It is about to be sent. */
    void sends(long id) {
        sent.put(id, System.nanoTime());
    }

    /** Completes this when the ping is answered. */
    void await(long id, CompletableFuture<Void> answered) {
        awaited.put(id, answered);
    }

    /** @return when the ping was sent, by {@link System#nanoTime}; empty if none of this number waits for an answer */
    OptionalLong answered(long id) {
        Long at = sent.remove(id);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** Whatever waits for the answer to this ping goes on. */
    void release(long id) {
        CompletableFuture<Void> waiting = awaited.remove(id);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** No further answer will come. */
    void fail(Problem gone) {
        awaited.values().forEach(answer -> answer.completeExceptionally(gone));
    }
}
