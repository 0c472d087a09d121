package dev.midwrite.agent.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each reason held an injection back. Thread-safe. */
final class Reasons {
    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    Reasons() {
        for (Reason reason : Reason.values()) { // All at once: the map never changes.
            counts.put(reason, new LongAdder());
        }
    }

    void add(Reason reason) {
        counts.get(reason).increment();
    }

    /** Those that occurred. */
    Map<Reason, Long> sums() {
        Map<Reason, Long> sums = new EnumMap<>(Reason.class);
        counts.forEach((reason, count) -> {
            long sum = count.sum();
            if (sum > 0) {
                sums.put(reason, sum);
            }
        });
        return sums;
    }
}
