package dev.midwrite.controller.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a run has gone on after for long enough. What tells a run to end, such as Ctrl-C in a terminal, reaches what the run
 * started as well, and may end that sooner: what broke in the run's last moments proves nothing. Thread-safe.
 */
final class Aftermath {
    /** By then this JVM knows whether it was told to end, too; nanoseconds. */
    static final long ENOUGH = TimeUnit.SECONDS.toNanos(2);

    /** When each was seen first, on the users' clock. */
    private final Map<Object, Long> seen = new HashMap<>();

    /**
     * Those of them that were seen long enough ago.
     *
     * @param now nanoseconds on the users' clock
     */
    synchronized <T> List<T> of(List<T> happened, long now) {
        return happened.stream().filter(one -> left(one, now) == 0).toList();
    }

    /** How long until it has gone on after all of them, in nanoseconds; 0 if it has. */
    synchronized long left(List<?> happened, long now) {
        return happened.stream().mapToLong(one -> left(one, now)).max().orElse(0);
    }

    private long left(Object one, long now) {
        return Math.max(0, seen.computeIfAbsent(one, first -> now) + ENOUGH - now);
    }
}
