package dev.midwrite.controller.sweep;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.History;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.run.BrokenRun;
import dev.midwrite.controller.run.BundleJudge;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.Progress;
import dev.midwrite.controller.run.RunResult;
import dev.midwrite.controller.run.RunSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The runs that a sweep consists of, each in a directory of its own below the sweep's. What an earlier sweep that was interrupted
 * has run to its end is judged anew and not run again; a run that was broken off stays, and is run once more beside it.
 */
public final class SweepRuns {
    private final RunSetting setting;
    private final boolean resumed;

    /** @param resumed go on in a directory in which a sweep has begun */
    public SweepRuns(RunSetting setting, boolean resumed) {
        this.setting = setting;
        this.resumed = resumed;
    }

    /** What is known of one of them. */
    record Swept(RunResult result, History history) {}

    /**
     * Whether a sweep has begun there.
     *
     * @throws Problem if none has
     */
    public static void requireBegun(Path directory) {
        if (!Files.isDirectory(directory.resolve(Recording.NAME))) {
            throw new Problem(
                    directory + " holds no sweep that could go on: it has no directory " + Recording.NAME + ".");
        }
    }

    Progress progress() {
        return setting.progress();
    }

    /**
     * Blocks until it is over, or reads what is there.
     *
     * @param name of its directory
     * @throws Problem if what is there is of another drill, or still under way
     * @throws BrokenRun if something broke, so that there is nothing to judge
     */
    Swept run(String name, Drill drill) throws InterruptedException {
        Path directory = setting.directory().resolve(name);
        for (int again = 2; resumed && Files.exists(directory); again++) {
            if (Bundle.underWay(directory)) {
                throw new Problem(directory + " is of a run that is still under way.");
            }
            if (Seal.closed(directory)) {
                requireSame(directory, drill);
                progress().note(name + " was run already.");
                return new Swept(BundleJudge.judge(directory), History.read(Bundle.open(directory)));
            }
            directory = setting.directory().resolve(name + "-again-" + again);
        }
        RunResult result = new DrillRun(drill, setting.in(directory)).run();
        return new Swept(result, History.read(Bundle.open(directory)));
    }

    private static void requireSame(Path directory, Drill drill) {
        Bundle bundle = Bundle.open(directory);
        try {
            String then = Files.readString(bundle.drill());
            if (!then.equals(DrillFile.forBundle(drill.file(), drill.text().written()))
                    || bundle.facts().origin().seed() != drill.seed()) {
                throw new Problem(
                        directory + " is of another sweep: the drill, the seed or what is swept was different.");
            }
        } catch (IOException e) {
            throw new Problem(bundle.drill() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
