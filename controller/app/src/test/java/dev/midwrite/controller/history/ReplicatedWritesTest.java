package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.fleet.Arrival;
import dev.midwrite.check.fleet.ReplicatedWrite;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From hand-written journals to what became of each acknowledged write on other nodes. */
class ReplicatedWritesTest {
    private static final int ERROR = 10;
    private static final String WAITS = "SESSION-DELTA ack=applied";
    private static final String GOES_ON = "SESSION-DELTA ack=none";

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start one =
            run.start("node-1", 1000).ping(0, 2 * ERROR).recording(1);
    private final RecordedRun.Start two =
            run.start("node-2", -500).ping(0, 2 * ERROR).recording(1);

    /** Each says once where the other listens, long after all else. */
    private List<ReplicatedWrite> writes() throws IOException {
        two.sends(8000, 90, 1, 99, WAITS);
        one.applies(8001, 2, 99);
        return run.history(directory).explanations().replicated();
    }

    /** Of the one write, acknowledged by node-1 between 100 and 200 as request 1. */
    private Copy copy() throws IOException {
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        List<ReplicatedWrite> writes = writes();
        assertThat(writes).hasSize(1);
        assertThat(writes.get(0).node()).isEqualTo("node-1");
        assertThat(writes.get(0).copies()).hasSize(1);
        Copy copy = writes.get(0).copies().get(0);
        assertThat(copy.replica()).isEqualTo("node-2");
        return copy;
    }

    @Test
    void whoWaitsUntilItIsAppliedHasItConfirmedBeforeTheAnswer() throws IOException {
        one.begin(101, 1).sends(110, 1, 2, 77, WAITS).commit(120, 1);
        two.applies(110, 1, 77);
        Copy copy = copy();
        assertThat(copy.asked()).isEqualTo(Asked.APPLIED);
        assertThat(copy.confirmedFirst()).isTrue();
        assertThat(copy.arrival().latest() - copy.arrival().earliest())
                .as("two clocks")
                .isGreaterThan(0);
    }

    @Test
    void whoDoesNotWaitHasNothingConfirmed() throws IOException {
        one.begin(101, 1).sends(110, 1, 2, 77, GOES_ON).commit(120, 1);
        two.applies(900, 1, 77);
        Copy copy = copy();
        assertThat(copy.asked()).isEqualTo(Asked.NOTHING);
        assertThat(copy.confirmedFirst()).isFalse();
        assertThat(copy.arrival().earliest()).isBetween(901L - 3 * ERROR, 901L);
        assertThat(copy.arrival().latest()).isBetween(901L, 901L + 3 * ERROR);
    }

    /** A replica that confirms and applies later lies: its own journal shows it. */
    @Test
    void aConfirmationThatTheReplicaContradictsIsNone() throws IOException {
        one.begin(101, 1).sends(110, 1, 2, 77, WAITS).commit(120, 1);
        two.applies(900, 1, 77);
        assertThat(copy().confirmedFirst()).isFalse();
    }

    @Test
    void anAcknowledgementAfterTheAnswerIsNotFirst() throws IOException {
        one.begin(101, 1).commit(120, 1).sends(130, 1, 2, 77, WAITS);
        two.applies(131, 1, 77);
        assertThat(copy().confirmedFirst()).isFalse();
    }

    @Test
    void whatIsHeldArrivesWhenItIsSentAndItsInjectionIsKnown() throws IOException {
        one.begin(101, 1).sendsNothing(110, 1, 2, 77, WAITS, 5).commit(120, 1).sendsHeld(5000, 1, 2);
        two.applies(5001, 1, 77);
        Copy copy = copy();
        assertThat(copy.confirmedFirst()).as("its caller was let believe so").isFalse();
        assertThat(copy.injections()).containsExactly(5);
        assertThat(copy.arrival().earliest()).isGreaterThan(4900);
    }

    @Test
    void whatIsNeverSentNeverArrives() throws IOException {
        one.begin(101, 1).sendsNothing(110, 1, 2, 77, WAITS, 5).commit(120, 1);
        // Another change tells who listens where.
        one.sends(300, 2, 2, 78, WAITS);
        two.applies(300, 1, 78);
        assertThat(copy().arrival()).isEqualTo(Arrival.NONE);
    }

