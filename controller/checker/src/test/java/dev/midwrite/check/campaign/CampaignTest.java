package dev.midwrite.check.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Validity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.Violation;
import dev.midwrite.check.stats.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CampaignTest {
    private static final Figures FINE = new Figures(50, 50, 50, true, OptionalDouble.of(800));

    private static Judgement judgement(Verdict verdict) {
        List<PropertyResult> properties = List.of(
                switch (verdict) {
                    case FAIL -> new PropertyResult(Property.LIST, Validity.FALSE, 100, 1, 0, 0, "", List.of(lost()));
                    case INCONCLUSIVE ->
                        new PropertyResult(Property.LIST, Validity.UNKNOWN, 90, 0, 10, 0, "no final read", List.of());
                    default -> new PropertyResult(Property.LIST, Validity.TRUE, 100, 0, 0, 0, "", List.of());
                },
                PropertyResult.notObserved(Property.REGISTER, "no such workload"));
        return new Judgement(
                verdict, Profile.SESSION, "Said of " + verdict + ".", List.of(), properties, List.of(), List.of());
    }

    private static Violation lost() {
        return new Violation(
                Anomaly.LOST_ACKED_WRITE, Severity.HARD, 1, 1, List.of(), "It is gone.", "It was there.", 0, 0, true);
    }

    private static TrialResult trial(int number, Verdict verdict, Figures figures) {
        return new TrialResult("trial-" + number, "crash", "crash", number, judgement(verdict), figures);
    }

    private static List<TrialResult> passed(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(number -> trial(number, Verdict.PASS, FINE))
                .toList());
    }

    private static Targets targets(double score, double failover, double success) {
        return new Targets(
                OptionalDouble.of(score),
                OptionalDouble.empty(),
                OptionalDouble.of(failover),
                OptionalDouble.of(success),
                1);
    }

    private static GateResult gate(Judgement judgement, String name) {
        return judgement.gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static PropertyResult list(Judgement judgement) {
        return judgement.properties().stream()
                .filter(result -> result.property() == Property.LIST)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fewPerfectTrialsPassAndGateNothing() {
        Judgement judgement = Campaign.judge(passed(2), targets(0.95, 1000, 0.9), 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.sentence()).isEqualTo("Nothing that the profile session rules out was seen in 2 trials.");
        assertThat(judgement.gates())
                .extracting(GateResult::name)
                .containsExactly("score", "survival", "failover.p95", "success");
        assertThat(judgement.gates()).extracting(GateResult::state).containsOnly(State.OBSERVED);
        assertThat(gate(judgement, "score").needed()).isEqualTo(59);
        assertThat(gate(judgement, "success").needed()).isEqualTo(29);
        assertThat(gate(judgement, "failover.p95").needed()).isEqualTo(59);
        assertThat(gate(judgement, "survival").needed()).isZero();
        assertThat(list(judgement).checked()).isEqualTo(200);
        assertThat(list(judgement).validity()).isEqualTo(Validity.TRUE);
        assertThat(judgement.properties()).hasSameSizeAs(Property.values());
    }

    @Test
    void enoughPerfectTrialsMeetAllObjectives() {
        Judgement judgement = Campaign.judge(passed(59), targets(0.95, 1000, 0.95), 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.gates().stream().filter(gate -> !gate.target().isEmpty()))
                .extracting(GateResult::state)
                .containsOnly(State.MET);
    }

    @Test
    void oneHardViolationFailsWhateverTheFigures() {
        List<TrialResult> trials = passed(100);
        trials.set(7, trial(8, Verdict.FAIL, FINE));
        Judgement judgement = Campaign.judge(trials, targets(0.9, 1000, 0.9), 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.sentence())
                .isEqualTo("1 of 100 trials broke the profile session: acknowledged write lost (trial-8).");
        assertThat(gate(judgement, "success").state()).isEqualTo(State.MET);
        assertThat(list(judgement).validity()).isEqualTo(Validity.FALSE);
        assertThat(list(judgement).violated()).isEqualTo(1);
    }

    @Test
    void trialThatProvedNothingIsNamedAndCountsBothWays() {
        for (Verdict verdict : List.of(Verdict.INVALID, Verdict.VACUOUS)) {
            List<TrialResult> trials = passed(59);
            trials.set(2, trial(3, verdict, Figures.NONE));
            Judgement judgement = Campaign.judge(trials, targets(0.95, 1000, 0.95), 1);
            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reasons().get(0)).startsWith("Trial-3 is ").contains("Said of " + verdict);
            assertThat(list(judgement).validity()).isEqualTo(Validity.UNKNOWN);
            assertThat(judgement.gates().stream().filter(gate -> !gate.target().isEmpty()))
                    .allMatch(gate -> gate.samples() == 59 && gate.state() == State.INCONCLUSIVE);
            assertThat(gate(judgement, "failover.p95").low()).isInfinite();
            assertThat(gate(judgement, "success").high()).isEqualTo(1);
        }
    }

    @Test
    void whatElseIsTheMatterWithATrialExcusesNoHardViolation() {
        Judgement broken = judgement(Verdict.FAIL);
        for (Verdict beside : List.of(Verdict.INVALID, Verdict.VACUOUS)) {
            List<TrialResult> trials = passed(3);
            trials.add(new TrialResult(
                    "trial-4",
                    "crash",
                    "crash",
                    4,
                    new Judgement(
                            Verdict.FAIL,
                            List.of(beside),
                            Profile.SESSION,
                            "So.",
                            List.of(),
                            broken.properties(),
                            List.of(),
                            List.of()),
                    FINE));
            Judgement judgement = Campaign.judge(trials, targets(0.9, 1000, 0.9), 1);
            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.besides()).containsExactly(Verdict.INCONCLUSIVE);
            assertThat(judgement.reasons())
                    .contains("Trial-4 failed, and is " + beside.name().toLowerCase(Locale.ROOT) + " besides: So.");
            // Its figures come from a run that did not do what it was to do.
            assertThat(gate(judgement, "failover.p95").high())
                    .isNotEqualTo(gate(judgement, "failover.p95").low());
        }
    }

    @Test
    void anInvalidTrialWithoutAViolationProvesNone() {
        List<TrialResult> trials = passed(3);
        trials.add(trial(4, Verdict.INVALID, Figures.NONE));
        assertThat(Campaign.judge(trials, Targets.NONE, 1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void campaignOfNothingIsNothing() {
        assertThat(Campaign.judge(List.of(trial(1, Verdict.VACUOUS, Figures.NONE)), Targets.NONE, 1)
                        .verdict())
                .isEqualTo(Verdict.VACUOUS);
        assertThat(Campaign.judge(
                                List.of(
                                        trial(1, Verdict.VACUOUS, Figures.NONE),
                                        trial(2, Verdict.INVALID, Figures.NONE)),
                                targets(0.9, 1000, 0.9),
                                1)
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThatIllegalArgumentException().isThrownBy(() -> Campaign.judge(List.of(), Targets.NONE, 1));
    }

    @Test
    void undecidedTrialLeavesTheCampaignOpen() {
        List<TrialResult> trials = passed(3);
        trials.add(trial(4, Verdict.INCONCLUSIVE, FINE));
        Judgement judgement = Campaign.judge(trials, Targets.NONE, 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(list(judgement).reason()).isEqualTo("trial-4: no final read");
        assertThat(gate(judgement, "success").value()).isEqualTo(0.75);
    }

    @Test
    void missedGateOfManyTrials() {
        List<TrialResult> trials = passed(60);
        for (int i = 0; i < 20; i++) {
            trials.set(i, trial(i + 1, Verdict.PASS, new Figures(50, 50, 50, true, OptionalDouble.of(5000))));
        }
        Judgement judgement = Campaign.judge(trials, targets(0.9, 1000, 0.9), 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.GATE_MISSED);
        assertThat(gate(judgement, "failover.p95").state()).isEqualTo(State.MISSED);
        assertThat(gate(judgement, "success").state()).isEqualTo(State.MISSED);
        assertThat(gate(judgement, "score").state()).isEqualTo(State.MET);
        assertThat(judgement.sentence()).startsWith("No hard violation in 60 trials, but the gate failover.p95");
    }

    @Test
    void worstKindOfFaultStandsForAll() {
        List<TrialResult> trials = passed(60);
        for (int i = 0; i < 60; i++) {
            Figures figures = i % 2 == 0 ? new Figures(25, 50, 50, true, OptionalDouble.empty()) : FINE;
            trials.add(new TrialResult("trial-" + (61 + i), "stop", "stop", i, judgement(Verdict.PASS), figures));
        }
        Judgement judgement = Campaign.judge(trials, targets(0.9, 1000, 0.9), 1);
        assertThat(gate(judgement, "score").state()).isEqualTo(State.MISSED);
        assertThat(gate(judgement, "score").value()).isEqualTo(0.75);
        assertThat(gate(judgement, "score [stop]").state()).isEqualTo(State.MISSED);
        assertThat(gate(judgement, "score [crash]").state()).isEqualTo(State.MET);
        assertThat(gate(judgement, "success").samples()).isEqualTo(60);
    }

    @Test
    void driftIsTheShareOverAllTrials() {
        List<TrialResult> trials = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            Judgement one = judgement(Verdict.PASS);
            GateResult drift = new GateResult(
                    "drift", i == 1 ? 0.1 : 0, Double.NaN, Double.NaN, 1, "", "", 50, "sessions", State.OBSERVED);
            trials.add(new TrialResult(
                    "trial-" + i,
                    "crash",
                    "crash",
                    i,
                    new Judgement(
                            one.verdict(),
                            one.profile(),
                            one.sentence(),
                            one.reasons(),
                            one.properties(),
                            List.of(drift),
                            List.of()),
                    FINE));
        }
        GateResult drift = gate(Campaign.judge(trials, Targets.NONE, 1), "drift");
        assertThat(drift.value()).isCloseTo(5 / 200.0, within(1e-9));
        assertThat(drift.samples()).isEqualTo(4);
        assertThat(drift.low()).as("one of four trials drifted").isCloseTo(0.7514, within(1e-4));
        assertThat(drift.high()).isZero();
    }

    @Test
    void kindWithoutTheFigureIsNoStratumOfIt() {
        List<TrialResult> trials = passed(3);
        trials.add(new TrialResult(
                "trial-4",
                "drop",
                "drop",
                1,
                judgement(Verdict.PASS),
                new Figures(40, 50, 50, true, OptionalDouble.empty())));
        trials.add(new TrialResult("trial-5", "steady", "no fault", 1, judgement(Verdict.PASS), Figures.NONE));
        assertThat(Campaign.judge(trials, Targets.NONE, 1).gates())
                .extracting(GateResult::name)
                .containsExactly(
                        "score",
                        "score [crash]",
                        "score [drop]",
                        "survival",
                        "survival [crash]",
                        "survival [drop]",
                        "failover.p95",
                        "success",
                        "success [crash]",
                        "success [drop]",
                        "success [no fault]");
    }

    @Test
    void objectiveThatNoTrialMeasuredIsNotMet() {
        List<TrialResult> trials = new ArrayList<>();
        for (int i = 1; i <= 59; i++) {
            trials.add(trial(i, Verdict.PASS, Figures.NONE));
        }
        Judgement judgement = Campaign.judge(trials, targets(0.95, 1000, 0.95), 1);
        assertThat(gate(judgement, "score").state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(gate(judgement, "failover.p95").state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(gate(judgement, "success").state()).isEqualTo(State.MET);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Campaign.judge(trials.subList(0, 5), targets(0.95, 1000, 0.95), 1)
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void twoKindsNeedMoreThanOne() {
        List<TrialResult> trials = passed(29);
        assertThat(gate(Campaign.judge(trials, targets(0.9, 1000, 0.9), 1), "success")
                        .state())
                .isEqualTo(State.MET);
        for (int i = 0; i < 29; i++) {
            trials.add(new TrialResult("trial-" + (30 + i), "stop", "stop", i, judgement(Verdict.PASS), FINE));
        }
        GateResult both = gate(Campaign.judge(trials, targets(0.9, 1000, 0.9), 1), "success");
        assertThat(both.state()).isEqualTo(State.OBSERVED);
        assertThat(both.needed()).isEqualTo(36);
        assertThat(both.confidence()).isEqualTo(0.975);
    }

    @Test
    void sameBuildIsNoRegressionAsFarAsPairsReach() {
        Comparison same = Comparison.of(passed(60), passed(60), Targets.NONE, new Limits(0.05, 0.1, 0.05));
        assertThat(same.verdict()).isEqualTo(Verdict.PASS);
        assertThat(same.pairs()).isEqualTo(60);
        assertThat(same.changes()).extracting(Change::name).containsExactly("score", "failover.p95", "success");
        assertThat(Comparison.of(passed(60), passed(60), Targets.NONE, Limits.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void slowerFailoverIsARegression() {
        List<TrialResult> slow = IntStream.rangeClosed(1, 12)
                .mapToObj(number ->
                        trial(number, Verdict.PASS, new Figures(50, 50, 50, true, OptionalDouble.of(1500 + number))))
                .toList();
        Comparison comparison = Comparison.of(passed(12), slow, Targets.NONE, Limits.DEFAULT);
        assertThat(comparison.verdict()).isEqualTo(Verdict.GATE_MISSED);
        assertThat(Comparison.of(slow, passed(12), Targets.NONE, Limits.DEFAULT).changes().stream()
                        .filter(change -> change.name().equals("failover.p95")))
                .extracting(Change::state)
                .containsExactly(Change.State.NO_REGRESSION);
    }

    @Test
    void figuresOfUsersWhoFellBehindAreUnknown() {
        List<TrialResult> doubted = IntStream.rangeClosed(1, 59)
                .mapToObj(number ->
                        trial(number, Verdict.PASS, new Figures(0, 0, 50, true, OptionalDouble.of(5000), true)))
                .toList();
        Judgement judgement = Campaign.judge(doubted, targets(0.95, 1000, 0.9), 1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.gates()).extracting(GateResult::state).doesNotContain(State.MISSED, State.MET);
        assertThat(Comparison.of(passed(59), doubted, Targets.NONE, Limits.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void onlyTrialsOfTheSameSeedArePairs() {
        List<TrialResult> other = passed(12).subList(4, 12);
        Comparison comparison = Comparison.of(passed(10), other, Targets.NONE, Limits.DEFAULT);
        assertThat(comparison.pairs()).isEqualTo(6);
        assertThat(comparison.unpaired()).isEqualTo(6);
    }

    @Test
    void pairsThatSayNothingAreInvalid() {
        List<TrialResult> broken = List.of(trial(1, Verdict.INVALID, Figures.NONE));
        assertThat(Comparison.of(passed(1), broken, Targets.NONE, Limits.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void trialThatNeverRecoveredIsWorseThanAnyThatDid() {
        List<TrialResult> never = IntStream.rangeClosed(1, 8)
                .mapToObj(number -> trial(
                        number,
                        Verdict.PASS,
                        new Figures(50, 50, 50, true, OptionalDouble.of(Double.POSITIVE_INFINITY))))
                .toList();
        assertThat(Comparison.of(passed(8), never, Targets.NONE, Limits.DEFAULT).verdict())
                .isEqualTo(Verdict.GATE_MISSED);
    }
}
