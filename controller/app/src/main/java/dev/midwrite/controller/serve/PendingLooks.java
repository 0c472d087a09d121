package dev.midwrite.controller.serve;

import dev.midwrite.controller.Problem;
import dev.midwrite.link.v1.Kept;
import dev.midwrite.link.v1.Look;
import dev.midwrite.link.v1.Looked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Looks into maps that one agent was asked for, until all parts of its answers have come. Thread-safe; answers come one after the other. */
final class PendingLooks {
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private record Asked(List<Kept> kept, CompletableFuture<List<Kept>> answer) {}

    /** @param answer gets what the maps held, when the last part has come */
    Look ask(String map, CompletableFuture<List<Kept>> answer) {
        long id = ids.incrementAndGet();
        asked.put(id, new Asked(new ArrayList<>(), answer));
        return Look.newBuilder().setId(id).setMap(map).build();
    }

    /** A part has come; of a look that nobody has asked for nothing is taken. */
    void looked(Looked part) {
        Asked look = asked.get(part.getId());
        if (look == null) {
            return;
        }
        if (part.hasKept()) {
            look.kept().add(part.getKept());
        }
        if (part.getLast()) {
            asked.remove(part.getId());
            if (part.getProblem().isEmpty()) {
                look.answer().complete(List.copyOf(look.kept()));
            } else {
                look.answer().completeExceptionally(new Problem(part.getProblem()));
            }
        }
    }

    /** No further part will come. */
    void fail(Problem gone) {
        asked.values().forEach(look -> look.answer().completeExceptionally(gone));
    }
}
