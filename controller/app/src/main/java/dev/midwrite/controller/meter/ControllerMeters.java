package dev.midwrite.controller.meter;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything the controller counts. Every series that can be known beforehand is there from the start with 0, so that a
 * dashboard shows "none" and not "no data". Thread-safe.
 */
public final class ControllerMeters implements AutoCloseable {
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

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Property, Map<Severity, Counter>> violations = new EnumMap<>(Property.class);
    private final Map<Property, Map<Severity, Counter>> live = new EnumMap<>(Property.class);
    private final Map<Property, Counter> checked = new EnumMap<>(Property.class);
    private final Map<Outcome, Timer[]> requests = new EnumMap<>(Outcome.class);
    /** Counters run on from drill to drill; this is where they stood when the present one began. */
    private final Map<Counter, Double> beforeDrill = new ConcurrentHashMap<>();

    private final List<FleetMeters> fleets = new CopyOnWriteArrayList<>();
    private volatile double score = Double.NaN;
    private volatile DrillPhase phase = DrillPhase.IDLE;
    private volatile Verdict verdict;

    public ControllerMeters() {
        for (Property property : Property.values()) {
            checked.put(
                    property,
                    Counter.builder("midwrite.check.items")
                            .description("Items that a check decided")
                            .tag("property", property.label())
                            .register(registry));
            violations.put(property, bySeverity("midwrite.check.violations", "Violations found", property));
            live.put(
                    property,
                    bySeverity("midwrite.check.live.violations", "Violations found while drills ran", property));
        }
        for (Outcome outcome : Outcome.values()) {
            requests.put(outcome, new Timer[OperationKind.values().length]);
        }
        for (Outcome outcome : new Outcome[] {Outcome.OK, Outcome.FAIL, Outcome.INFO}) {
            timer(OperationKind.READ, outcome);
        }
        for (DrillPhase each : DrillPhase.values()) {
            Gauge.builder("midwrite.drill.phase", () -> phase == each ? 1 : 0)
                    .description("1 for the phase in which the drill is")
                    .tag("phase", each.label())
                    .register(registry);
        }
        for (Verdict each : Verdict.values()) {
            Gauge.builder("midwrite.check.verdict", () -> verdict == each ? 1 : 0)
                    .description("1 for the verdict of the last drill")
                    .tag("verdict", lower(each))
                    .register(registry);
        }
        Gauge.builder("midwrite.check.score", () -> score)
                .description("Session persistence score of the last drill, 0 to 1; NaN before it")
                .register(registry);
    }

    private Map<Severity, Counter> bySeverity(String name, String description, Property property) {
        Map<Severity, Counter> counters = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            counters.put(
                    severity,
                    Counter.builder(name)
                            .description(description)
                            .tags("property", property.label(), "severity", lower(severity))
                            .register(registry));
        }
        return counters;
    }

    /** A drill begins. */
    public void drill(String name, long seed, String profile) {
        verdict = null;
        score = Double.NaN;
        checked.values().forEach(counter -> beforeDrill.put(counter, counter.count()));
        violations
                .values()
                .forEach(bySeverity ->
                        bySeverity.values().forEach(counter -> beforeDrill.put(counter, counter.count())));
        registry.find("midwrite.drill.info").gauges().forEach(registry::remove);
        Gauge.builder("midwrite.drill.info", () -> 1)
                .description("Which drill runs, in its labels; always 1")
                .tags("drill", name, "seed", Long.toString(seed), "profile", profile.toLowerCase(Locale.ROOT))
                .register(registry);
    }

    public void phase(DrillPhase now) {
        phase = now;
    }

    /**
     * One attempt of a user's request ended.
     *
     * @param nanos from the planned send time to the answer; of an attempt without an answer, to when it was given up
     */
    public void request(OperationKind kind, Outcome outcome, long nanos) {
        timer(kind, outcome).record(Duration.ofNanos(nanos));
    }

    /** A violation found while the drill runs; the verdict may know it as part of something worse. */
    public void foundLive(Violation violation) {
        live.get(violation.anomaly().property()).get(violation.severity()).increment();
    }

    /** The drill is judged. */
    public void judged(Judgement judgement) {
        verdict = judgement.verdict();
        for (PropertyResult result : judgement.properties()) {
            topUp(checked.get(result.property()), result.checked());
            Severity worst = result.violations().stream()
                    .map(Violation::severity)
                    .max(Severity::compareTo)
                    .orElse(Severity.SOFT);
            topUp(violations.get(result.property()).get(worst), result.violated());
        }
        judgement.gates().stream()
                .filter(gate -> gate.name().equals("score"))
                .mapToDouble(GateResult::value)
                .forEach(value -> score = value);
    }

    /** From now on each scrape also says what the fleet knows of its nodes. Once per fleet. */
    public void watch(Fleet fleet) {
        fleets.add(new FleetMeters(fleet, registry));
    }

    /** Prometheus text format. */
    public String scrape() {
        fleets.forEach(FleetMeters::refresh);
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }

    private void topUp(Counter counter, long ofThisDrill) {
        double before = beforeDrill.getOrDefault(counter, 0.0);
        counter.increment(Math.max(0, before + ofThisDrill - counter.count()));
    }

    private Timer timer(OperationKind kind, Outcome outcome) {
        // A race registers the same timer twice, which the registry turns into one.
        Timer[] byKind = requests.get(outcome);
        Timer timer = byKind[kind.code()];
        if (timer == null) {
            timer = Timer.builder("midwrite.history.request")
                    .description("What users saw: time from the planned send to the answer")
                    .tags(Tags.of("kind", lower(kind), "outcome", lower(outcome)))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            byKind[kind.code()] = timer;
        }
        return timer;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
