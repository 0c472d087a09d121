package dev.midwrite.controller.run;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.front.FrontHistory;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.TraceIds;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.identity.TokenHome;
import dev.midwrite.controller.nodes.Cluster;
import dev.midwrite.controller.nodes.Clusters;
import dev.midwrite.controller.nodes.ExternalSetting;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.ExternalSpec;
import dev.midwrite.controller.plan.SocketSpec;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.probe.FirstContact;
import dev.midwrite.controller.probe.FirstContactSetting;
import dev.midwrite.controller.proxy.Nginx;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.sockets.SocketSetting;
import dev.midwrite.controller.sockets.Sockets;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.ProbeAccess;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.controller.users.UserPopulation;
import dev.midwrite.controller.users.UserSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** This machine: processes, ports of loopback, and the run's directory. Not thread-safe. */
final class LocalEnvironment implements Environment {
    /** Who scrapes less often does not see a verdict. */
    private static final Duration MOST_BETWEEN_SCRAPES = Duration.ofSeconds(20);

    private final Drill drill;
    private final RunSetting setting;
    private final UserClock clock;
    private final Optional<TraceIds> traces;
    private Credentials credentials = Credentials.NONE;
    private Optional<FleetMetrics> metrics = Optional.empty();
    private Optional<Cluster> cluster = Optional.empty();
    /** What the first contact has found; users start later. */
    private boolean oneSessionEach;

    private Optional<Entrance> entrance = Optional.empty();

    LocalEnvironment(Drill drill, RunSetting setting, UserClock clock) {
        this.drill = drill;
        this.setting = setting;
        this.clock = clock;
        this.traces = drill.sendsTraces() ? Optional.of(TraceIds.fresh()) : Optional.empty();
    }

    @Override
    public void require() {
        credentials = Credentials.read(
                drill.users().flow().credentials(),
                drill.file().toAbsolutePath().getParent(),
                System::getenv);
        drill.nodes().external().ifPresentOrElse(this::requireActions, this::requireStart);
        if (drill.users().through() == UsersSpec.Through.NGINX) {
            Nginx.require();
        }
        if (drill.users().foreign().isPresent()) {
            ForeignLoad.requirePossible(drill, setting);
        }
        try {
            Path directory = setting.directory().toAbsolutePath();
            PrivateFiles.directory(directory);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new Problem("The directory " + setting.directory() + " is not empty; a run needs its own.");
                }
            }
        } catch (IOException e) {
            throw new Problem("The directory " + setting.directory() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private void requireStart() {
        if (!Files.isRegularFile(setting.agentJar())) {
            throw new Problem(
                    "The agent jar " + setting.agentJar() + " is not there; build it, or name one with --agent.");
        }
        if (!Files.isExecutable(setting.java())) {
            throw new Problem("There is no Java to start nodes with at " + setting.java() + "; name one with --java.");
        }
    }

    private void requireActions(ExternalSpec external) {
        ExternalSetting.requirePrograms(
                external, setting.java(), drill.file().toAbsolutePath().getParent());
        external.controller().ifPresent(address -> {
            LinkServer.requireFree(address.host(), address.port());
            TokenHome.find().agents();
        });
        cluster = external.kubernetes().map(pods -> Clusters.open(pods, actions()));
    }

    private Set<Step.Action> actions() {
        Set<Step.Action> actions = EnumSet.noneOf(Step.Action.class);
        for (Step step : drill.timeline()) {
            if (step instanceof Step.Node node) {
                actions.add(node.action());
            } else if (step instanceof Step.ClusterRollout) {
                actions.add(Step.Action.RESTART);
            }
        }
        return actions;
    }

    @Override
    public RunStore store() {
        if (drill.store().none()) {
            return RunStore.none();
        }
        if (drill.store().grid()) {
            return RunStore.grid(drill.store(), drill.nodes().external().isEmpty());
        }
        return RunStore.of(StoreServer.start(drill.store(), setting.directory(), setting.reaper()));
    }

    @Override
    public RunFleet fleet(Bundle bundle) {
        LocalFleet fleet = LocalFleet.start(drill, setting, bundle, cluster);
        metrics = Optional.of(fleet.metrics());
        return fleet;
    }

    @Override
    public void lastScrape() throws InterruptedException {
        if (metrics.isPresent() && metrics.get().wasScraped()) {
            setting.progress()
                    .note("The verdict is there; metrics are served until it was scraped, at most "
                            + MOST_BETWEEN_SCRAPES.toSeconds() + " s.");
            metrics.get().awaitScrape(MOST_BETWEEN_SCRAPES);
        }
    }

    @Override
    public void close() {
        entrance.ifPresent(Entrance::close);
        cluster.ifPresent(Cluster::close);
        metrics.ifPresent(FleetMetrics::close);
    }

    @Override
    public List<String> firstContact(Router router, byte[] key) throws InterruptedException {
        boolean everywhere = drill.scope() == Scope.CLUSTER && drill.users().routing() != UsersSpec.Routing.STICKY;
        FirstContactSetting contact = new FirstContactSetting(
                ProbeAccess.of(drill.nodes().probe(), key),
                drill.users(),
                credentials,
                everywhere,
                drill.nodes().readyTimeout());
        FirstContact first = new FirstContact(contact);
        List<String> notes = first.make(router.targets());
        oneSessionEach = first.oneSessionEach();
        return notes;
    }

    @Override
    public Optional<Entrance> entrance() throws InterruptedException {
        if (drill.users().through() == UsersSpec.Through.NGINX) {
            entrance = Optional.of(Nginx.start(
                    setting.directory().resolve("nginx"), drill.users().routing(), setting.reaper()));
        }
        return entrance;
    }

    @Override
    public Optional<TraceIds> traces() {
        return traces;
    }

    @Override
    public Load load(Router router, HistoryWriter history, byte[] key, Progress progress, RequestListener requests) {
        return drill.users().foreign().isPresent()
                ? ForeignLoad.start(
                        drill,
                        setting.with(progress),
                        router,
                        clock,
                        new FrontHistory(history, requests, drill.users().timeout()),
                        key)
                : own(router, history, key, requests);
    }

    private Load own(Router router, HistoryWriter history, byte[] key, RequestListener requests) {
        ProbeAccess probe = ProbeAccess.of(drill.nodes().probe(), key);
        UserPopulation users = UserPopulation.start(
                UserSetting.of(drill, probe, credentials, traces, oneSessionEach), router, clock, history, requests);
        List<SocketSpec> sockets = drill.users().sockets();
        Optional<Sockets> held = sockets.isEmpty()
                ? Optional.empty()
                : Optional.of(Sockets.start(new SocketSetting(
                        sockets,
                        users::handles,
                        router::eject,
                        clock,
                        drill.users().tlsTerminated())));
        return new OwnLoad(users, held, drill, traces, router, entrance);
    }
}
