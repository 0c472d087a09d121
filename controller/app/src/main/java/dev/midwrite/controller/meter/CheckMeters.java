package dev.midwrite.controller.meter;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.check.fleet.ReplicationFigures.Lag;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What checks decide and find, while a drill runs and in the end. Thread-safe. */
final class CheckMeters {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final int MOST_SESSIONS = 10_000;

    private final MeterRegistry registry;
    private final Map<Property, Map<Severity, Counter>> violations = new EnumMap<>(Property.class);
    private final Map<Property, Map<Severity, Counter>> live = new EnumMap<>(Property.class);
    private final Map<Property, Counter> checked = new EnumMap<>(Property.class);
    /** Counters run on from drill to drill; this is where they stood when the present one began. */
    private final Map<Counter, Double> beforeDrill = new ConcurrentHashMap<>();

    private final Set<Long> gone = ConcurrentHashMap.newKeySet();
    private final Set<Long> damaged = ConcurrentHashMap.newKeySet();
    private volatile Last last = Last.NONE;

    /** Of the last drill; nothing while one runs. */
    private record Last(Verdict verdict, Map<String, Double> gates, Figures figures, ReplicationFigures replication) {
        private static final Last NONE = new Last(null, Map.of(), Figures.NONE, ReplicationFigures.NONE);

        double gate(String name) {
            return gates.getOrDefault(name, Double.NaN);
        }

        double sessions(ToDoubleFunction<Figures> count) {
            return figures.atRisk() == 0 ? Double.NaN : count.applyAsDouble(figures);
        }

        double exposed(ToDoubleFunction<Range> bound) {
            return replication.isEmpty()
                    ? Double.NaN
                    : bound.applyAsDouble(replication.exposed().peak());
        }
    }

    CheckMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Property property : Property.values()) {
            checked.put(property, Metric.CHECK_ITEMS.counter(registry, Tags.of("property", property.label())));
            violations.put(property, bySeverity(Metric.CHECK_VIOLATIONS, property));
            live.put(property, bySeverity(Metric.CHECK_LIVE_VIOLATIONS, property));
        }
        for (Verdict each : Verdict.values()) {
            Tags tags = Tags.of("verdict", each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            Metric.CHECK_VERDICT.gauge(registry, tags, () -> last.verdict() == each ? 1 : 0);
        }
        Metric.CHECK_SCORE.gauge(registry, Tags.empty(), () -> last.gate("score"));
        Metric.CHECK_SURVIVAL.gauge(registry, Tags.empty(), () -> last.gate("survival"));
        Metric.CHECK_FAILOVER.gauge(registry, Tags.of("statistic", "p95"), () -> last.gate("failover.p95") / MILLIS);
        Metric.CHECK_FAILOVER.gauge(registry, Tags.of("statistic", "max"), () -> last.gate("failover.max") / MILLIS);
        sessions("at_risk", Figures::atRisk);
        sessions("alive", Figures::alive);
        sessions("fresh", Figures::fresh);
        Metric.CHECK_LIVE_SESSIONS.gauge(registry, Tags.of("state", "gone"), gone::size);
        Metric.CHECK_LIVE_SESSIONS.gauge(registry, Tags.of("state", "damaged"), damaged::size);
        Metric.CHECK_EXPOSED_WRITES.gauge(registry, Tags.of("bound", "least"), () -> last.exposed(Range::least));
        Metric.CHECK_EXPOSED_WRITES.gauge(registry, Tags.of("bound", "most"), () -> last.exposed(Range::most));
    }

    private Map<Severity, Counter> bySeverity(Metric metric, Property property) {
        Map<Severity, Counter> counters = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            Tags tags = Tags.of("property", property.label(), "severity", Metric.word(severity));
            counters.put(severity, metric.counter(registry, tags));
        }
        return counters;
    }

    private void sessions(String state, ToDoubleFunction<Figures> count) {
        Metric.CHECK_SESSIONS.gauge(registry, Tags.of("state", state), () -> last.sessions(count));
    }

    void begin() {
        last = Last.NONE;
        gone.clear();
        damaged.clear();
        Metric.CHECK_REPLICATION_LAG.forget(registry);
        checked.values().forEach(counter -> beforeDrill.put(counter, counter.count()));
        violations
                .values()
                .forEach(bySeverity ->
                        bySeverity.values().forEach(counter -> beforeDrill.put(counter, counter.count())));
    }

    void foundLive(Violation violation, boolean sessionGone) {
        live.get(violation.anomaly().property()).get(violation.severity()).increment();
        if (sessionGone) {
            remember(gone, violation);
        } else if (violation.severity() == Severity.HARD) {
            remember(damaged, violation);
        }
    }

    private static void remember(Set<Long> sessions, Violation violation) {
        if (sessions.size() < MOST_SESSIONS) {
            sessions.add(violation.session());
        }
    }

    void judged(Judgement judgement, Figures figures, ReplicationFigures replication) {
        for (PropertyResult result : judgement.properties()) {
            topUp(checked.get(result.property()), result.checked());
            Severity worst = result.violations().stream()
                    .map(Violation::severity)
                    .max(Severity::compareTo)
                    .orElse(Severity.SOFT);
            topUp(violations.get(result.property()).get(worst), result.violated());
        }
        Map<String, Double> gates = new ConcurrentHashMap<>();
        for (GateResult gate : judgement.gates()) {
            gates.put(gate.name(), gate.value());
        }
        last = new Last(judgement.verdict(), gates, figures, replication);
        replication.lags().forEach(this::lag);
    }

    private void lag(Lag lag) {
        Map.of("p50", lag.p50(), "p99", lag.p99(), "max", lag.max()).forEach((statistic, range) -> {
            Tags tags = Tags.of("replica", lag.replica(), "phase", lag.phase(), "statistic", statistic);
            Metric.CHECK_REPLICATION_LAG.gauge(registry, tags.and("bound", "least"), () -> seconds(range.least()));
            Metric.CHECK_REPLICATION_LAG.gauge(registry, tags.and("bound", "most"), () -> seconds(range.most()));
        });
    }

    private static double seconds(long nanos) {
        return nanos == Arrival.NEVER ? Double.POSITIVE_INFINITY : nanos / NANOS;
    }

    private void topUp(Counter counter, long ofThisDrill) {
        double before = beforeDrill.getOrDefault(counter, 0.0);
        counter.increment(Math.max(0, before + ofThisDrill - counter.count()));
    }
}
