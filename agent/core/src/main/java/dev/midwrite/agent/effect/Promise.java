package dev.midwrite.agent.effect;

import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.scope.RequestScope;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A call that only promises. Each subscriber has a {@link Turn} of its own. Thread-safe once it has been given the
 * library's means.
 */
final class Promise {
    final Point point;
    final Object self;
    final String id;
    final Object first;
    final Object second;
    /** Of a request: what its subscriber's context hands on to all inside; null before it begins. */
    volatile RequestScope request;

    private final Function<Object, String> ids;
    private final Set<Throwable> injected = new CopyOnWriteArraySet<>();
    private Function<Object, Stream<Map.Entry<Object, Object>>> entries;
    private Function<Object, Object> just;
    private Function<Throwable, Object> fail;
    private Function<Duration, Object> delay;
    private BiFunction<Object, Function<Object, Object>, Object> then;
    private BiFunction<Object, Runnable, Object> cancel;

    @SuppressWarnings("unchecked")
    Promise(Point point, Object self, String id, Object first, Object second, Function<?, ?> ids) {
        this.point = point;
        this.self = self;
        this.id = id;
        this.first = first;
        this.second = second;
        this.ids = (Function<Object, String>) ids;
    }

    @SuppressWarnings("unchecked")
    void means(
            Function<?, ?> entriesOf,
            Function<?, ?> justThis,
            Function<?, ?> failing,
            Function<?, ?> delaying,
            BiFunction<?, ?, ?> inARow,
            BiFunction<?, ?, ?> cancelled) {
        entries = (Function<Object, Stream<Map.Entry<Object, Object>>>) entriesOf;
        just = (Function<Object, Object>) justThis;
        fail = (Function<Throwable, Object>) failing;
        delay = (Function<Duration, Object>) delaying;
        cancel = (BiFunction<Object, Runnable, Object>) cancelled;
        then = (BiFunction<Object, Function<Object, Object>, Object>) inARow;
    }

    /** The promise within which this context lies; null for none. */
    Promise around(Object context) {
        return entries.apply(context)
                .map(Map.Entry::getValue)
                .filter(Promise.class::isInstance)
                .map(Promise.class::cast)
                .findAny()
                .orElse(null);
    }

    String idOf(Object value) {
        return ids == null || value == null ? null : ids.apply(value);
    }

    /** A promise of the library's own kind; of null an empty one. */
    Object of(Object value) {
        return just.apply(value);
    }

    /** @param error an injected one */
    Object failed(Throwable error) {
        injected.add(error);
        return fail.apply(error);
    }

    /** The injected error itself: a library wraps what fails after its body. */
    Throwable plain(Throwable error) {
        return error.getCause() != null && injected.contains(error.getCause()) ? error.getCause() : error;
    }

    /** That value, once this turn's wait is over; no thread is kept meanwhile. */
    Object after(Turn turn, Object value) {
        long left = turn.pauseLeft();
        return left <= 0 ? of(value) : then.apply(delay.apply(Duration.ofNanos(left)), woken -> after(turn, value));
    }

    /** The same, and what is done if the subscriber goes meanwhile. */
    Object unlessCancelled(Object kept, Runnable gone) {
        return cancel.apply(kept, gone);
    }

    @SuppressWarnings("unchecked")
    static Object tapped(Object body, BiFunction<?, ?, ?> tap, Consumer<Object> with) {
        return ((BiFunction<Object, Consumer<Object>, Object>) tap).apply(body, with);
    }
}
