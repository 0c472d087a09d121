package dev.midwrite.controller.run;

import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.campaign.Campaign;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.check.campaign.Targets;
import dev.midwrite.check.campaign.TrialResult;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.curve.RunCurves;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.Edits;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.identity.PrivateFiles;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.plan.InvalidDrill;
import dev.midwrite.controller.plan.Objectives;
import dev.midwrite.controller.report.CampaignInput;
import dev.midwrite.controller.report.CampaignInput.Trial;
import dev.midwrite.controller.report.CampaignReport;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.run.CampaignPlan.PlannedTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Judges all trials of a campaign as one, and writes the report of the whole; a fresh one and an old one alike. */
public final class CampaignJudge {
    static final String BROKEN = "broken.txt";

    private final Path directory;
    private final CampaignPlan plan;
    private final boolean writing;
    private final List<Trial> trials = new ArrayList<>();
    private Optional<Objectives> objectives = Optional.empty();
    private Optional<Profile> profile = Optional.empty();
    private Map<String, String> versions = new LinkedHashMap<>();
    /** Of the weakest trial so far; empty if none could be judged. */
    private Optional<EvidenceLevel> evidence = Optional.empty();
    /** Since all trials ended. */
    private Edits edits = Edits.NONE;

    CampaignJudge(Path directory, CampaignPlan plan, boolean writing) {
        this.directory = directory;
        this.plan = plan;
        this.writing = writing;
    }

    /**
     * Judges every trial again.
     *
     * @throws Problem if the directory is no campaign's, or no trial of it was finished
     */
    public static CampaignResult judge(Path directory) {
        return read(directory, true).conclude();
    }

    /**
     * All finished trials, judged again without writing anything; of a single bundle that one.
     *
     * @throws Problem if the directory is neither, or none was finished
     */
    public static CampaignJudge look(Path directory) {
        if (CampaignPlan.in(directory)) {
            return read(directory, false);
        }
        Bundle bundle = Bundle.open(directory);
        Drill drill = DrillFile.read(bundle.drill());
        PlannedTrial only = new PlannedTrial(
                ".",
                drill.name(),
                "",
                CampaignPlan.kind(drill),
                bundle.facts().origin().seed());
        CampaignJudge judge = new CampaignJudge(
                directory, new CampaignPlan(CampaignPlan.FORMAT, "", "", "", drill.seed(), List.of(only)), false);
        judge.add(only);
        if (judge.trials.isEmpty()) {
            throw new Problem("The run " + directory + " was broken off; what has no end has no figures to compare.");
        }
        return judge;
    }

    private static CampaignJudge read(Path directory, boolean writing) {
        CampaignJudge judge = new CampaignJudge(directory, CampaignPlan.read(directory), writing);
        judge.edits = Seal.editsOfTrials(directory);
        judge.plan.trials().forEach(judge::add);
        if (judge.trials.isEmpty()) {
            throw new Problem("No trial of " + directory + " was finished; there is nothing to judge.");
        }
        return judge;
    }

    /** A trial that has not begun, or is under way, says nothing; of one that was broken off counts only what it proves. */
    private void add(PlannedTrial planned) {
        Path place = directory.resolve(planned.name());
        if (Files.exists(place.resolve(BROKEN))) {
            addBroken(planned, sentence(place.resolve(BROKEN)));
        } else if (Bundle.begun(place) && !Bundle.underWay(place)) {
            try {
                RunResult judged = judged(place);
                if (judged.input().trial().interruption().isEmpty()
                        || judged.judgement().verdict() == Verdict.FAIL) {
                    add(planned, judged);
                }
            } catch (Problem | InvalidDrill e) {
                add(planned, unreadable(e.getMessage()), Duration.ZERO);
            }
        }
    }

    private RunResult judged(Path place) {
        know(DrillFile.read(new Bundle(place).drill()));
        return writing ? BundleJudge.judge(place) : BundleJudge.look(place);
    }

    /** What users had lost before it broke is lost; nothing else of it counts. */
    private void addBroken(PlannedTrial planned, String sentence) {
        Path place = directory.resolve(planned.name());
        if (Bundle.begun(place) && !Bundle.underWay(place)) {
            try {
                RunResult judged = judged(place);
                if (judged.judgement().verdict() == Verdict.FAIL) {
                    add(
                            planned,
                            new RunResult(
                                    judged.judgement().because(sentence),
                                    judged.input(),
                                    judged.files(),
                                    judged.figures()));
                    return;
                }
            } catch (Problem | InvalidDrill e) {
                // Why it broke says more than that what it left cannot be read.
            }
        }
        add(planned, unreadable(sentence), Duration.ZERO);
    }

