package dev.midwrite.controller.meter;

import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.InjectionState;
import dev.midwrite.controller.serve.JournalState;
import dev.midwrite.controller.serve.RejectionCounts;
import dev.midwrite.event.FaultKind;
import dev.midwrite.link.v1.Lifted;
import dev.midwrite.link.v1.Point;
import dev.midwrite.link.v1.Quantiles;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the controller knows of each node; it stays true when a node is gone and its own meters are silent. */
final class FleetMeters {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    private final Fleet fleet;
    private final MeterRegistry registry;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    FleetMeters(Fleet fleet, MeterRegistry registry) {
        this.fleet = fleet;
        this.registry = registry;
        Metric.LINK_NODES.gauge(
                registry, Tags.of("state", "known"), () -> fleet.nodes().size());
        Metric.LINK_NODES.gauge(registry, Tags.of("state", "connected"), () -> connected(fleet));
        for (RejectionCounts.Client client : RejectionCounts.Client.values()) {
            for (Status.Code code : RejectionCounts.CODES) {
                Metric.LINK_REJECTIONS.counter(
                        registry,
                        Tags.of("client", Metric.word(client), "code", Metric.word(code)),
                        () -> fleet.rejections().of(client, code));
            }
        }
        Metric.LINK_LEASE.gauge(registry, Tags.empty(), () -> Fleet.LEASE.toMillis() / MILLIS);
    }

    /** Nodes that dialled in since the last scrape get their series. */
    void refresh() {
        for (FleetNode node : fleet.nodes()) {
            if (known.add(node.name())) {
                register(node);
            }
        }
    }

    private static double connected(Fleet fleet) {
        return fleet.nodes().stream().filter(FleetNode::connected).count();
    }

    private void register(FleetNode node) {
        Tags tags = Tags.of("node", node.name());
        Metric.LINK_CONNECTED.gauge(registry, tags, () -> node.connected() ? 1 : 0);
        Metric.LINK_RECORDING.gauge(registry, tags, () -> node.recording() ? 1 : 0);
        Metric.LINK_INCARNATIONS.gauge(registry, tags, () -> node.incarnations().size());
        Metric.LINK_CLOCK_ERROR.gauge(registry, tags, () -> clockError(node));
        for (Point.State state :
                new Point.State[] {Point.State.WOVEN, Point.State.WAITING, Point.State.FAILED, Point.State.DISABLED}) {
            Metric.LINK_POINTS.gauge(
                    registry,
                    tags.and("state", Metric.word(state)),
                    () -> node.points().stream()
                            .filter(point -> point.getState() == state)
                            .count());
        }
        for (FaultKind fault : FaultKind.values()) {
            if (fault != FaultKind.NONE) {
                fault(node, fault, tags.and("fault", fault.label()));
            }
        }
        for (Lifted.Cause cause : Lifted.Cause.values()) {
            if (cause != Lifted.Cause.CAUSE_UNSPECIFIED && cause != Lifted.Cause.UNRECOGNIZED) {
                Metric.LINK_FAULTS_LIFTED.gauge(
                        registry,
                        tags.and("cause", Metric.word(cause)),
                        () -> node.injections().values().stream()
                                .filter(state -> state.lifted()
                                        .filter(lifted -> lifted.getCause() == cause)
                                        .isPresent())
                                .count());
            }
        }
        Metric.HISTORY_RECORDS.counter(registry, tags, () -> journals(node.name(), JournalState::nextSeq));
        Metric.HISTORY_BYTES.counter(registry, tags, () -> journals(node.name(), JournalState::bytes));
        Metric.HISTORY_PRESENT.gauge(
                registry,
                tags,
                () -> fleet.journals()
                        .state(node.name(), node.incarnation())
                        .map(JournalState::nextSeq)
                        .orElse(0L));
        Metric.HISTORY_DAMAGED.gauge(
                registry,
                tags,
                () -> journals(node.name(), journal -> journal.damage().isEmpty() ? 0 : 1));
    }

    private void fault(FleetNode node, FaultKind fault, Tags tags) {
        Metric.LINK_FAULTS_ARMED.gauge(
                registry,
                tags,
                () -> of(node, fault)
                        .filter(state -> state.lifted().isEmpty() && state.incarnation() == node.incarnation())
                        .count());
        Metric.LINK_FAULTS_MATCHED.gauge(
                registry,
                tags,
                () -> of(node, fault)
                        .mapToLong(state -> state.counts().getMatched())
                        .sum());
        Metric.LINK_FAULTS_APPLIED.gauge(
                registry,
                tags,
                () -> of(node, fault)
                        .mapToLong(state -> state.counts().getApplied())
                        .sum());
        if (fault.isTimed()) {
            Metric.LINK_FAULT_REQUESTED.gauge(
                    registry,
                    tags,
                    () -> of(node, fault)
                            .mapToDouble(state -> state.injection().getAmount() / NANOS)
                            .max()
                            .orElse(Double.NaN));
            achieved(node, fault, tags.and("statistic", "p50"), Quantiles::getP50);
            achieved(node, fault, tags.and("statistic", "p99"), Quantiles::getP99);
            achieved(node, fault, tags.and("statistic", "max"), Quantiles::getMax);
        }
    }

    private void achieved(FleetNode node, FaultKind fault, Tags tags, ToLongFunction<Quantiles> micros) {
        Metric.LINK_FAULT_ACHIEVED.gauge(
                registry,
                tags,
                () -> of(node, fault)
                        .map(state -> state.counts().getAchievedMicros())
                        .filter(quantiles -> quantiles.getCount() > 0)
                        .mapToDouble(quantiles -> micros.applyAsLong(quantiles) / MICROS)
                        .max()
                        .orElse(Double.NaN));
    }

    private static double clockError(FleetNode node) {
        return node.clock(node.incarnation())
                .map(clock -> clock.halfWidth() / NANOS)
                .orElse(Double.NaN);
    }

    private static Stream<InjectionState> of(FleetNode node, FaultKind fault) {
        return node.injections().values().stream()
                .filter(state -> state.injection().getFault().equals(fault.label()));
    }

    private double journals(String node, ToLongFunction<JournalState> value) {
        return fleet.journals().states().stream()
                .filter(journal -> journal.node().equals(node))
                .mapToLong(value)
                .sum();
    }
}