    @Test
    void aJournalWithoutItsEndLeavesThatOpen() throws IOException {
        one.begin(101, 1).sends(110, 1, 2, 77, GOES_ON).commit(120, 1).sends(300, 2, 2, 78, WAITS);
        two.applies(300, 1, 78).losesItsEnd();
        assertThat(copy().arrival().open()).isTrue();
    }

    /** A node that starts gets all sessions from another one, which no point sees. */
    @Test
    void soDoesAStartOfTheReplicaSince() throws IOException {
        one.begin(101, 1).sends(110, 1, 2, 77, GOES_ON).commit(120, 1).sends(300, 2, 2, 78, WAITS);
        two.applies(300, 1, 78);
        run.start("node-2", 0).ping(5000, 2 * ERROR).recording(5000);
        assertThat(copy().arrival().open()).isTrue();
    }

    @Test
    void aWholeSessionThatComesLaterBringsWhatIsMissing() throws IOException {
        one.begin(101, 1)
                .sendsNothing(110, 1, 2, 77, "MSG_BACKUP ack=applied", 5)
                .commit(120, 1);
        one.sends(700, 2, 2, 78, "MSG_BACKUP whole ack=applied");
        two.applies(700, 1, 78);
        assertThat(copy().arrival().middle()).isBetween(690L, 710L);
    }

    @Test
    void aWriteThatGoesToNoOtherNodeIsOnOneOnly() throws IOException {
        one.begin(101, 1).commit(120, 1).sends(300, 2, 2, 78, WAITS);
        two.applies(300, 1, 78);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(writes())
                .singleElement()
                .satisfies(write -> assertThat(write.copies()).isEmpty());
    }

    @Test
    void butWhereAJournalIsNotWholeNobodyKnows() throws IOException {
        one.begin(101, 1).commit(120, 1).sends(300, 2, 2, 78, WAITS).losesItsEnd();
        two.applies(300, 1, 78);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(writes()).isEmpty();
    }

    @Test
    void aServiceWhoseNodesDoNotReplicateIsNotLookedAt() throws IOException {
        one.serves(101, 1, 0x1001);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(run.history(directory).explanations().replicated()).isEmpty();
    }

    /** What goes to two members has one identity: that the one had it does not make it the other. */
    @Test
    void aMemberThatIsSilentIsNotTakenForAnother() throws IOException {
        one.begin(101, 1)
                .sends(110, 1, 2, 77, GOES_ON)
                .sends(111, 1, 3, 77, GOES_ON)
                .commit(120, 1);
        two.applies(110, 1, 77);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(writes())
                .singleElement()
                .satisfies(write ->
                        assertThat(write.copies()).extracting(Copy::replica).containsExactly("node-2", "node-3:1"));
    }

    /** The owner of a session is another node, and names no request: the session and the time tell. */
    @Test
    void whatTheOwnerOfASessionSendsCountsForTheRequestThatFallsIntoIt() throws IOException {
        RecordedRun.Start three = run.start("node-3", 0).ping(0, 2 * ERROR).recording(1);
        three.sends(8000, 91, 2, 98, WAITS);
        two.applies(8001, 3, 98);
        one.begin(101, 1).set(105, 1, 0x1001, "mw.register.a", 0, Outcome.OK).commit(190, 1);
        two.sends(150, 0, 3, 0, "Backup changes");
        three.applies(160, 2, 0);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(writes())
                .singleElement()
                .satisfies(write -> assertThat(write.node()).isEqualTo("node-2"));
    }

    /** Without an identity it is the order that tells, and only if as many came as left. */
    @Test
    void whereOneOfSeveralAlikeIsMissingNobodyKnowsWhich() throws IOException {
        two.sends(150, 0, 3, 0, "Backup changes").sends(400, 0, 3, 0, "Backup changes");
        run.start("node-3", 0)
                .ping(0, 2 * ERROR)
                .recording(1)
                .applies(160, 2, 0)
                .sends(8000, 91, 2, 98, WAITS);
        two.applies(8001, 3, 98);
        one.begin(101, 1).set(105, 1, 0x1001, "mw.register.a", 0, Outcome.OK).commit(190, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(writes())
                .singleElement()
                .satisfies(write ->
                        assertThat(write.copies().get(0).arrival().open()).isTrue());
    }
}