    void know(Drill drill) {
        objectives = Optional.of(objectives.orElse(drill.objectives()));
        profile = Optional.of(profile.orElse(drill.profile()));
    }

    /** Also keeps what the report of the whole shows. */
    void add(PlannedTrial planned, RunResult judged) {
        if (versions.isEmpty()) {
            versions = judged.input().drill().versions();
        }
        EvidenceLevel level = judged.input().evidence();
        evidence = Optional.of(evidence.map(level::weaker).orElse(level));
        TrialResult result = new TrialResult(
                planned.name(), planned.drill(), planned.kind(), planned.seed(), judged.judgement(), judged.figures());
        trials.add(new Trial(
                result,
                planned.name(),
                judged.input().drill().duration(),
                judged.input().curves()));
    }

    /** A trial in which something broke besides what was to be broken; remembered in its directory. */
    void broke(PlannedTrial planned, String sentence) {
        if (writing) {
            try {
                Path place = PrivateFiles.directory(directory.resolve(planned.name()));
                Files.writeString(place.resolve(BROKEN), sentence + "\n");
            } catch (IOException e) {
                throw new Problem("The campaign " + directory + " cannot be written: " + e.getMessage() + ".", e);
            }
        }
        addBroken(planned, sentence);
    }

    private void add(PlannedTrial planned, Judgement judgement, Duration duration) {
        trials.add(new Trial(
                new TrialResult(
                        planned.name(), planned.drill(), planned.kind(), planned.seed(), judgement, Figures.NONE),
                "",
                duration,
                RunCurves.NONE));
    }

    private Judgement unreadable(String sentence) {
        return new Judgement(
                Verdict.INVALID,
                profile.orElse(Profile.SESSION),
                sentence,
                List.of(sentence),
                List.of(),
                List.of(),
                List.of());
    }

    private static String sentence(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return file + " cannot be read: " + e.getMessage() + ".";
        }
    }

    public List<TrialResult> results() {
        return trials.stream().map(Trial::result).toList();
    }

    /** Of the first trial that was finished. */
    Bundle firstBundle() {
        return trials.stream()
                .filter(trial -> !trial.place().isEmpty())
                .map(trial -> new Bundle(directory.resolve(trial.place())))
                .findFirst()
                .orElse(new Bundle(directory));
    }

    /** What the drill asks for. */
    public Targets targets() {
        return objectives.map(CampaignJudge::targets).orElse(Targets.NONE);
    }

    private static Targets targets(Objectives objectives) {
        return new Targets(
                number(objectives.score()),
                number(objectives.survival()),
                number(objectives.failover().map(most -> most.toNanos() / 1e6)),
                number(objectives.success()),
                objectives.correlation());
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /** Why not all of it counts, each a sentence. */
    List<String> doubts() {
        return Stream.concat(
                        edits.edited() ? Stream.of(edits.sentence()) : Stream.of(),
                        results().stream()
                                .filter(result -> result.judgement().verdict() == Verdict.INVALID)
                                .map(result -> result.name() + " is invalid: "
                                        + result.judgement().sentence()))
                .toList();
    }

    /** Judges what has been added so far. */
    CampaignResult conclude() {
        Judgement judgement = believed(Campaign.judge(results(), targets(), plan.seed()));
        CampaignInput input = new CampaignInput(
                judgement,
                evidence.orElse(EvidenceLevel.C),
                plan.trials().stream().map(PlannedTrial::drill).distinct().toList(),
                plan.trials().stream().map(PlannedTrial::file).distinct().toList(),
                plan.seed(),
                plan.command(),
                versions,
                started(plan.started()),
                plan.trials().size(),
                List.copyOf(trials));
        ReportFiles files = CampaignReport.write(directory, input);
        Seal.report(directory);
        return new CampaignResult(judgement, input, files);
    }

    /** A trial that was taken away may have been the one that failed, and one that was put there the one that did not. */
    private Judgement believed(Judgement judgement) {
        if (!edits.edited()) {
            return judgement;
        }
        return new Judgement(
                Verdict.INVALID,
                List.of(),
                judgement.profile(),
                edits.sentence(),
                Stream.concat(Stream.of(edits.sentence()), judgement.reasons().stream())
                        .toList(),
                judgement.properties(),
                judgement.gates(),
                judgement.cards());
    }

    private Instant started(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(directory.resolve(CampaignPlan.FILE) + ": 'started' is no moment: '" + text + "'.", e);
        }
    }
}
