package dev.midwrite.controller.meter;

import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What users saw of their requests. Thread-safe. */
final class RequestMeters {
    /** Bounds of the latency buckets: from a local answer to the longest client timeout that makes sense. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Outcome, Timer[]> timers = new EnumMap<>(Outcome.class);
    private final Map<Answer, Counter> attempts = new ConcurrentHashMap<>();
    private volatile List<String> names = List.of();

    /** What tells counters of attempts apart. */
    private record Answer(String node, int status, Outcome outcome) {
        Tags tags() {
            String said = status > 0 ? Integer.toString(status) : status == 0 ? "none" : "application";
            return Tags.of("node", node, "status", said, "outcome", Metric.word(outcome));
        }
    }

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            timers.put(outcome, new Timer[OperationKind.values().length]);
        }
        for (Outcome outcome : new Outcome[] {Outcome.OK, Outcome.FAIL, Outcome.INFO}) {
            timer(OperationKind.READ, outcome);
        }
    }

    /** @param nodes names by number */
    void begin(List<String> nodes) {
        names = nodes;
    }

    void ended(OperationKind kind, Outcome outcome, int node, int status, long nanos) {
        timer(kind, outcome).record(Duration.ofNanos(nanos));
        attempts.computeIfAbsent(
                        new Answer(name(node), status, outcome),
                        answer -> Metric.HISTORY_ATTEMPTS.counter(registry, answer.tags()))
                .increment();
    }

    private String name(int node) {
        List<String> known = names;
        return node < known.size() ? known.get(node) : Integer.toString(node);
    }

    private Timer timer(OperationKind kind, Outcome outcome) {
        // A race registers the same timer twice, which the registry turns into one.
        Timer[] byKind = timers.get(outcome);
        Timer timer = byKind[kind.code()];
        if (timer == null) {
            String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            timer = Metric.HISTORY_REQUEST
                    .timer(Tags.of("kind", word, "outcome", Metric.word(outcome)))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            byKind[kind.code()] = timer;
        }
        return timer;
    }
}
