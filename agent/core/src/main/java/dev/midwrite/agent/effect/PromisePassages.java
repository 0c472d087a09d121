package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Role;
import dev.midwrite.agent.scope.Operation;
import dev.midwrite.agent.scope.Passage;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls that only promise: an operation lasts from a subscription to its end, and no thread is ever kept. What lies within
 * another operation, as the context of its subscriber tells, is a part of that one. Thread-safe.
 */
final class PromisePassages {
    private final SessionPassages sessions;
    private final HostPassages host;
    private final BooleanSupplier open;
    private final Guard guard;

    /** Does the agent's work on a host's thread, and keeps its errors away from it. */
    interface Guard {
        /** @param otherwise what is answered if the agent fails */
        <T> T run(int point, T otherwise, Supplier<T> work);
    }

    /** @param open whether there still is a recording */
    PromisePassages(SessionPassages sessions, HostPassages host, BooleanSupplier open, Guard guard) {
        this.sessions = sessions;
        this.host = host;
        this.open = open;
        this.guard = guard;
    }

    /** Somebody subscribes, with this context: to a promise of a turn. */
    Object begin(Promise promise, Object context) {
        Turn turn = new Turn(promise);
        Throwable error = guard.run(promise.point.number(), null, () -> begin(turn, context));
        if (error != null) {
            return promise.failed(error);
        }
        boolean waits = turn.passage != null && turn.passage.pause != null;
        Object begun = promise.after(turn, turn);
        return waits ? promise.unlessCancelled(begun, () -> cancelled(turn)) : begun;
    }

    /** While it waited; later it is the library that tells. */
    private void cancelled(Turn turn) {
        if (turn.passage != null && turn.passage.pause != null) {
            cancel(turn);
        }
    }

    private Throwable begin(Turn turn, Object context) {
        Promise promise = turn.promise;
        Promise around = promise.around(context);
        if (!open.getAsBoolean() || (around != null && around.point.role() != Role.REQUEST)) {
            return null;
        }
        turn.scope.request = around == null ? null : around.request;
        if (promise.point.role() == Role.REQUEST) {
            turn.passage = host.request(
                    turn.scope,
                    promise.point,
                    promise.self,
                    (String) promise.first,
                    (String) promise.second,
                    promise.id);
            promise.request = turn.scope.request;
        } else {
            turn.passage = sessions.enter(turn.scope, promise.point, promise.self, promise.id, "", promise.first, null);
        }
        Passage passage = turn.passage;
        return passage == null || passage.error == null ? null : exit(turn, null);
    }

    /** To the body, or to nothing if it must not run. */
    Object run(Turn turn, Object body, BiFunction<?, ?, ?> tap) {
        if (turn.passage == null) {
            return body;
        }
        Consumer<Object> keep = value -> turn.value = value;
        return turn.passage.skip ? turn.promise.of(null) : Promise.tapped(body, tap, keep);
    }

    /** The body has worked: to a promise for which the subscriber waits. */
    Object complete(Turn turn) {
        if (turn.passage == null) {
            return turn.promise.of(null);
        }
        Throwable error = guard.run(turn.promise.point.number(), null, () -> exit(turn, null));
        return error == null ? turn.promise.after(turn, null) : turn.promise.failed(error);
    }

    Object fail(Turn turn, Throwable thrown) {
        if (turn.passage != null) {
            Throwable unused = guard.run(turn.promise.point.number(), null, () -> exit(turn, thrown));
        }
        return turn.promise.of(null);
    }

    Object cancel(Turn turn) {
        if (turn.passage != null) {
            guard.run(turn.promise.point.number(), null, () -> {
                if (turn.passage instanceof Operation operation) {
                    sessions.abandon(operation);
                } else {
                    host.abandon(turn.passage);
                }
                return null;
            });
        }
        return turn.promise.of(null);
    }

    private Throwable exit(Turn turn, Throwable thrown) {
        if (turn.passage instanceof Operation operation) {
            String id = turn.promise.idOf(turn.value);
            return sessions.exit(turn.scope, operation, turn.value, id, thrown);
        }
        return host.exit(turn.scope, turn.passage, thrown);
    }
}
