package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.EvidenceLevel;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Verdict;
import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of sessions under a load of others, and above all what is not. */
class ForeignSessionsTest {
    private static final long SESSION = RecordedRun.SESSION;

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start node = run.start("node-1", 1000).ping(0, 20).recording(10);

    /** Request 1 makes the session, request 2 finds it. */
    private RecordedRun madeAndFound() {
        node.begin(101, 1).makes(102, 1).commit(110, 1);
        node.begin(301, 2).loads(302, 2).commit(310, 2);
        return run.step(100, 200, 1, 1, false).step(300, 400, 2, 1, false);
    }

    private List<UserOperation> told(History history) {
        return history.operations().stream()
                .filter(operation -> operation.is(UserOperation.JOURNALED))
                .toList();
    }

    private Judgement judged(History history) {
        return Judge.judge(history.trial(), history.operations(), List.of(), history.explanations());
    }

    private List<Anomaly> found() throws IOException {
        return judged(run.history(directory)).cards().stream()
                .map(card -> card.violation().anomaly())
                .toList();
    }

    @Test
    void aSessionThatStaysIsNoFinding() throws IOException {
        History history = madeAndFound().history(directory);
        assertThat(told(history))
                .extracting(UserOperation::kind)
                .containsExactly(OperationKind.CREATE, OperationKind.PROBE);
        assertThat(history.operations()).extracting(UserOperation::session).containsOnly(SESSION);
        assertThat(history.evidence()).isEqualTo(EvidenceLevel.B);
        assertThat(judged(history).cards()).isEmpty();
    }

    @Test
    void aLiveSessionThatIsNotThereIsLost() throws IOException {
        madeAndFound();
        node.begin(501, 3).misses(502, 3).commit(510, 3);
        run.step(500, 600, 3, 1, true);
        Judgement judgement = judged(run.history(directory));
        assertThat(judgement.cards()).hasSize(1);
        assertThat(judgement.cards().get(0).violation().anomaly()).isEqualTo(Anomaly.SESSION_LOST);
        assertThat(judgement.cards().get(0).violation().severity()).isEqualTo(Severity.HARD);
        assertThat(judgement.cards().get(0).violation().lasting()).isTrue();
    }

    @Test
    void whoNeverSaidWhenSessionsEndMissesNoneAfterAMinute() throws IOException {
        madeAndFound();
        long late = 90_000_000_000L;
        node.begin(late + 1, 3).misses(late + 2, 3).commit(late + 10, 3);
        run.step(late, late + 100, 3, 1, true);
        assertThat(found()).isEmpty();
    }

    @Test
    void aLogoutEndsIt() throws IOException {
        madeAndFound();
        node.begin(501, 3).loads(502, 3).delete(504, 3).commit(510, 3);
        node.begin(701, 4).misses(702, 4).commit(710, 4);
        run.step(500, 600, 3, 1, true).step(700, 800, 4, 1, true);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatIsThereAfterTheLogoutHasComeBack() throws IOException {
        madeAndFound();
        node.begin(501, 3).loads(502, 3).delete(504, 3).commit(510, 3);
        node.begin(701, 4).loads(702, 4).commit(710, 4);
        run.step(500, 600, 3, 1, true).step(700, 800, 4, 1, false);
        assertThat(found()).containsExactly(Anomaly.RESURRECTION);
    }

    @Test
    void anEndOutsideOfAllRequestsMayHaveBeenRight() throws IOException {
        madeAndFound();
        node.delete(450, 0);
        node.begin(501, 3).misses(502, 3).commit(510, 3);
        run.step(500, 600, 3, 1, true);
        assertThat(found()).isEmpty();
    }

    @Test
    void anOldIdIsNotMissedAndTheNewOneIs() throws IOException {
        madeAndFound();
        node.begin(501, 3).loads(502, 3).renames(504, 3, 0x11).commit(510, 3);
        node.begin(701, 4).misses(702, 4).commit(710, 4);
        run.step(500, 600, 3, 1, true).step(700, 800, 4, 1, true);
        History history = run.history(directory);
        assertThat(judged(history).cards()).isEmpty();
        assertThat(told(history))
                .anyMatch(operation -> operation.kind() == OperationKind.CREATE && operation.session() == 0x11);
    }

    @Test
    void aJournalThatIsNotWholeProvesNothing() throws IOException {
        madeAndFound();
        node.begin(501, 3).misses(502, 3).commit(510, 3).losesItsEnd();
        run.step(500, 600, 3, 1, true);
        History history = run.history(directory);
        assertThat(told(history)).isEmpty();
        assertThat(judged(history).cards()).isEmpty();
    }

    @Test
    void anAnswerBeforeTheSaveIsFoundWithoutAnyValueOfOurs() throws IOException {
        madeAndFound();
        node.begin(501, 3).loads(502, 3).set(504, 3, 0, "cart", 0, Outcome.OK).commit(510, 3);
        node.saveBegins(520, 3, 90, SESSION, "saver-1")
                .saveStep(521, 3, 90, SESSION, "HMSET")
                .saveEnds(522, 3, 90, SESSION, Outcome.OK);
        run.step(500, 600, 3, 1, false);
        List<WriteSave> saves = run.history(directory).explanations().writeSaves();
        assertThat(saves).hasSize(1);
        assertThat(saves.get(0).order()).isEqualTo(WriteSave.Order.ANSWERED_FIRST);
    }

    @Test
    void nothingThroughTheFrontTestsNothing() throws IOException {
        Judgement judgement = judged(run.foreign().history(directory));
        assertThat(judgement.verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(judgement.reasons()).anyMatch(reason -> reason.startsWith("No request came through the front at"));
    }
}
