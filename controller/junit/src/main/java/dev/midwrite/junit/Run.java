package dev.midwrite.junit;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.Verdict;
import dev.midwrite.controller.cli.Version;
import dev.midwrite.controller.meter.ControllerMeters;
import dev.midwrite.controller.nodes.Reaper;
import dev.midwrite.controller.run.ByHand;
import dev.midwrite.controller.run.CampaignResult;
import dev.midwrite.controller.run.CampaignRun;
import dev.midwrite.controller.run.DrillRun;
import dev.midwrite.controller.run.ExpectationCheck;
import dev.midwrite.controller.run.RunResult;
import dev.midwrite.controller.run.RunSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs what is planned, as the command line does; everything that was started has ended when it returns or throws. */
final class Run {
    /** Held, because the JDK forgets a logger that nobody holds, and its level with it. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private final PlannedDrill planned;
    private final Setting setting;
    private final Path agent;
    private final String repeat;

    private interface Body {
        Outcome run(RunSetting setting) throws InterruptedException;
    }

    /** @param repeat what repeats it, for the report */
    Run(PlannedDrill planned, Setting setting, Path agent, String repeat) {
        this.planned = planned;
        this.setting = setting;
        this.agent = agent;
        this.repeat = repeat;
    }

    /** @throws RuntimeException a {@code Problem} or {@code BrokenRun} whose message is a sentence, if there is no verdict */
    Outcome run() throws InterruptedException {
        return launch(run -> planned.trials() == 1 ? one(new DrillRun(planned.drill(), run).run()) : several(run));
    }

    /** The same with somebody in the place of the timeline. */
    Outcome run(ByHand hand) throws InterruptedException {
        return launch(run -> one(new DrillRun(planned.drill(), run).run(hand)));
    }

    private Outcome launch(Body body) throws InterruptedException {
        if (GRPC.getLevel() == null) {
            GRPC.setLevel(Level.OFF); // That a stream to a node broke is no news where nodes are killed.
        }
        try (Reaper reaper = Reaper.install();
                ControllerMeters meters = new ControllerMeters()) {
            RunSetting run = new RunSetting(
                    setting.own(planned.drill().name()),
                    agent,
                    setting.java(),
                    Version.number(),
                    repeat,
                    0,
                    reaper,
                    meters,
                    new Silence());
            return body.run(run);
        }
    }

    private Outcome one(RunResult judged) {
        Judgement judgement = judged.judgement();
        return new Outcome(
                judgement,
                judged.files().html(),
                ExpectationCheck.found(judgement),
                ExpectationCheck.surprises(planned.drill().expect(), judgement));
    }

    private Outcome several(RunSetting run) throws InterruptedException {
        Set<String> found = new TreeSet<>();
        List<String> surprises = new ArrayList<>();
        AtomicInteger ended = new AtomicInteger();
        CampaignResult judged = new CampaignRun(
                        List.of(planned.drill()), planned.trials(), run, (trial, drill, its) -> {
                            ended.incrementAndGet();
                            found.addAll(ExpectationCheck.found(its.judgement()));
                            ExpectationCheck.surprises(drill.expect(), its.judgement())
                                    .forEach(surprise -> surprises.add(trial.name() + ": " + surprise));
                        })
                .run();
        if (ended.get() < planned.trials()) {
            surprises.add("only " + ended + " of " + planned.trials() + " trials came to a verdict.");
        }
        Verdict whole = judged.judgement().verdict();
        if (whole != Verdict.PASS && planned.drill().expect().verdict().equals(Optional.of(Verdict.PASS))) {
            // Each trial may pass where all of them together miss what is required.
            surprises.add("the verdict over all trials is " + Outcome.words(whole) + ", not pass.");
        }
        return new Outcome(judged.judgement(), judged.files().html(), found, surprises);
    }
}
