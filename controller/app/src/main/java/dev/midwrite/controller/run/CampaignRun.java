package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.report.ShellWord;
import dev.midwrite.controller.run.CampaignPlan.PlannedTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several trials, one after the other, each with its own seed and its own bundle below one directory. After each the
 * report of the whole is written anew, so that an interrupted campaign keeps what was finished.
 *
 * <p>Not thread-safe; one use.
 */
public final class CampaignRun {
    /** So many trials in a row that broke: the machine is broken, not the trial. */
    private static final int MOST_BROKEN = 2;

    private final List<Drill> drills;
    private final RunSetting setting;
    private final CampaignPlan plan;
    private final TrialListener listener;

    /** Hears of each trial when it ends. */
    public interface TrialListener {
        void ended(PlannedTrial trial, Drill drill, RunResult judged);
    }

    /**
     * @param drills at least one, with the same profile and objectives
     * @param times of each drill
     * @param setting its directory is the campaign's; its meters are not used, since each trial has its own
     */
    public CampaignRun(List<Drill> drills, int times, RunSetting setting, TrialListener listener) {
        this.drills = List.copyOf(drills);
        this.setting = setting;
        this.listener = listener;
        this.plan = CampaignPlan.of(
                drills,
                times,
                setting.version(),
                setting.command(),
                Instant.now().toString());
    }

    /**
     * Blocks until all trials are judged.
     *
     * @throws Problem if the first trial cannot start as things are; then nothing was started
     * @throws BrokenRun if the first trial broke, or two in a row did
     */
    public CampaignResult run() throws InterruptedException {
        Map<String, Drill> byName = drills.stream().collect(Collectors.toMap(Drill::name, Function.identity()));
        prepare();
        CampaignJudge judge = new CampaignJudge(setting.directory(), plan, true);
        CampaignResult judged = null;
        int broken = 0;
        for (PlannedTrial planned : plan.trials()) {
            Drill drill = byName.get(planned.drill()).withSeed(planned.seed());
            judge.know(drill);
            setting.progress()
                    .note(planned.name() + " of " + plan.trials().size() + ": " + planned.drill() + ", seed "
                            + planned.seed());
            try (ControllerMeters meters = new ControllerMeters()) {
                RunResult trial = new DrillRun(drill, of(planned, meters)).run();
                broken = 0;
                judge.add(planned, trial);
                listener.ended(planned, drill, trial);
            } catch (Problem | BrokenRun e) {
                setting.reaper().requireGoingOn();
                broken++;
                if (judged == null || broken >= MOST_BROKEN) {
                    undo(judged == null && e instanceof Problem);
                    throw e;
                }
                judge.broke(planned, e.getMessage());
                setting.progress()
                        .note(Note.of(planned.name() + " broke: " + e.getMessage())
                                .warning());
            }
            judged = judge.conclude();
            Seal.trials(setting.directory(), CampaignPlan.FILE, CampaignJudge.BROKEN);
        }
        return judged;
    }

    private RunSetting of(PlannedTrial planned, ControllerMeters meters) {
        return new RunSetting(
                setting.directory().resolve(planned.name()),
                setting.agentJar(),
                setting.java(),
                setting.version(),
                "./midwrite drill run " + ShellWord.of(file(planned)) + " --seed " + planned.seed(),
                setting.metricsPort(),
                setting.traces(),
                setting.reaper(),
                meters,
                setting.progress());
    }

    /** What lies in no file is repeated from the copy in its bundle. */
    private Path file(PlannedTrial planned) {
        Path given = Path.of(planned.file());
        return Files.isRegularFile(given)
                ? given
                : new Bundle(setting.directory().resolve(planned.name())).drill();
    }

    private void prepare() {
        Path directory = setting.directory();
        try {
            PrivateFiles.directory(directory);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new Problem("The directory " + directory + " is not empty; a run needs its own.");
                }
            }
        } catch (IOException e) {
            throw new Problem("The directory " + directory + " cannot be used: " + e.getMessage() + ".", e);
        }
        plan.write(directory);
    }

    /** Nothing was started, so nothing shall be left. */
    private void undo(boolean nothingStarted) {
        if (nothingStarted) {
            Path directory = setting.directory();
            for (Path path : List.of(
                    directory.resolve(CampaignPlan.FILE),
                    directory.resolve(plan.trials().get(0).name()),
                    directory)) {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    return;
                }
            }
        }
    }
}
