package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.MinimalTraffic;
import dev.midwrite.check.Trial;
import dev.midwrite.check.TrialBuilder;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.session.Story;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run in which little was answered says so, with the numbers; what the drill itself held back is not expected. */
class CensusTest {
    private static final int BEGIN = 10_000;
    private static final int END = 20_000;

    private final Story story = new Story().create();

    /** Reads on both nodes from a moment on, one a tenth of a second. */
    private CensusTest reads(int from, int to, boolean answered, int... nodes) {
        for (int at = from; at < to; at += 100) {
            for (int node : nodes) {
                story.on(node).at(at, at + 1).read(0);
                if (!answered) {
                    story.failed(500);
                }
            }
        }
        return this;
    }

    private TrialBuilder trial(Trial.Fault... faults) {
        return story.trial()
                .but()
                .nodes(List.of("unknown", "node-1", "node-2"))
                .faults(List.of(faults))
                .healedAt(faults.length == 0 ? 0 : Story.millis(END))
                .settledAt(Long.MAX_VALUE)
                .minimalTraffic(MinimalTraffic.OF_A_RUN);
    }

    private Judgement judge(Trial.Fault... faults) {
        return Judge.judge(trial(faults).build(), story.operations(), List.of(), Journals.NONE);
    }

    private static Trial.Fault kill(String node) {
        return action("kill", node, BEGIN + 50);
    }

    private static Trial.Fault rollout(String node) {
        return action("rollout", node, BEGIN + 1_000);
    }

    private static Trial.Fault action(String name, String node, int to) {
        Trial.Happening at = new Trial.Happening(node, 0, Story.millis(BEGIN), 0, 0, 0, "");
        return new Trial.Fault(0, name, "", node, Story.millis(BEGIN), Story.millis(to), 1, 1, List.of(at));
    }

    @Test
    void enoughOnBothNodesIsEnough() {
        reads(0, 5_000, true, 1, 2);
        Judgement judgement = judge();
        assertThat(judgement.reasons()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFinalReadIsOneRequestHoweverOftenItIsRepeated() {
        reads(0, 5_000, true, 1, 2);
        for (int attempt = 1; attempt <= 500; attempt++) {
            int at = 30_000 + attempt * 50;
            story.on(1).at(at, at + 1).asking(7).attempt(attempt).finalRead(0).failed(500);
        }
        assertThat(judge().reasons()).noneMatch(reason -> reason.startsWith("Only"));
    }

    @Test
    void aKindThatHardlyEverSucceedsSaysNothing() {
        reads(0, 5_000, true, 1, 2);
        for (int at = 0; at < 40; at++) {
            story.on(1).at(5_000 + at * 100, 5_001 + at * 100).increment(500 + at, at + 1);
            if (at > 3) {
                story.failed(403);
            }
        }
        Judgement judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons()).containsExactly("Only 4 of 40 operations of the kind INCREMENT were answered.");
    }

    @Test
    void aNodeThatHardlyAnswersSaysNothing() {
        reads(0, 5_000, true, 1).reads(0, 2_000, true, 2).reads(2_000, 5_000, false, 2);
        assertThat(judge().reasons()).containsExactly("node-2 answered only 20 of 50 requests.");
        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aNodeThatWasNotAskedSaysNothing() {
        reads(0, 5_000, true, 1);
        assertThat(judge().reasons()).containsExactly("node-2 answered only 0 requests in the whole run; it takes 10.");
    }

    @Test
    void aTimeWithHardlyAnyAnswerSaysNothing() {
        reads(0, BEGIN, true, 1, 2).reads(END, END + 5_000, true, 1, 2);
        Trial.Fault delay = new Trial.Fault(
                1, "delay", "session.save", "node-1", Story.millis(BEGIN), Story.millis(END), 5, 5, List.of());
        assertThat(judge(delay).reasons())
                .containsExactly("Only 0 requests were answered during the faults, in 10.0 s; it takes 10.");
    }

    @Test
    void aNodeThatIsDownByTheDrillsWillIsNotExpectedToAnswer() {
        reads(0, BEGIN, true, 1, 2)
                .reads(BEGIN, 18_000, false, 0)
                .reads(BEGIN, END, true, 1)
                .reads(18_000, END + 5_000, true, 2);
        for (int at = BEGIN; at < 18_000; at += 100) {
            story.on(2).at(at, at + 1).read(0).rejected();
        }
        Judgement judgement = judge(kill("node-2"));
        assertThat(judgement.reasons()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aTotalOutageIsALegitimateDrill() {
        reads(0, BEGIN, true, 1, 2);
        for (int at = BEGIN; at < END; at += 100) {
            story.on(0).at(at, at + 1).read(0).rejected();
        }
        reads(END, END + 5_000, true, 1, 2);
        Judgement judgement = judge(kill("node-1"), kill("node-2"));
        assertThat(judgement.reasons()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aNodeThatNeverComesBackIsStillNotExcusedOnceItAnswersErrors() {
        reads(0, BEGIN, true, 1, 2).reads(BEGIN, END + 5_000, true, 1).reads(BEGIN + 100, END + 5_000, false, 2);
        assertThat(judge(kill("node-2")).reasons())
                .contains(
                        "node-2 answered only 0 of 99 requests during the faults.",
                        "node-2 answered only 0 of 50 requests after the faults.");
    }

    /** A pod, or what ran before a surge: its end is over when the rollout is done with it. */
    @Test
    void aNodeThatARolloutTookOutForGoodExcusesNothingLater() {
        reads(0, BEGIN, true, 1, 2).reads(BEGIN, END, true, 1);
        for (int at = BEGIN; at < BEGIN + 1_000; at += 100) {
            story.on(0).at(at, at + 1).read(0).rejected();
        }
        assertThat(judge(rollout("node-2")).reasons()).isEmpty();

        for (int at = END; at < END + 5_000; at += 100) {
            story.on(0).at(at, at + 1).read(0).rejected();
        }
        assertThat(judge(rollout("node-2")).reasons())
                .containsExactly("Only 0 requests were answered after the faults, in 4.9 s; it takes 10.");
    }

    @Test
    void requestsThatAFaultHitAreNotExpectedToBeAnswered() {
        List<Trial.Happening> hits = new ArrayList<>();
        reads(0, 5_000, true, 1, 2);
        for (int at = 0; at < 40; at++) {
            long request = 500L + at;
            story.on(1).at(5_000 + at * 100L, 5_001 + at * 100L).append(request);
            if (at > 3) {
                story.lostAnswer();
                hits.add(new Trial.Happening("node-1", at, Story.millis(5_000 + at * 100L), request, 0, 0, ""));
            }
        }
        Trial.Fault hang = new Trial.Fault(
                1, "delay", "session.save", "node-1", Story.millis(4_900), Story.millis(END), 36, 36, hits);
        assertThat(judge(hang).reasons()).noneMatch(reason -> reason.startsWith("Only"));
    }
}
