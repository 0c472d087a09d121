package dev.midwrite.controller.meter;

import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.InjectionState;
import dev.midwrite.controller.serve.JournalState;
import dev.midwrite.link.v1.Point;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What the controller knows of each node; it stays true when a node is gone and its own meters are silent. */
final class FleetMeters {
    private static final double NANOS = 1e9;

    private final Fleet fleet;
    private final MeterRegistry registry;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    FleetMeters(Fleet fleet, MeterRegistry registry) {
        this.fleet = fleet;
        this.registry = registry;
        Gauge.builder("midwrite.link.nodes", fleet, each -> each.nodes().size())
                .description("Nodes whose agents have dialled in")
                .tag("state", "known")
                .register(registry);
        Gauge.builder("midwrite.link.nodes", fleet, FleetMeters::connected)
                .description("Nodes whose agents have dialled in")
                .tag("state", "connected")
                .register(registry);
        Gauge.builder("midwrite.link.lease", () -> Fleet.LEASE.toMillis() / 1e3)
                .description("How long an agent keeps faults armed without hearing from the controller")
                .baseUnit("seconds")
                .register(registry);
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
        gauge(
                "midwrite.link.connected",
                "1 while the node's agent is connected",
                node,
                tags,
                each -> each.connected() ? 1 : 0);
        gauge("midwrite.link.recording", "1 while the node journals", node, tags, each -> each.recording() ? 1 : 0);
        gauge(
                "midwrite.link.incarnations",
                "Starts of the node that the controller knows of",
                node,
                tags,
                each -> each.incarnations().size());
        Gauge.builder("midwrite.link.clock.error", node, FleetMeters::clockError)
                .description("Half-width of the interval in which the offset of the node's clock lies")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        for (Point.State state :
                new Point.State[] {Point.State.WOVEN, Point.State.WAITING, Point.State.FAILED, Point.State.DISABLED}) {
            gauge(
                    "midwrite.link.points",
                    "Points of the node by state",
                    node,
                    tags.and("state", state.name().toLowerCase(Locale.ROOT)),
                    each -> each.points().stream()
                            .filter(point -> point.getState() == state)
                            .count());
        }
        gauge(
                "midwrite.link.faults.armed",
                "Injections that may still fire on the node",
                node,
                tags,
                FleetMeters::armed);
        gauge(
                "midwrite.link.faults.matched",
                "Passages that injections on the node matched, as its agent last said",
                node,
                tags,
                each -> sum(each, state -> state.counts().getMatched()));
        gauge(
                "midwrite.link.faults.applied",
                "Faults that happened on the node, as its agent last said",
                node,
                tags,
                each -> sum(each, state -> state.counts().getApplied()));
        FunctionCounter.builder(
                        "midwrite.history.records", fleet, each -> journals(each, node.name(), JournalState::nextSeq))
                .description("Journal records of the node that have arrived")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "midwrite.history.bytes", fleet, each -> journals(each, node.name(), JournalState::bytes))
                .description("Bytes of the node's journals that have arrived")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "midwrite.history.damaged",
                        fleet,
                        each -> journals(
                                each, node.name(), journal -> journal.damage().isEmpty() ? 0 : 1))
                .description("Journals of the node that are known not to be whole")
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, FleetNode node, Tags tags, ToDoubleFunction<FleetNode> value) {
        Gauge.builder(name, node, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double clockError(FleetNode node) {
        return node.clock(node.incarnation())
                .map(clock -> clock.halfWidth() / NANOS)
                .orElse(Double.NaN);
    }

    private static double armed(FleetNode node) {
        return node.injections().values().stream()
                .filter(state -> state.lifted().isEmpty() && state.incarnation() == node.incarnation())
                .count();
    }

    private static double sum(FleetNode node, ToLongFunction<InjectionState> count) {
        return node.injections().values().stream().mapToLong(count).sum();
    }

    private static double journals(Fleet fleet, String node, ToLongFunction<JournalState> value) {
        return fleet.journals().states().stream()
                .filter(journal -> journal.node().equals(node))
                .mapToLong(value)
                .sum();
    }
}
