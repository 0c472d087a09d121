package dev.midwrite.controller.storm;

import dev.midwrite.check.Anomaly;
import dev.midwrite.controller.storm.StormFailure.Candidate;
import dev.midwrite.controller.storm.StormFailure.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Makes a storm that failed smaller, and measures how often the smallest fails. Failures are random, so a schedule has several runs,
 * and one in which the same property fails is enough: that it can fail is proved then. One that does not fail in any of them may
 * fail all the same, so the result may be larger than it need be, and never wrong. Not thread-safe; one use.
 */
final class StormSearch {
    private final Runner runner;
    private final StormPlan plan;
    private final BooleanSupplier over;
    private final BiConsumer<StormFailure, Schedule> news;
    private final List<Candidate> trials = new ArrayList<>();
    private final StormRow row;
    private final Schedule drawn;
    private final Anomaly finding;
    private final Path file;
    private Schedule smallest;
    private Path report;

    /** Runs schedules. */
    interface Runner {
        /** How it ended; a run that broke says nothing, so it counts as one in which nothing was found. */
        Outcome run(Schedule schedule) throws InterruptedException;

        /** Keeps what the last run has left, in the place of what was kept before, and says where its report is. */
        Path keep();
    }

    /**
     * For one storm.
     *
     * @param row of the storm, which failed
     * @param drawn its schedule
     * @param file where its drill is kept
     * @param report of its run
     * @param over whether the time for smaller ones is
     * @param news told of each smaller schedule, and of the rate
     */
    StormSearch(
            StormRow row,
            Schedule drawn,
            Path file,
            Path report,
            StormPlan plan,
            Runner runner,
            BooleanSupplier over,
            BiConsumer<StormFailure, Schedule> news) {
        this.row = row;
        this.drawn = drawn;
        this.smallest = drawn;
        this.finding = row.outcome().first().orElseThrow();
        this.file = file;
        this.report = report;
        this.plan = plan;
        this.runner = runner;
        this.over = over;
        this.news = news;
    }

    /** Blocks until it is small and its rate is known. */
    StormFailure run() throws InterruptedException {
        tell(State.SEARCHING, 0, 0);
        List<StormStep> fewest =
                new Shrink<StormStep>(part -> fails(part, plan.tries()), over, this::smaller).fewest(drawn.steps());
        // What has less to it in one respect is worth one run: many that rarely fail would else take the place of one
        // that often does.
        Shrink<StormStep> simpler = new Shrink<>(part -> fails(part, 1), over, this::smaller);
        List<StormStep> early =
                simpler.instead(fewest, drawn.of(fewest).earlier().steps());
        simpler.simplest(early, StormStep::simpler);
        State state = over.getAsBoolean() && !drawn.steps().isEmpty() ? State.OUT_OF_TIME : State.DONE;
        int failed = 0;
        for (int i = 0; i < plan.confirm(); i++) {
            tell(state, failed, i);
            failed += breaks(smallest) ? 1 : 0;
        }
        return tell(state, failed, plan.confirm());
    }

    private void smaller(List<StormStep> steps) {
        smallest = drawn.of(steps);
        tell(State.SEARCHING, 0, 0);
    }

    private boolean fails(List<StormStep> steps, int tries) throws InterruptedException {
        Schedule schedule = drawn.of(steps);
        boolean failed = false;
        int runs = 0;
        while (!failed && runs < tries) {
            failed = breaks(schedule);
            runs++;
        }
        trials.add(new Candidate(schedule.words(), runs, failed));
        return failed;
    }

    private boolean breaks(Schedule schedule) throws InterruptedException {
        boolean breaks = runner.run(schedule).breaks(finding.property());
        if (breaks) {
            report = runner.keep();
        }
        return breaks;
    }

    private StormFailure tell(State state, int failed, int of) {
        StormFailure failure = new StormFailure(
                row.seed(),
                finding.property(),
                finding.title(),
                drawn.steps().size(),
                smallest.words(),
                trials,
                state,
                failed,
                of,
                file,
                report);
        news.accept(failure, smallest);
        return failure;
    }
}
