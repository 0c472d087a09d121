package dev.midwrite.agent.effect;

import com.google.common.collect.MapMaker;
import dev.midwrite.agent.fault.Decision;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slow lines: what leaves by one connection, or to one other node, leaves one after the other at the rate that an injection
 * wants.
 *
 * <p>Thread-safe. Connections are held weakly and by identity; none of their methods is called.
 */
final class Lines {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Line FREE = new Line(0, 0);

    /**
     * @param injection whose rate it has; of another one it is free
     * @param freeAt when the last of its bytes has left, on the monotonic clock
     */
    private record Line(int injection, long freeAt) {}

    private final ConcurrentMap<Object, AtomicReference<Line>> connections =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<String, AtomicReference<Line>> peers = new ConcurrentHashMap<>();

    /**
     * Puts so many bytes behind those that leave by this line.
     *
     * @param connection null for the line to {@code peer}
     * @param now on the monotonic clock, in nanoseconds
     * @return in how many nanoseconds the last of them has left
     */
    long put(Object connection, String peer, Decision throttle, int bytes, long now) {
        AtomicReference<Line> line = connection == null
                ? peers.computeIfAbsent(peer, name -> new AtomicReference<>(FREE))
                : connections.computeIfAbsent(connection, object -> new AtomicReference<>(FREE));
        long takes = bytes * SECOND_NANOS / throttle.amount();
        return line.updateAndGet(before -> {
                            boolean isTaken = before.injection == throttle.injection() && before.freeAt - now > 0;
                            return new Line(throttle.injection(), (isTaken ? before.freeAt : now) + takes);
                        })
                        .freeAt
                - now;
    }
}
