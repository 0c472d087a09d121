package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.campaign.Limits;
import dev.midwrite.check.stats.Change;
import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.Bundle;
import dev.midwrite.controller.history.HistoryWriter;
import dev.midwrite.controller.history.RunProgress;
import dev.midwrite.controller.history.Seal;
import dev.midwrite.controller.history.StartFile;
import dev.midwrite.controller.live.LiveRunFiles;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.DrillFile;
import dev.midwrite.controller.report.CampaignReport;
import dev.midwrite.controller.report.Terminal;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns of bundles made by hand. */
class CampaignJudgeTest {
    @TempDir
    private Path directory;

    private Path run;
    private Drill drill;

    @BeforeEach
    void drill() throws IOException {
        run = Files.createDirectory(directory.resolve("run"));
        drill = DrillFile.read(Files.writeString(directory.resolve("killed.yaml"), SyntheticTrial.DRILL));
    }

    private CampaignPlan plan(Path place, int trials) {
        CampaignPlan plan =
                CampaignPlan.of(List.of(drill), trials, "test", "./midwrite drill run x", "2026-01-01T00:00:00Z");
        plan.write(place);
        return plan;
    }

    private SyntheticTrial trial(Path place, int number) {
        return new SyntheticTrial(place, "trial-" + number, CampaignPlan.seed(drill.seed(), number));
    }

    private static GateResult gate(CampaignResult judged, String name) {
        return judged.judgement().gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void trialsHaveSeedsOfTheirOwnAndAlwaysTheSame() {
        CampaignPlan plan = plan(run, 100);
        Set<Long> seeds = new HashSet<>();
        plan.trials().forEach(trial -> seeds.add(trial.seed()));
        assertThat(seeds).hasSize(100).doesNotContain(drill.seed());
        assertThat(CampaignPlan.read(run)).isEqualTo(plan);
        assertThat(plan.trials().get(0).kind()).isEqualTo("kill");
    }

    @Test
    void perfectTrialsPassAndSayHowManyAreNeeded() throws IOException {
        plan(run, 2);
        trial(run, 1).write();
        trial(run, 2).write();
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.PASS);
        assertThat(gate(judged, "score").value()).isEqualTo(1);
        assertThat(gate(judged, "score").state()).isEqualTo(GateResult.State.OBSERVED);
        assertThat(gate(judged, "failover.p95").value()).isEqualTo(800);
        String summary = CampaignReport.summary(judged.input(), judged.files(), Terminal.PLAIN);
        assertThat(summary)
                .contains("PASS  killed · 2 trials · profile session · exit code 0")
                .containsPattern("trial-1 +pass +score 4/4 +survival 4/4 +failover 800 ms +seed -?\\d+")
                .containsPattern("score .*2 trials, 29 needed +target >= 0.9: observed");
        assertThat(run.resolve("trial-1/report.html")).exists();
    }

