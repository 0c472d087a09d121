package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.EffectEvidence;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What journals prove of requests that nobody answered, and what they do not. */
class JournalProofTest {
    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start node = run.start("node-1", 1000).ping(0, 20).recording(10);

    private EffectEvidence proved() throws IOException {
        node.serves(903, 9, 0);
        run.user(OperationKind.PROBE, 900, 910, 9, 0, 1);
        return run.history(directory).trial().journaled();
    }

    @Test
    void whatTheStoreAnsweredIsApplied() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        run.unanswered(OperationKind.WRITE, 200, 2, 0x1002, 1);
        node.begin(101, 1).savesWhole(103, 1, 0x1001, "HMSET");
        node.begin(201, 2).step(203, 2, 0x1002, "HMSET");
        assertThat(proved().applied()).containsExactlyInAnyOrder(0x1001L, 0x1002L);
    }

    @Test
    void whereNoCommandIsJournaledTheEndOfTheSaveIsTheStoresAnswer() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        node.begin(101, 1).savesWhole(103, 1, 0x1001, "");
        assertThat(proved().applied()).containsExactly(0x1001L);
    }

    @Test
    void aSaveThatAskedNoStoreWasHandedOnAndStoredNothingYet() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        node.begin(101, 1).savesWhole(103, 1, 0x1001, "");
        node.begin(201, 2).savesWhole(203, 2, 0x1002, "HMSET");
        assertThat(proved().applied()).isEmpty();
    }

    @Test
    void whatWasDroppedFailedOrNotAnsweredYetIsNot() throws IOException {
        for (int id = 1; id <= 4; id++) {
            run.unanswered(OperationKind.WRITE, 100L * id, id, 0x1000 + id, 1);
            node.begin(100L * id + 1, id).set(100L * id + 2, id, 0x1000 + id, "mw.register.a", 0, Outcome.OK);
        }
        node.save(500, 1, 0x1001, Outcome.INFO)
                .save(501, 2, 0x1002, Outcome.FAIL)
                .step(502, 3, 0x1003, "EXISTS");
        EffectEvidence proved = proved();
        assertThat(proved.applied()).isEmpty();
        assertThat(proved.absent()).isEmpty();
    }

    @Test
    void anAcknowledgedWriteNeedsNoProof() throws IOException {
        run.user(OperationKind.WRITE, 100, 110, 1, 0x1001, 1);
        node.serves(103, 1, 0x1001);
        assertThat(proved()).isEqualTo(EffectEvidence.NOTHING);
    }

    @Test
    void theVersionThatAnUpdateReplacedIsKnown() throws IOException {
        run.unanswered(OperationKind.UPDATE, 100, 1, 0x1001, 1);
        node.begin(101, 1).set(102, 1, 0x1001, "mw.document", 0x77, Outcome.OK);
        assertThat(proved().parents()).containsEntry(0x1001L, 0x77L);
    }

    @Test
    void whatANodeThatRecordsAllNeverGotIsAbsent() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        run.unanswered(OperationKind.INVALIDATE, 200, 2, 0, 1);
        assertThat(proved().absent()).containsExactlyInAnyOrder(0x1001L, 2L);
    }

    @Test
    void whatANodeBeganIsNotAbsent() throws IOException {
        run.unanswered(OperationKind.INVALIDATE, 100, 1, 0, 1);
        node.begin(101, 1);
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void whatWasSentBeforeANodeRecordedMayHaveArrived() throws IOException {
        run.unanswered(OperationKind.INVALIDATE, 5, 1, 0, 1);
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void aJournalThatLostItsEndProvesNoAbsence() throws IOException {
        run.unanswered(OperationKind.INVALIDATE, 100, 1, 0, 1);
        node.losesItsEnd();
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void aNodeThatStartedAgainMayHaveGotItBeforeItRecorded() throws IOException {
        run.unanswered(OperationKind.INVALIDATE, 100, 1, 0, 1);
        run.start("node-1", 5000).ping(300, 20).recording(310);
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void aNodeThatAnswersWithoutARecordProvesNothing() throws IOException {
        run.unanswered(OperationKind.INVALIDATE, 100, 1, 0, 1);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 1);
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void whatAUserSawIsNotAbsent() throws IOException {
        run.unanswered(OperationKind.WRITE, 100, 1, 0x1001, 1);
        run.user(OperationKind.READ, 200, 210, 2, 0x1001, 1);
        node.serves(203, 2, 0);
        assertThat(proved().absent()).isEmpty();
    }

    @Test
    void oneAttemptThatArrivedIsEnough() throws IOException {
        run.start("node-2", 0).ping(0, 20).recording(10).begin(201, 1);
        run.unanswered(OperationKind.INVALIDATE, 100, 1, 0, 1);
        run.unanswered(OperationKind.INVALIDATE, 200, 1, 0, 2);
        assertThat(proved().absent()).isEmpty();
    }
}
