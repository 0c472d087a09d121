package dev.midwrite.controller.meter;

import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What nodes' journals say of faults and of shutdowns: it arrives although the node that wrote it is gone, and its own meters
 * with it. Thread-safe.
 */
final class JournalMeters implements RecordListener {
    private static final double NANOS = 1e9;
    /** An agent names its phases itself, and a scrape must stay small. */
    private static final int MOST_PHASES = 500;

    private final MeterRegistry registry;
    private final Map<Fault, Counter> faults = new ConcurrentHashMap<>();
    private final Map<Phase, Long> begun = new ConcurrentHashMap<>();
    private final Map<Phase, Double> seconds = new ConcurrentHashMap<>();

    private record Fault(String node, FaultKind kind) {}

    private record Phase(String node, String name) {}

    JournalMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void stored(String node, long incarnation, EventRecord event, String point) {
        if (event.type() == EventType.FAULT) {
            FaultKind.known(event.outcome())
                    .ifPresent(kind -> faults.computeIfAbsent(new Fault(node, kind), this::counter)
                            .increment());
        } else if (event.type() == EventType.LIFECYCLE && !point.startsWith("midwrite.")) {
            phase(new Phase(node, point), event);
        }
    }

    private Counter counter(Fault fault) {
        Tags tags = Tags.of("node", fault.node(), "fault", fault.kind().label());
        return Metric.HISTORY_FAULTS.counter(registry, tags);
    }

    private void phase(Phase phase, EventRecord event) {
        if (event.edge() == Edge.BEFORE && (begun.containsKey(phase) || begun.size() < MOST_PHASES)) {
            begun.put(phase, event.monoNanos());
        } else if (event.edge() == Edge.AFTER && begun.containsKey(phase)) {
            double took = (event.monoNanos() - begun.get(phase)) / NANOS;
            if (seconds.put(phase, took) == null) {
                Metric.HISTORY_SHUTDOWN.gauge(
                        registry,
                        Tags.of("node", phase.node(), "phase", phase.name()),
                        () -> seconds.getOrDefault(phase, Double.NaN));
            }
        }
    }
}
