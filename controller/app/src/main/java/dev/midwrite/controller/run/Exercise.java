package dev.midwrite.controller.run;

import dev.midwrite.check.StoreContents;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.RunFacts.StoreFacts;
import dev.midwrite.controller.live.LiveJudging;
import dev.midwrite.controller.meter.DrillPhase;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.FlowStep;
import dev.midwrite.controller.plan.Step;
import dev.midwrite.controller.users.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The part of a run that has users: they warm up, the timeline is walked, they come to rest, and what must be there in the
 * end is read. Not thread-safe; one use.
 */
final class Exercise {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** What is not judged live by then is left to the verdict. */
    private static final Duration LIVE = Duration.ofSeconds(10);

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);

    private final Drill drill;
    private final Stage stage;
    private final Router router;
    private final RunClock clock;
    private final Progress progress;
    private final LiveVerdicts live;
    private final Optional<ByHand> driver;
    private final BooleanSupplier ending;
    /** What users could not do in the end; each one sentence. */
    private final List<String> unfinished = new CopyOnWriteArrayList<>();

    private volatile Supplier<ExerciseResult> soFar;

    private interface Blocking {
        void run() throws InterruptedException;
    }

    /**
     * @param driver in the place of the timeline, if there is one
     * @param ending whether all that was started is being ended, so that users see nothing else any more
     */
    Exercise(
            Drill drill,
            Stage stage,
            Router router,
            RunClock clock,
            Progress progress,
            LiveVerdicts live,
            Optional<ByHand> driver,
            BooleanSupplier ending) {
        this.drill = drill;
        this.stage = stage;
        this.router = router;
        this.clock = clock;
        this.progress = progress;
        this.live = live;
        this.driver = driver;
        this.ending = ending;
        this.soFar = () -> ExerciseResult.nothing(live.attributes());
    }

    /** What is known by now; of users nothing has settled, and nothing was read for the last time. */
    ExerciseResult soFar() {
        return soFar.get();
    }

    /**
     * What the users did and saw is in the bundle's history afterwards.
     *
     * @param loads starts the users, who write into the history
     * @throws Problem if that history is not whole, so that nothing can be judged
     */
    ExerciseResult run(Bundle bundle, Function<HistoryWriter, Load> loads) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "midwrite-timeline");
            thread.setDaemon(true);
            return thread;
        });
        Rollouts rollouts = new Rollouts(
                new NodeSwap(stage.nodes()::node, router, clock, progress, stage.watch()::neverServed, threads),
                stage.rollouts(),
                () -> UserFigures.since(stage.requests(), live::damaged),
                clock,
                new RolloutNews((label, sentence) -> {
                    progress.note(sentence);
                    stage.watch().remember(label, sentence);
                }));
        Timeline timeline =
                new Timeline(drill, stage.injector(), stage.nodes(), clock, stage.store(), rollouts, progress, threads);
        try (HistoryWriter history = HistoryWriter.create(bundle.users(), ending);
                LiveJudging judging = live.judge(history, clock, progress);
                Load load = loads.apply(history)) {
            soFar = () -> exercised(load, timeline, rollouts, 0);
            AnswerRate rate = new AnswerRate();
            Supplier<String> words = () -> {
                history.requireWhole();
                return live.words() + load.words() + ", " + rate.words(clock.now(), load.answers());
            };
            warmUp(words);
            drill.timeline().forEach(step -> {
                if (step instanceof Step.Inject inject) {
                    timeline.dryRun(inject);
                }
            });
            long origin = clock.now();
            soFar = () -> exercised(load, timeline, rollouts, origin);
            if (driver.isPresent()) {
                timeline.leaveTo(driver.get(), new Hand(stage, timeline, clock, load));
            } else {
                timeline.walk(origin, words);
            }
            load.stopNew();
            progress.phase(DrillPhase.SETTLING, "");
            boolean stored = storeRuns();
            boolean whole = stage.nodes().whole() && stage.store().up();
            long healedAt = whole ? Math.max(timeline.lastEnd(), stage.watch().lastReady()) : Long.MAX_VALUE;
            load.quiesce(patience());
            if (stored) {
                clock.sleep(drill.settle().toNanos());
            }
            long settledAt = clock.now();
            progress.phase(DrillPhase.READING, live.words() + load.words());
            // Nobody could read anything, and each would wait for a timeout.
            if (storeRuns()) {
                inTheEnd(() -> load.readAll(progress));
            }
            load.describe(bundle);
            judging.finish(LIVE);
            stage.storeWatch().look();
            StoreContents contents = stage.audit().get();
            if (storeRuns()) {
                // A logout ends what was to be read and audited.
                inTheEnd(() -> load.leave(patience()));
            }
            return exercised(load, timeline, rollouts, origin).settled(healedAt, settledAt, contents);
        } catch (IOException e) {
            throw new Problem("The users' history cannot be written: " + e.getMessage() + ".", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private ExerciseResult exercised(Load load, Timeline timeline, Rollouts rollouts, long origin) {
        return new ExerciseResult(
                origin,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                load.attributes(),
                load.probeSessions(),
                timeline.actions(),
                rollouts.replacements(),
                rollouts.rolledBack(),
                StoreContents.NONE,
                new StoreFacts(stage.storeWatch().samples(), stage.store().deeds()),
                Stream.of(timeline.broken(), stage.injector().refusals(), load.broken(), unfinished)
                        .flatMap(List::stream)
                        .toList());
    }

    /** What comes last writes nothing that checks need to know of, so its failure undoes nothing that users saw before. */
    private void inTheEnd(Blocking step) throws InterruptedException {
        try {
            step.run();
        } catch (Problem e) {
            progress.note(e.getMessage());
            unfinished.add(e.getMessage());
        }
    }

    /** Whether it does, as far as that is known; that it has ended by itself is told once. */
    private boolean storeRuns() {
        Optional<String> ended = stage.store().endedByItself();
        ended.filter(sentence -> !unfinished.contains(sentence)).ifPresent(sentence -> {
            unfinished.add(sentence);
            progress.note(Note.of(sentence).warning());
        });
        return ended.isEmpty();
    }

    private void warmUp(Supplier<String> words) throws InterruptedException {
        long end = clock.now() + drill.users().warmup().toNanos();
        for (long left = end - clock.now();
                left > 0 && stage.store().endedByItself().isEmpty();
                left = end - clock.now()) {
            progress.phase(DrillPhase.WARMUP, words.get());
            clock.sleep(Math.min(left, TICK));
        }
    }

    /** How long the last request, or the last steps of a flow, may take to end. */
    private Duration patience() {
        Duration one = drill.users().timeout().multipliedBy(drill.users().retries() + 1L);
        List<FlowStep> steps = drill.users().flow().steps();
        Duration think = steps.stream().map(FlowStep::think).reduce(Duration.ZERO, Duration::plus);
        return one.multipliedBy(steps.size() + 1L).plus(think).plus(GRACE);
    }
}
