package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.audit.SessionLocations;
import dev.midwrite.controller.audit.StoreAudit;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.TraceFacts;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.nodes.NodeExit;
import dev.midwrite.controller.nodes.NodeGroup;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.store.StoreControl;
import dev.midwrite.controller.trace.TraceExport;
import dev.midwrite.controller.trace.TraceTarget;
import dev.midwrite.controller.users.Entrance;
import dev.midwrite.controller.users.RequestListener;
import dev.midwrite.controller.users.Router;
import dev.midwrite.controller.users.UserClock;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One run of one drill: starts everything, walks the timeline, collects, judges, and stops everything it started.
 *
 * <p>Not thread-safe; one use.
 */
public final class DrillRun {
    private final Drill drill;
    private final RunSetting setting;
    private final Progress progress;
    private final RunClock clock;
    private final Environment environment;
    private final Instant started = Instant.now();
    private final Router router;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final ProgressFile file;
    private Optional<ByHand> driver = Optional.empty();
    private volatile Runnable news = () -> {};

    public DrillRun(Drill drill, RunSetting setting) {
        this(drill, setting.with(setting.progress().of(drill.name())), UserClock.start());
    }

    private DrillRun(Drill drill, RunSetting setting, UserClock clock) {
        this(drill, setting, RunClock.of(clock), new LocalEnvironment(drill, setting, clock));
    }

    DrillRun(Drill drill, RunSetting setting, RunClock clock, Environment environment) {
        this.drill = drill;
        this.setting = setting;
        this.clock = clock;
        this.environment = environment;
        this.router = new Router(
                drill.users().routing(), drill.everyNode(), drill.nodes().balancer());
        this.file = new ProgressFile(drill, clock);
        this.progress = new Progress() {
            @Override
            public void phase(DrillPhase phase, String detail) {
                setting.meters().phase(phase);
                if (file.phase(phase)) {
                    news.run();
                }
                setting.progress().phase(phase, detail.isEmpty() ? detail : detail + file.words());
            }

            @Override
            public void note(String sentence) {
                note(Note.of(sentence));
            }

            @Override
            public void note(Note note) {
                notes.add(note.sentence());
                news.run();
                setting.progress().note(note);
            }
        };
    }

    /**
     * Blocks until the verdict is there; the bundle and its report are in the setting's directory.
     *
     * @throws Problem if it cannot start as things are; then nothing was started
     * @throws BrokenRun if something broke later, so that there is nothing to judge
     */
    public RunResult run() throws InterruptedException {
        try (environment) {
            RunResult judged = judged();
            seal();
            environment.lastScrape();
            return judged;
        }
    }

    /** Nothing writes any more. A verdict that is there is not taken back because this fails. */
    private void seal() {
        try {
            Seal.evidence(setting.directory());
        } catch (Problem e) {
            setting.progress()
                    .note(Note.of("Nobody will be able to tell whether the bundle is edited: " + e.getMessage())
                            .warning());
        }
    }

    /** The same with somebody in the place of the timeline. */
    public RunResult run(ByHand hand) throws InterruptedException {
        driver = Optional.of(hand);
        return run();
    }

    private RunResult judged() throws InterruptedException {
        environment.require();
        setting.meters().drill(drill.name(), drill.seed(), drill.profile().name(), drill.objectives(), router.names());
        progress.phase(DrillPhase.STARTING, "store");
        try (RunStore store = environment.store()) {
            try {
                Bundle bundle = Bundle.create(
                        setting.directory(),
                        DrillFile.forBundle(drill.file(), drill.text().written()));
                file.begin(bundle);
                environment.traces().ifPresent(ids -> bundle.write(TraceFacts.of(ids, Map.of())));
                RunFleet fleet = environment.fleet(bundle);
                try (LiveVerdicts live = live(bundle, fleet)) {
                    observe(bundle, store, live, fleet);
                    progress.phase(DrillPhase.CHECKING, "");
                    RunResult judged = judge(bundle, live);
                    setting.meters()
                            .judged(
                                    judged.judgement(),
                                    judged.figures(),
                                    judged.input().replication());
                    export(bundle, judged);
                    progress.phase(DrillPhase.DONE, "");
                    return judged;
                }
            } catch (Problem | UncheckedIOException e) {
                setting.reaper().requireGoingOn();
                throw BrokenRun.of(because(store, e), setting.directory());
            }
        }
    }

