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
import dev.midwrite.controller.serve.FakeAgent;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.FleetNode;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.nio.file.Path;
import java.util.List;

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
        server = LinkServer.start(fleet, 0);
        agent = new FakeAgent(server.port());
        agent.hello(FakeAgent.hello("node-1", 1));
        await().until(() -> fleet.node("node-1").map(FleetNode::connected).orElse(false));
        meters.watch(fleet);
        meters.drill("crash-mid-save", 42, "SESSION");
        meters.phase(DrillPhase.TIMELINE);
        meters.request(OperationKind.READ, Outcome.OK, 3_000_000);
        meters.request(OperationKind.APPEND, Outcome.INFO, 2_000_000_000);
        meters.judged(judgement());
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

    static Judgement judgement() {
        Violation violation =
                new Violation(Anomaly.LOST_ACKED_WRITE, Severity.HARD, 1, 0, List.of(), "", "", 0, 0, true);
        PropertyResult list = new PropertyResult(Property.LIST, Validity.FALSE, 100, 3, 0, 0, "", List.of(violation));
        GateResult score =
                new GateResult("score", 0.97, 0.9, 1, 0.95, "", "", 100, "sessions", GateResult.State.OBSERVED);
        return new Judgement(
                Verdict.FAIL,
                Profile.SESSION,
                "Three writes are lost.",
                List.of(),
                List.of(list),
                List.of(score),
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
