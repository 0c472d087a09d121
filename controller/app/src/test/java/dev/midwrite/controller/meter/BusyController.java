package dev.midwrite.controller.meter;

import static org.awaitility.Awaitility.await;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicationCheck;
import dev.midwrite.check.fleet.ReplicationFigures;
import dev.midwrite.check.fleet.ReplicationFigures.Exposed;
import dev.midwrite.check.fleet.ReplicationFigures.Lag;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.controller.serve.FakeAgent;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Real meters of a controller with one connected node and one judged drill. */
final class BusyController implements AutoCloseable {
    final ControllerMeters meters = new ControllerMeters();
    private final JournalStore journals;
    private final Fleet fleet;
    private final LinkServer server;
    private final FakeAgent agent;

    BusyController(Path directory) {
        journals = new JournalStore(directory);
        fleet = new Fleet(journals);
        server = LinkServer.start(fleet, 0, FakeAgent.ACCESS);
        agent = new FakeAgent(server.port());
        agent.hello(FakeAgent.hello("node-1", 1));
        await().until(() -> fleet.node("node-1").map(FleetNode::connected).orElse(false));
        meters.watch(fleet);
        EventRecord crash = record(EventType.FAULT, FaultKind.CRASH.code(), Edge.BEFORE, 0);
        meters.journals().stored("node-1", 1, crash, "spring.SessionRepository.save");
        meters.journals().stored("node-1", 1, record(EventType.LIFECYCLE, 0, Edge.BEFORE, 1_000), "jvm.Shutdown");
        meters.journals()
                .stored("node-1", 1, record(EventType.LIFECYCLE, 0, Edge.AFTER, 2_500_001_000L), "jvm.Shutdown");
        Objectives objectives = new Objectives(
                Optional.of(0.9),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1);
        meters.drill("crash-mid-save", 42, "SESSION", objectives, List.of("unknown", "node-1"));
        meters.phase(DrillPhase.TIMELINE);
        meters.request(OperationKind.READ, Outcome.OK, 1, -1, 3_000_000);
        meters.request(OperationKind.APPEND, Outcome.INFO, 1, 503, 2_000_000_000);
        meters.judged(judgement(), new Figures(97, 99, 100, true, OptionalDouble.of(1500)), replication());
    }

    private static EventRecord record(EventType type, int outcome, Edge edge, long nanos) {
        return new EventRecord(type, 0, nanos, 0, 0, 0, 0, 0, 1, edge, outcome, 0, 0, new byte[0]);
    }

    /** As Prometheus gets it. */
    String scrape() {
        try (FleetMetrics metrics = FleetMetrics.start(fleet, meters::scrape, 0)) {
            return metrics.text();
        }
    }

    void loseTheNode() {
        agent.close();
        await().until(() -> fleet.nodes().stream().noneMatch(FleetNode::connected));
    }

    /** One replica, of which a write may never have arrived. */
    private static ReplicationFigures replication() {
        Range some = new Range(2_000_000, 5_000_000);
        Lag lag = new Lag(
                "node-2",
                "fault",
                Set.of(),
                ReplicationCheck.Mode.ASYNC,
                100,
                1,
                0,
                some,
                some,
                new Range(7_000_000, Arrival.NEVER));
        Exposed exposed = new Exposed(new Range(3, 4), 0, List.of(), 0, 0, OptionalLong.empty());
        return new ReplicationFigures(100, List.of(lag), exposed, List.of(), List.of(), 0, List.of());
    }

    static Judgement judgement() {
        Violation violation =
                new Violation(Anomaly.LOST_ACKED_WRITE, Severity.HARD, 1, 0, List.of(), "", "", 0, 0, true);
        PropertyResult list = new PropertyResult(Property.LIST, Validity.FALSE, 100, 3, 0, 0, "", List.of(violation));
        GateResult score =
                new GateResult("score", 0.97, 0.9, 1, 0.95, "", "", 100, "sessions", GateResult.State.OBSERVED);
        GateResult failover =
                new GateResult("failover.p95", 1500, 0, 2000, 0.95, "ms", "", 1, "trials", GateResult.State.OBSERVED);
        return new Judgement(
                Verdict.FAIL,
                Profile.SESSION,
                "Three writes are lost.",
                List.of(),
                List.of(list),
                List.of(score, failover),
                List.of());
    }

    @Override
    public void close() {
        agent.close();
        server.close();
        fleet.close();
        journals.close();
        meters.close();
    }
}