    /** Whoever reads how the run began finds where it is scraped. */
    private LiveVerdicts live(Bundle bundle, RunFleet fleet) {
        try {
            return LiveVerdicts.begin(
                    bundle, drill, started, router.names(), setting, environment.traces(), fleet.metricsPort());
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Nodes do not start without their store: that it has ended comes first. */
    private static RuntimeException because(RunStore store, RuntimeException e) {
        return store.control()
                .flatMap(StoreControl::endedByItself)
                .<RuntimeException>map(how -> new Problem(StoreActions.sentence(how) + " " + e.getMessage(), e))
                .orElse(e);
    }

    /** Whatever was said before and is not so is a bug of ours, and the report says so. */
    private RunResult judge(Bundle bundle, LiveVerdicts live) {
        RunResult judged = BundleJudge.judge(bundle, drill);
        List<String> takenBack = live.takenBack(judged);
        if (takenBack.isEmpty()) {
            return judged;
        }
        takenBack.forEach(sentence -> setting.progress().note(Note.of(sentence).warning()));
        RunContext.read(bundle.directory()).withNotes(takenBack).write(bundle.directory());
        return BundleJudge.judge(bundle, drill);
    }

    /** Nobody's verdict waits for a backend of traces but for a few seconds, and none depends on it. */
    private void export(Bundle bundle, RunResult judged) {
        TraceTarget target = setting.traces().with(drill.traces());
        if (target.wanted()) {
            TraceExport.of(bundle, drill, judged.judgement(), target)
                    .forEach(sentence -> setting.progress().note(sentence));
        }
    }

    /** Everything until nothing runs any more but the store. */
    private void observe(Bundle bundle, RunStore store, LiveVerdicts live, RunFleet fleet) throws InterruptedException {
        try (fleet) {
            StoreAudit audit = store.audit(fleet.sessionKey(), fleet);
            audit.begin();
            SessionLocations locations = new SessionLocations();
            fleet.listen(locations);
            fleet.listen(setting.meters().journals());
            fleet.listen(file);
            Injector injector = new Injector(fleet, clock, drill.seed(), progress);
            NodeWatch watch = new NodeWatch(
                    router, clock, injector::mayEnd, this::unexpected, sentence -> progress.note(sentence));
            setting.progress().note("metrics at http://127.0.0.1:" + fleet.metricsPort() + "/metrics");
            RolloutControl rollouts = new RolloutControl();
            String controller = fleet.operate(rollouts);
            if (drill.timeline().stream().anyMatch(Step.Rollout.class::isInstance)) {
                setting.progress()
                        .note("rollouts: midwrite rollout pause, resume or roll-back --controller " + controller);
            }
            try (NodeGroup nodes = fleet.nodes(store.placeholders(), watch);
                    StoreWatch storeWatch = new StoreWatch(store::statistics, clock)) {
                // If the JVM is told to end, the last thing added is the first to be ended.
                Reaper.Entry lifting = setting.reaper().add("the faults", fleet::disarm);
                try {
                    start(nodes, fleet);
                    audit.nodesAreUp();
                    storeWatch.start();
                    Stage stage = new Stage(
                            nodes,
                            watch,
                            injector,
                            () -> audit.read(locations.all(), clock::now),
                            new StoreActions(store.control(), storeWatch::look, clock, progress),
                            storeWatch,
                            rollouts,
                            new RequestTally());
                    RequestListener requests = (kind, outcome, node, status, nanos) -> {
                        setting.meters().request(kind, outcome, node, status, nanos);
                        stage.requests().request(kind, outcome, node, status, nanos);
                    };
                    Exercise exercise =
                            new Exercise(drill, stage, router, clock, progress, live, driver, setting.reaper()::ending);
                    Evidence evidence = new Evidence(
                            drill,
                            setting,
                            clock,
                            started,
                            store.version(),
                            new Witnesses(fleet, injector, watch, router::names));
                    ExerciseResult exercised;
                    try (Checkpoint checkpoint = Checkpoint.begin(
                            () -> evidence.writeSoFar(bundle, exercise.soFar(), notes), setting.progress()::note)) {
                        news = checkpoint::news;
                        exercised = exercise.run(
                                bundle,
                                history -> environment.load(router, history, fleet.sessionKey(), progress, requests));
                    }
                    watch.close();
                    progress.phase(DrillPhase.READING, "journals");
                    evidence.write(bundle, exercised, notes);
                } finally {
                    lifting.close();
                }
            }
        }
    }

    private void start(NodeGroup nodes, RunFleet fleet) throws InterruptedException {
        Optional<Entrance> entrance = environment.entrance();
        entrance.ifPresent(proxy -> {
            router.through(proxy);
            progress.note("Users go through " + proxy.name() + ", whose configuration and logs are kept with the run.");
        });
        progress.phase(DrillPhase.STARTING, drill.nodes().words());
        nodes.start();
        if (drill.users().foreign().isEmpty()) {
            progress.phase(DrillPhase.STARTING, "first contact");
            environment.firstContact(router, fleet.sessionKey()).forEach(sentence -> progress.note(sentence));
        }
    }

    /** Said at once; the verdict is the check's. */
    private void unexpected(NodeExit exit) {
        if (setting.reaper().ending()) {
            return;
        }
        String sentence =
                exit.node() + " ended with " + exit.status() + ", which nothing had asked for. " + exit.lastWords();
        progress.note(Note.of(sentence, exit.node()).warning());
    }
}
