package dev.midwrite.controller.run;

import dev.midwrite.check.Scope;
import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.RunFacts.StoreFacts;
import dev.midwrite.controller.live.LiveJudging;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeProcess;
import dev.midwrite.controller.nodes.NodeSetting;
import dev.midwrite.controller.nodes.Nodes;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.plan.UsersSpec;
import dev.midwrite.controller.probe.FirstContact;
import dev.midwrite.controller.probe.FirstContactSetting;
import dev.midwrite.controller.serve.Fleet;
import dev.midwrite.controller.serve.FleetMetrics;
import dev.midwrite.controller.serve.JournalStore;
import dev.midwrite.controller.serve.LinkServer;
import dev.midwrite.controller.store.StoreServer;
import dev.midwrite.controller.users.Credentials;
import dev.midwrite.controller.users.ProbeAccess;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import dev.midwrite.controller.users.UserPopulation;
import dev.midwrite.controller.users.UserSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One run of one drill: starts everything, walks the timeline, collects, judges, and stops everything it started.
 *
 * <p>Not thread-safe; one use.
 */
public final class DrillRun {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** What is not judged live by then is left to the verdict. */
    private static final Duration LIVE = Duration.ofSeconds(10);

    private final Drill drill;
    private final RunSetting setting;
    private final Progress progress;
    private final UserClock clock = UserClock.start();
    private final Instant started = Instant.now();
    private final Router router;
    private Credentials credentials = Credentials.NONE;
    private final List<String> assumptions = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    public DrillRun(Drill drill, RunSetting setting) {
        this.drill = drill;
        this.setting = setting;
        this.router = new Router(drill.users().routing(), drill.nodes().names());
        this.progress = new Progress() {
            @Override
            public void phase(DrillPhase phase, String detail) {
                setting.meters().phase(phase);
                setting.progress().phase(phase, detail);
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
                setting.progress().note(sentence);
            }
        };
    }

    /**
     * Blocks until the verdict is there; the bundle and its report are in the setting's directory.
     *
     * @throws Problem if it cannot start as things are; then nothing was started
     * @throws BrokenRun if something broke later, so that there is nothing to judge
     */
    public Judged run() throws InterruptedException {
        preconditions();
        setting.meters().drill(drill.name(), drill.seed(), drill.profile().name());
        progress.phase(DrillPhase.STARTING, "store");
        try (StoreServer store = StoreServer.start(drill.store(), setting.directory(), setting.reaper())) {
            try {
                Bundle bundle = Bundle.create(
                        setting.directory(),
                        DrillFile.forBundle(drill.file(), drill.text().written()));
                try (LiveVerdicts live = LiveVerdicts.begin(bundle, drill, started, router.names(), setting)) {
                    observe(bundle, store, live);
                    progress.phase(DrillPhase.CHECKING, "");
                    Judged judged = judge(bundle, live);
                    setting.meters().judged(judged.judgement());
                    progress.phase(DrillPhase.DONE, "");
                    return judged;
                }
            } catch (Problem e) {
                throw new BrokenRun(e.getMessage(), e);
            }
        }
    }

