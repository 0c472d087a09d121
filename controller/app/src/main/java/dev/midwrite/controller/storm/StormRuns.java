package dev.midwrite.controller.storm;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Leftovers;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.RunSetting;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Runs drills, each in a directory of its own. Not thread-safe.
 *
 * @param setting whose directory is that of all storms
 */
record StormRuns(RunSetting setting) {
    private static final String REPORT = "report.html";

    /** What one run says: how it ended, and what it has recorded. */
    record Run(Outcome outcome, History history) {}

    Path report(String directory) {
        return setting.directory().resolve(directory).resolve(REPORT);
    }

    /**
     * Blocks until it is judged.
     *
     * @param repeat the command with which its report says how to have it again
     * @throws Problem if it cannot start as things are
     * @throws BrokenRun if something broke later
     * @throws InterruptedException also if the JVM is ending: what the nodes' ends look like then says nothing of the service
     */
    Run run(Drill drill, String directory, String repeat) throws InterruptedException {
        Path place = setting.directory().resolve(directory);
        try (ControllerMeters meters = new ControllerMeters()) {
            new DrillRun(
                            drill,
                            new RunSetting(
                                    place,
                                    setting.agentJar(),
                                    setting.java(),
                                    setting.version(),
                                    repeat,
                                    setting.metricsPort(),
                                    setting.traces(),
                                    setting.reaper(),
                                    meters,
                                    setting.progress()))
                    .run();
        } catch (Problem | BrokenRun e) {
            setting.reaper().requireGoingOn();
            throw e;
        }
        setting.reaper().requireGoingOn();
        History history = History.read(Bundle.open(place));
        return new Run(Outcome.of(history, !drill.timeline().isEmpty()), history);
    }

    /**
     * Of schedules that may be smaller: only what the last one left that failed stays.
     *
     * @param course makes a drill of a schedule
     */
    StormSearch.Runner smaller(Function<Schedule, Drill> course, String repeat) {
        return new StormSearch.Runner() {
            private int runs;
            private int kept;

            @Override
            public Outcome run(Schedule schedule) throws InterruptedException {
                forget(runs);
                runs++;
                setting.progress()
                        .note("Trying "
                                + (schedule.steps().isEmpty() ? "no step" : String.join("; ", schedule.words())));
                try {
                    return StormRuns.this
                            .run(course.apply(schedule), name(runs), repeat)
                            .outcome();
                } catch (Problem | BrokenRun e) {
                    setting.progress().note("That run broke and says nothing: " + e.getMessage());
                    return Outcome.broken(e.getMessage());
                }
            }

            @Override
            public Path keep() {
                int before = kept;
                kept = runs;
                forget(before);
                return report(name(runs));
            }

            private void forget(int run) {
                if (run != kept && run > 0) {
                    Leftovers.delete(setting.directory().resolve(name(run)));
                }
            }

            private static String name(int run) {
                return "smaller-" + run;
            }
        };
    }
}