    @Test
    void reportLinksToEveryTrialAndJsonHoldsTheFigures() throws IOException {
        plan(run, 2);
        trial(run, 1).write();
        trial(run, 2).losing().write();
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judged.judgement().sentence()).contains("1 of 2 trials").contains("(trial-2)");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("href=\"trial-1/report.html\"")
                .contains("href=\"trial-2/report.html#A-1\"")
                .contains("Trials that succeeded")
                .contains("<s title=\"void: there is a hard violation\">")
                .doesNotContain("http://")
                .doesNotContain("https://");
        JsonNode verdict =
                new ObjectMapper().readTree(run.resolve("verdict.json").toFile());
        assertThat(verdict.path("verdict").asText()).isEqualTo("FAIL");
        assertThat(verdict.path("trials")).hasSize(2);
        assertThat(verdict.at("/trials/1/sessionsFresh").asInt()).isEqualTo(3);
        assertThat(verdict.at("/gates/0/needed").asInt()).isEqualTo(29);
        assertThat(run.resolve("junit.xml"))
                .content()
                .contains("classname=\"midwrite.killed.trial\" name=\"trial-2\"")
                .contains("classname=\"midwrite.killed.gate\" name=\"success\"");
    }

    @Test
    void enoughTrialsGate() throws IOException {
        plan(run, 59);
        for (int number = 1; number <= 59; number++) {
            trial(run, number).failover(number <= 20 ? 5_000 : 900).write();
        }
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.GATE_MISSED);
        assertThat(gate(judged, "score").state()).isEqualTo(GateResult.State.MET);
        assertThat(gate(judged, "failover.p95").state()).isEqualTo(GateResult.State.MISSED);
    }

    @Test
    void invalidTrialIsNamedAndNotDropped() throws IOException {
        plan(run, 3);
        trial(run, 1).write();
        trial(run, 2).invalid("The clock was wrong.").write();
        trial(run, 3).write();
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.judgement().reasons()).anyMatch(reason -> reason.startsWith("Trial-2 is invalid: "));
        assertThat(gate(judged, "success").samples()).isEqualTo(3);
        assertThat(gate(judged, "success").high()).isEqualTo(1);
    }

    @Test
    void damagedBundleIsAnInvalidTrial() throws IOException {
        plan(run, 2);
        trial(run, 1).write();
        trial(run, 2).write();
        Files.writeString(run.resolve("trial-2/run.json"), "{\"format\":");
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.judgement().reasons().get(0))
                .contains("Trial-2 is invalid")
                .contains("run.json:1");
    }

    @Test
    void brokenTrialIsInvalidAndAnInterruptedOneIsNone() throws IOException {
        CampaignPlan plan = plan(run, 4);
        trial(run, 1).write();
        new CampaignJudge(run, plan, true).broke(plan.trials().get(1), "Node node-2 did not start.");
        Files.createDirectories(run.resolve("trial-3"));
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.input().trials()).hasSize(2);
        assertThat(judged.judgement().reasons().get(0)).isEqualTo("Trial-2 is invalid: Node node-2 did not start.");
        assertThat(CampaignReport.summary(judged.input(), judged.files(), Terminal.PLAIN))
                .contains("2 of 4 trials");
    }

    @Test
    void ofATrialThatWasBrokenOffCountsWhatItProves() throws IOException {
        plan(run, 3);
        trial(run, 1).write();
        brokenOff(2, List.of(LiveRunFiles.create(1, 1_000)));
        assertThat(CampaignJudge.judge(run).judgement().verdict()).isEqualTo(Verdict.PASS);
        assertThat(CampaignJudge.judge(run).input().trials()).hasSize(1);
        brokenOff(
                3,
                Stream.concat(LiveRunFiles.forgetful(2, 0).stream(), Stream.of(LiveRunFiles.create(1, 20_000)))
                        .toList());
        assertThat(CampaignJudge.judge(run).judgement().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRunThatWasBrokenOffIsNotCompared() throws IOException {
        trial(run, 1).write();
        brokenOff(2, List.of(LiveRunFiles.create(1, 1_000)));
        assertThatThrownBy(() ->
                        RunComparison.of(run.resolve("trial-1"), run.resolve("trial-2"), new Limits(0.1, 0.1, 0.1)))
                .isInstanceOf(Problem.class)
                .hasMessage("The run " + run.resolve("trial-2")
                        + " was broken off; what has no end has no figures to compare.");
    }

    /** What broke later takes nothing away from what users had seen. */
    @Test
    void aTrialThatBrokeAfterALossHasFailed() throws IOException {
        CampaignPlan plan = plan(run, 3);
        trial(run, 1).write();
        brokenOff(
                2,
                Stream.concat(LiveRunFiles.forgetful(2, 0).stream(), Stream.of(LiveRunFiles.create(1, 20_000)))
                        .toList());
        CampaignJudge fresh = new CampaignJudge(run, plan, true);
        fresh.broke(plan.trials().get(1), "The disk is full.");
        assertThat(fresh.results())
                .singleElement()
                .satisfies(result -> assertThat(result.judgement().verdict()).isEqualTo(Verdict.FAIL));
        CampaignResult again = CampaignJudge.judge(run);
        assertThat(again.judgement().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(again.input().trials().get(1).result().judgement().reasons()).contains("The disk is full.");
    }

    private void brokenOff(int number, List<UserOperation> sent) throws IOException {
        Path drillFile = Files.writeString(run.resolve("killed.yaml"), SyntheticTrial.DRILL);
        Bundle bundle = Bundle.create(run.resolve("trial-" + number), drillFile);
        StartFile.create(bundle, LiveRunFiles.FACTS).close();
        new RunProgress("timeline", 21_000_000_000L, 0, 0, Map.of()).write(bundle);
        try (HistoryWriter history = HistoryWriter.create(bundle.users())) {
            sent.forEach(history::append);
        }
    }

    /** The one that failed, say. */
    @Test
    void aTrialThatWasTakenAwayIsMissed() throws IOException {
        plan(run, 2);
        for (int number = 1; number <= 2; number++) {
            Seal.evidence(trial(run, number).write().directory());
        }
        Seal.trials(run, CampaignPlan.FILE, CampaignJudge.BROKEN);
        assertThat(CampaignJudge.judge(run).judgement().verdict()).isEqualTo(Verdict.PASS);
        Files.delete(run.resolve("trial-2/run.json"));
        Files.delete(run.resolve("trial-2/evidence.sha256"));
        Files.delete(run.resolve("trial-2/users.ops"));
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judged.judgement().sentence())
                .isEqualTo("The bundle was edited after its run: trial-2/evidence.sha256 is missing.");
    }

    @Test
    void anEditedTrialIsInvalidAndNeverPasses() throws IOException {
        plan(run, 2);
        for (int number = 1; number <= 2; number++) {
            Seal.evidence(trial(run, number).write().directory());
        }
        Seal.trials(run, CampaignPlan.FILE, CampaignJudge.BROKEN);
        Files.writeString(run.resolve("trial-2/drill.yaml"), SyntheticTrial.DRILL + "\n");
        CampaignResult judged = CampaignJudge.judge(run);
        assertThat(judged.judgement().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judged.judgement().sentence()).contains("drill.yaml was changed");
        assertThat(RunComparison.of(run, run, Limits.DEFAULT).notes())
                .hasSize(2)
                .allMatch(note -> note.contains("trial-2 is invalid: ") && note.contains("drill.yaml was changed"));
    }

    @Test
    void judgingTwiceSaysTheSame() throws IOException {
        plan(run, 2);
        trial(run, 1).write();
        trial(run, 2).losing().write();
        assertThat(CampaignJudge.judge(run).judgement())
                .isEqualTo(CampaignJudge.judge(run).judgement());
    }

    @Test
    void campaignWithoutAFinishedTrialIsAProblem() {
        plan(run, 2);
        assertThatThrownBy(() -> CampaignJudge.judge(run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No trial of")
                .hasMessageEndingWith("nothing to judge.");
    }

    @Test
    void damagedPlanIsAProblem() throws IOException {
        Files.writeString(run.resolve("campaign.json"), "{}");
        assertThatThrownBy(() -> CampaignJudge.judge(run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("campaign.json:1");
    }

    @Test
    void aTrialIsInItsOwnPlaceAndNowhereElse() throws IOException {
        plan(run, 1);
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        trial(elsewhere, 1).write();
        Path file = run.resolve("campaign.json");
        Files.writeString(file, Files.readString(file).replace("\"trial-1\"", "\"../elsewhere/trial-1\""));
        assertThatThrownBy(() -> CampaignJudge.judge(run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'../elsewhere/trial-1'");
        assertThat(elsewhere.resolve("trial-1/report.html")).doesNotExist();
    }

    @Test
    void slowerCandidateIsARegression() throws IOException {
        Path candidate = Files.createDirectory(directory.resolve("candidate"));
        plan(run, 8);
        plan(candidate, 8);
        for (int number = 1; number <= 8; number++) {
            trial(run, number).failover(800 + number).write();
            trial(candidate, number).failover(1600 + number).write();
        }
        RunComparison worse = RunComparison.of(run, candidate, Limits.DEFAULT);
        assertThat(worse.comparison().verdict()).isEqualTo(Verdict.GATE_MISSED);
        assertThat(worse.comparison().pairs()).isEqualTo(8);
        assertThat(worse.notes()).isEmpty();
        RunComparison same = RunComparison.of(run, run, new Limits(0.5, 0.1, 0.5));
        assertThat(same.comparison().verdict()).isEqualTo(Verdict.PASS);
        assertThat(same.comparison().changes()).extracting(Change::value).containsOnly(0.0);
        assertThat(run.resolve("trial-1/report.html"))
                .as("comparing writes nothing")
                .doesNotExist();
    }

    @Test
    void runsWithoutACommonSeedCannotBeCompared() throws IOException {
        Path base = trial(run, 1).write().directory();
        Path candidate = trial(run, 2).write().directory();
        assertThat(RunComparison.of(base, base, Limits.DEFAULT).comparison().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThatThrownBy(() -> RunComparison.of(base, candidate, Limits.DEFAULT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("same drill and seed");
        assertThatThrownBy(() -> RunComparison.of(base, directory, Limits.DEFAULT))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no bundle");
    }
}
