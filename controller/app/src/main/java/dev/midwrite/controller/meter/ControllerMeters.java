package dev.midwrite.controller.meter;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Violation;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything the controller counts. Every series that can be known beforehand is there from the start with 0, so that a
 * dashboard shows "none" and not "no data". Thread-safe.
 */
public final class ControllerMeters implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CheckMeters checks = new CheckMeters(registry);
    private final RequestMeters requests = new RequestMeters(registry);
    private final JournalMeters journals = new JournalMeters(registry);
    private final List<FleetMeters> fleets = new CopyOnWriteArrayList<>();
    private volatile DrillPhase phase = DrillPhase.IDLE;
    private volatile Objectives objectives = Objectives.NONE;

    public ControllerMeters() {
        for (DrillPhase each : DrillPhase.values()) {
            Metric.DRILL_PHASE.gauge(registry, Tags.of("phase", each.label()), () -> phase == each ? 1 : 0);
        }
        Metric.DRILL_SCORE_OBJECTIVE.gauge(
                registry, Tags.empty(), () -> objectives.score().orElse(Double.NaN));
        Metric.DRILL_SURVIVAL_OBJECTIVE.gauge(
                registry, Tags.empty(), () -> objectives.survival().orElse(Double.NaN));
        Metric.DRILL_FAILOVER_OBJECTIVE.gauge(
                registry,
                Tags.empty(),
                () -> objectives.failover().map(most -> most.toNanos() / NANOS).orElse(Double.NaN));
    }

    /**
     * A drill begins.
     *
     * @param nodes names by number; number 0 is {@code unknown}
     */
    public void drill(String name, long seed, String profile, Objectives asked, List<String> nodes) {
        requests.begin(nodes);
        objectives = asked;
        checks.begin();
        Metric.DRILL_INFO.forget(registry);
        Tags tags = Tags.of("drill", name, "seed", Long.toString(seed), "profile", profile.toLowerCase(Locale.ROOT));
        Metric.DRILL_INFO.gauge(registry, tags, () -> 1);
    }

    public void phase(DrillPhase now) {
        phase = now;
    }

    /**
     * One attempt of a user's request ended.
     *
     * @param node number of the node that was asked; 0 if nobody could be
     * @param status HTTP status of an answer; 0 if there was none, below 0 if it was one that users understand
     * @param nanos from the planned send time to the answer; of an attempt without an answer, to when it was given up
     */
    public void request(OperationKind kind, Outcome outcome, int node, int status, long nanos) {
        requests.ended(kind, outcome, node, status, nanos);
    }

    /**
     * A violation found while the drill runs; the verdict may know it as part of something worse.
     *
     * @param sessionGone its user has another session now, or none
     */
    public void foundLive(Violation violation, boolean sessionGone) {
        checks.foundLive(violation, sessionGone);
    }

    /** The drill is judged. */
    public void judged(Judgement judgement, Figures figures, ReplicationFigures replication) {
        checks.judged(judgement, figures, replication);
    }

    /** Hears of what journals of a fleet say. */
    public RecordListener journals() {
        return journals;
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
}
