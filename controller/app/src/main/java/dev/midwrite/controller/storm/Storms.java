package dev.midwrite.controller.storm;

import dev.midwrite.check.Verdict;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.OperationSteps;
import dev.midwrite.controller.history.SessionOperation;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.controller.run.RunSetting;
import dev.midwrite.controller.storm.Capabilities.Seen;
import dev.midwrite.controller.storm.StormRuns.Run;
import dev.midwrite.event.UserOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Looks what may be done to a service, draws one storm after the other until one fails, and makes that one smaller.
 *
 * <p>Not thread-safe; one use.
 */
public final class Storms {
    /** So many in a row that broke: the machine is broken, not the storm. */
    private static final int MOST_BROKEN = 2;

    private static final String CALM = "calm";

    private final Drill drill;
    private final StormPlan plan;
    private final StormCourse course;
    private final Path save;
    private final LongFunction<String> command;
    private final Consumer<StormResult> news;
    private final List<StormRow> rows = new ArrayList<>();

    /**
     * Storms over the store and the nodes of a drill.
     *
     * @param save where the drill of one that fails is kept; null beside the other
     * @param command that has a storm again, by its seed
     * @param news told of what is known so far, each time that it is more
     * @throws Problem if there are no users of ours, or no nodes with names, or the drill cannot be saved
     */
    public Storms(Drill drill, StormPlan plan, Path save, LongFunction<String> command, Consumer<StormResult> news) {
        if (drill.users().foreign().isPresent()) {
            throw new Problem("A storm needs users of its own; " + drill.file() + " has the load of others.");
        }
        // What cannot be is said before anything starts.
        drill.nodes().knownNames();
        StormDrillFile.beside(drill, save, plan.seed());
        this.drill = drill;
        this.plan = plan;
        this.save = save;
        this.command = command;
        this.news = news;
        this.course = new StormCourse(drill, plan.profile());
        calm();
    }

    /**
     * Blocks until one has failed and is small, or all are over.
     *
     * @throws BrokenRun if nothing can be judged, or nothing can be done to the service
     */
    public StormResult run(RunSetting setting) throws InterruptedException {
        long begun = System.nanoTime();
        Progress progress = setting.progress();
        StormRuns runs = new StormRuns(setting);
        Run calm = runs.run(calm(), CALM, command.apply(plan.seed()));
        Schedule none = new Schedule(List.of(), start(calm.history()));
        if (calm.outcome().failed()) {
            return failed(runs, none, tell(0, plan.seed(), none, calm.outcome(), progress), runs.report(CALM));
        }
        if (calm.outcome().verdict() == Verdict.INVALID) {
            throw new BrokenRun(
                    "The run without any fault is invalid, so there was no storm: "
                            + calm.outcome().reason(),
                    null);
        }
        Capabilities capabilities = Capabilities.of(course, seen(calm.history()), plan.losing());
        if (capabilities.none()) {
            throw new BrokenRun("There is nothing that could be done to these nodes and this store.", null);
        }
        int broken = 0;
        for (int i = 1; i <= plan.storms() && !late(i, begun, progress); i++) {
            long seed = plan.seedOf(i);
            Schedule schedule = none.of(StormDraw.of(seed, plan.profile(), capabilities, plan.over()));
            schedule.words().forEach(progress::note);
            String directory = "storm-" + i;
            Outcome outcome;
            try {
                outcome = runs.run(drill(seed, schedule), directory, command.apply(seed))
                        .outcome();
                broken = 0;
            } catch (Problem | BrokenRun e) {
                if (++broken >= MOST_BROKEN) {
                    throw new BrokenRun(e.getMessage(), e);
                }
                outcome = Outcome.broken(e.getMessage());
            }
            StormRow row = tell(i, seed, schedule, outcome, progress);
            if (outcome.failed()) {
                return failed(runs, schedule, row, runs.report(directory));
            }
        }
        return result(Optional.empty());
    }

    private boolean late(int storm, long begun, Progress progress) {
        boolean late = storm > 1
                && !plan.within().isZero()
                && System.nanoTime() - begun > plan.within().toNanos();
        if (late) {
            progress.note("No further storm: the time for them is over.");
        }
        return late;
    }

    private StormResult failed(StormRuns runs, Schedule schedule, StormRow row, Path report)
            throws InterruptedException {
        long seed = row.seed();
        StormDrillFile file = StormDrillFile.beside(drill, save, seed);
        long end = System.nanoTime() + plan.shrinking().toNanos();
        StormFailure failure = new StormSearch(
                        row,
                        schedule,
                        file.path(),
                        report,
                        plan,
                        runs.smaller(smaller -> drill(seed, smaller), command.apply(seed)),
                        () -> System.nanoTime() - end >= 0,
                        (found, smallest) -> {
                            file.write(
                                    found,
                                    command.apply(seed),
                                    course.text(name(seed), description(smallest), seed, smallest));
                            news.accept(result(Optional.of(found)));
                        })
                .run();
        return result(Optional.of(failure));
    }

    private StormResult result(Optional<StormFailure> failure) {
        return new StormResult(drill.name(), plan, rows, failure);
    }

    private StormRow tell(int number, long seed, Schedule schedule, Outcome outcome, Progress progress) {
        StormRow row = new StormRow(number, seed, schedule.words(), outcome);
        rows.add(row);
        progress.note(row.sentence());
        news.accept(result(Optional.empty()));
        return row;
    }

    private Drill drill(long seed, Schedule schedule) {
        return course.of(name(seed), description(schedule), seed, schedule);
    }

    private Drill calm() {
        return course.of(drill.name() + "-calm", "No fault.", plan.seed(), new Schedule(List.of(), Duration.ZERO));
    }

    private String name(long seed) {
        return drill.name() + "-storm-" + seed;
    }

    private static String description(Schedule schedule) {
        return schedule.steps().isEmpty() ? "No fault." : String.join("; ", schedule.words()) + ".";
    }

    private static Seen seen(History history) {
        OperationSteps steps = history.journals().operationSteps();
        Map<SessionOperation, Integer> commands = new EnumMap<>(SessionOperation.class);
        for (SessionOperation operation : SessionOperation.values()) {
            steps.of(operation)
                    .map(sequence -> sequence.commands().size())
                    .filter(size -> size > 0)
                    .ifPresent(size -> commands.put(operation, size));
        }
        return new Seen(history.journals().reach(), history.journals().keptByNodes(), commands);
    }

    /** From nothing to the first users, in whole seconds. */
    private static Duration start(History history) {
        long nanos = history.operations().stream()
                .mapToLong(UserOperation::invoked)
                .min()
                .orElse(0);
        return Duration.ofSeconds(Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    }
}