    private void preconditions() {
        credentials = Credentials.read(
                drill.users().flow().credentials(),
                drill.file().toAbsolutePath().getParent(),
                System::getenv);
        if (!Files.isRegularFile(setting.agentJar())) {
            throw new Problem(
                    "The agent jar " + setting.agentJar() + " is not there; build it, or name one with --agent.");
        }
        if (!Files.isExecutable(setting.java())) {
            throw new Problem("There is no Java to start nodes with at " + setting.java() + "; name one with --java.");
        }
        if (drill.users().foreign().isPresent()) {
            ForeignLoad.requirePossible(drill, setting);
        }
        try {
            Path directory = setting.directory().toAbsolutePath();
            Files.createDirectories(directory.getParent());
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new Problem("The directory " + setting.directory() + " is not empty; a run needs its own.");
                }
            }
        } catch (IOException e) {
            throw new Problem("The directory " + setting.directory() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** Whatever was said before and is not so is a bug of ours, and the report says so. */
    private Judged judge(Bundle bundle, LiveVerdicts live) {
        Judged judged = BundleJudge.judge(bundle, drill);
        List<String> takenBack = live.takenBack(judged);
        if (takenBack.isEmpty()) {
            return judged;
        }
        takenBack.forEach(setting.progress()::note);
        RunContext.read(bundle.directory()).withNotes(takenBack).write(bundle.directory());
        return BundleJudge.judge(bundle, drill);
    }

    /** Who watches a run can wait for the next one: that a port is in use ends none. */
    private FleetMetrics metrics(Fleet fleet) {
        try {
            return FleetMetrics.start(fleet, setting.meters()::scrape, setting.metricsPort());
        } catch (Problem e) {
            setting.progress().note(e.getMessage() + " The run goes on with a free port.");
            return FleetMetrics.start(fleet, setting.meters()::scrape, 0);
        }
    }

    /** Everything until nothing runs any more but the store. */
    private void observe(Bundle bundle, StoreServer store, LiveVerdicts live) throws InterruptedException {
        try (JournalStore journals = new JournalStore(bundle.journals());
                Fleet fleet = new Fleet(journals, drill.users().foreign().isPresent());
                LinkServer link = LinkServer.start(fleet, 0);
                FleetMetrics metrics = metrics(fleet)) {
            StoreAudit audit = StoreAudit.of(store, fleet.sessionKey());
            audit.begin();
            SessionLocations locations = new SessionLocations();
            journals.listen(locations);
            setting.meters().watch(fleet);
            RunClock time = RunClock.of(clock);
            Injector injector = new Injector(FaultLink.of(fleet), time, drill.seed(), progress);
            NodeWatch watch = new NodeWatch(router, time, injector::mayEnd, this::unexpected);
            NodeSetting nodeSetting = new NodeSetting(
                    drill.file().toAbsolutePath().getParent(),
                    setting.directory().toAbsolutePath(),
                    setting.java(),
                    setting.agentJar(),
                    link.port(),
                    store.placeholders(),
                    fleet,
                    setting.reaper());
            setting.progress().note("metrics at http://127.0.0.1:" + metrics.port() + "/metrics");
            try (Nodes nodes = new Nodes(drill.nodes(), nodeSetting, watch)) {
                // If the run is interrupted, the last thing added is the first to be ended.
                Reaper.Entry lifting = setting.reaper().add("the faults", fleet::close);
                progress.phase(DrillPhase.STARTING, drill.nodes().names().size() + " nodes");
                nodes.start();
                ProbeAccess probe = ProbeAccess.of(drill.nodes().probe(), fleet.sessionKey());
                if (drill.users().foreign().isEmpty()) {
                    progress.phase(DrillPhase.STARTING, "first contact");
                    firstContact(probe);
                }
                StoreWatch storeWatch = new StoreWatch(store::statistics, time).start();
                StoreActions actions = new StoreActions(store.control(), storeWatch::look, time, progress);
                Exercised exercised = exercise(
                        bundle,
                        history -> load(history, probe, fleet.sessionKey()),
                        new Stage(
                                nodes,
                                watch,
                                injector,
                                () -> audit.read(locations.all(), clock::now),
                                actions,
                                storeWatch),
                        live);
                storeWatch.close();
                watch.close();
                progress.phase(DrillPhase.READING, "journals");
                new Evidence(drill, setting, clock, started, store.version(), fleet)
                        .write(bundle, exercised, injector, watch, router.names(), notes);
                lifting.close();
            }
        }
    }

    private void firstContact(ProbeAccess probe) throws InterruptedException {
        boolean everywhere = drill.scope() == Scope.CLUSTER && drill.users().routing() != UsersSpec.Routing.STICKY;
        FirstContactSetting contact = new FirstContactSetting(
                probe, drill.users(), credentials, everywhere, drill.nodes().readyTimeout());
        new FirstContact(contact).make(router.targets()).forEach(progress::note);
    }

    /** What the users did and saw while the timeline was walked. */
    private Exercised exercise(Bundle bundle, Function<HistoryWriter, Load> loads, Stage stage, LiveVerdicts live)
            throws InterruptedException {
        Nodes nodes = stage.nodes();
        Injector injector = stage.injector();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "midwrite-timeline");
            thread.setDaemon(true);
            return thread;
        });
        Rollouts rollouts = new Rollouts(nodes::node, router, RunClock.of(clock), progress, threads, live::damaged);
        Timeline timeline = new Timeline(
                drill, injector, nodes::node, RunClock.of(clock), stage.store(), rollouts, progress, threads);
        try (HistoryWriter history = HistoryWriter.create(bundle.users());
                LiveJudging judging = live.judge(history, clock, progress);
                Load load = loads.apply(history)) {
            warmUp(load, live);
            drill.timeline().forEach(step -> {
                if (step instanceof Step.Inject inject) {
                    injector.dryRun(inject);
                }
            });
            long origin = clock.now();
            timeline.walk(origin, () -> live.words() + load.words());
            load.stopNew();
            progress.phase(DrillPhase.SETTLING, "");
            boolean whole = nodes.all().stream().allMatch(NodeProcess::ready)
                    && stage.store().up();
            long healedAt = whole ? Math.max(timeline.lastEnd(), stage.watch().lastReady()) : Long.MAX_VALUE;
            load.quiesce(patience());
            TimeUnit.NANOSECONDS.sleep(drill.settle().toNanos());
            long settledAt = clock.now();
            progress.phase(DrillPhase.READING, live.words() + load.words());
            load.readAll(progress);
            load.describe(bundle);
            judging.finish(LIVE);
            stage.storeWatch().look();
            StoreContents stored = stage.audit().get();
            // A logout ends what was to be read and audited.
            load.leave(patience());
            assumptions.addAll(timeline.broken());
            assumptions.addAll(injector.refusals());
            assumptions.addAll(load.broken());
            return new Exercised(
                    origin,
                    healedAt,
                    settledAt,
                    load.attributes(),
                    load.probeSessions(),
                    timeline.actions(),
                    rollouts.replacements(),
                    stored,
                    new StoreFacts(stage.storeWatch().samples(), stage.store().deeds()),
                    List.copyOf(assumptions));
        } catch (IOException e) {
            throw new Problem("The users' history cannot be written: " + e.getMessage() + ".", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long the last request, or the last steps of a flow, may take to end. */
    private Duration patience() {
        Duration one = drill.users().timeout().multipliedBy(drill.users().retries() + 1L);
        List<FlowStep> steps = drill.users().flow().steps();
        Duration think = steps.stream().map(FlowStep::think).reduce(Duration.ZERO, Duration::plus);
        return one.multipliedBy(steps.size() + 1L).plus(think).plus(GRACE);
    }

    private Load load(HistoryWriter history, ProbeAccess probe, byte[] key) {
        return drill.users().foreign().isPresent()
                ? ForeignLoad.start(drill, setting.with(progress), router, clock, history, key)
                : new OwnLoad(
                        UserPopulation.start(
                                UserSetting.of(drill, probe, credentials),
                                router,
                                clock,
                                history,
                                setting.meters()::request),
                        drill);
    }

    private void warmUp(Load load, LiveVerdicts live) throws InterruptedException {
        long end = clock.now() + drill.users().warmup().toNanos();
        for (long left = end - clock.now(); left > 0; left = end - clock.now()) {
            progress.phase(DrillPhase.WARMUP, live.words() + load.words());
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(500)));
        }
    }

    /** Said at once; the verdict is the check's. */
    private void unexpected(NodeExit exit) {
        progress.note(exit.node() + " ended with exit code " + exit.code() + ", which nothing had asked for. "
                + exit.lastWords());
    }
}
