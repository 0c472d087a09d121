package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.FleetMaps;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.nodes.Cluster;
import dev.midwrite.controller.nodes.ExternalNodes;
import dev.midwrite.controller.nodes.ExternalSetting;
import dev.midwrite.controller.nodes.NodeGroup;
import dev.midwrite.controller.nodes.NodeListener;
import dev.midwrite.controller.nodes.NodeSetting;
import dev.midwrite.controller.nodes.Nodes;
import dev.midwrite.controller.nodes.Pods;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.ExternalSpec;
import dev.midwrite.controller.plan.LinkAddress;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.serve.RecordListener;
import dev.midwrite.controller.serve.RolloutOperator;
import dev.midwrite.link.v1.Armed;
import dev.midwrite.link.v1.Injection;
import dev.midwrite.link.v1.Lifted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Agents that dial in at a port of loopback, in processes of ours or of others. */
final class LocalFleet implements RunFleet {
    private final Drill drill;
    private final RunSetting setting;
    private final JournalStore journals;
    private final Fleet fleet;
    private final RunAccess access;
    private final LinkServer link;
    private final FleetMetrics metrics;
    private final Optional<Cluster> cluster;
    private volatile Supplier<List<String>> names;

    private LocalFleet(Drill drill, RunSetting setting, JournalStore journals, Fleet fleet, Optional<Cluster> cluster) {
        this.drill = drill;
        this.setting = setting;
        this.journals = journals;
        this.fleet = fleet;
        this.cluster = cluster;
        this.names = drill::everyNode;
        Optional<LinkAddress> address = drill.nodes().external().flatMap(ExternalSpec::controller);
        this.access = new RunAccess(setting, address.isPresent());
        this.link = address.map(given -> LinkServer.start(fleet, given.host(), given.port(), access.access()))
                .orElseGet(() -> LinkServer.start(fleet, 0, access.access()));
        try {
            access.publish(link);
            this.metrics = startMetrics();
        } catch (RuntimeException e) {
            access.close();
            link.close();
            throw e;
        }
    }

    /**
     * Listens.
     *
     * @param cluster in which the nodes are, if there is one; it is not closed here
     * @throws Problem if it cannot, or journals cannot be kept in the bundle
     */
    static LocalFleet start(Drill drill, RunSetting setting, Bundle bundle, Optional<Cluster> cluster) {
        JournalStore journals = new JournalStore(bundle.journals());
        Fleet fleet = new Fleet(journals, drill.users().foreign().isPresent());
        try {
            LocalFleet started = new LocalFleet(drill, setting, journals, fleet, cluster);
            setting.meters().watch(fleet);
            return started;
        } catch (RuntimeException e) {
            fleet.close();
            journals.close();
            throw e;
        }
    }

    /** Who watches a run can wait for the next one: that a port is in use ends none. */
    private FleetMetrics startMetrics() {
        try {
            return FleetMetrics.start(fleet, setting.meters()::scrape, setting.metricsPort());
        } catch (Problem e) {
            setting.progress()
                    .note(Note.of(e.getMessage() + " The run goes on with a free port.")
                            .warning());
            return FleetMetrics.start(fleet, setting.meters()::scrape, 0);
        }
    }

    /** Where the fleet is scraped; it goes on when the fleet is closed, for what is judged then. Who asks closes it. */
    FleetMetrics metrics() {
        return metrics;
    }

    @Override
    public byte[] sessionKey() {
        return fleet.sessionKey();
    }

    @Override
    public int metricsPort() {
        return metrics.port();
    }

    @Override
    public String operate(RolloutOperator rollouts) {
        fleet.rollouts(rollouts);
        return link.endpoint();
    }

    @Override
    public void listen(RecordListener listener) {
        journals.listen(listener);
    }

    @Override
    public CompletableFuture<Armed> arm(String node, Injection injection, boolean dryRun) {
        return fleet.arm(node, injection, dryRun);
    }

    @Override
    public CompletableFuture<Lifted> lift(String node, int injection) {
        return fleet.lift(node, injection);
    }

    @Override
    public List<Answer> look(String map) {
        return new FleetMaps(fleet).look(map);
    }

    @Override
    public NodeGroup nodes(Map<String, String> store, NodeListener listener) {
        if (cluster.isPresent()) {
            Pods pods = new Pods(drill.nodes(), cluster.get(), fleet, listener);
            names = pods::names;
            return pods;
        }
        if (drill.nodes().external().isPresent()) {
            return new ExternalNodes(
                    new ExternalSetting(
                            drill.nodes(),
                            drill.file().toAbsolutePath().getParent(),
                            setting.directory().toAbsolutePath(),
                            setting.java(),
                            fleet,
                            setting.reaper()),
                    listener);
        }
        return new Nodes(
                drill.nodes(),
                drill.spares(),
                new NodeSetting(
                        drill.file().toAbsolutePath().getParent(),
                        setting.directory().toAbsolutePath(),
                        setting.java(),
                        setting.agentJar(),
                        link.port(),
                        access.access().agents(),
                        store,
                        fleet,
                        setting.reaper()),
                listener);
    }

    @Override
    public FleetEvidence evidence() throws InterruptedException {
        return FleetEvidence.of(fleet, names.get());
    }

    @Override
    public FleetEvidence known() {
        return FleetEvidence.known(fleet, names.get());
    }

    @Override
    public void disarm() {
        fleet.close();
    }

    @Override
    public void close() {
        access.close();
        link.close();
        fleet.close();
        journals.close();
    }
}
