package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.fleet.WriteSave;
import dev.midwrite.check.fleet.WriteSave.Order;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which came first, the save or the answer: on every path on which applications save sessions. */
class WriteSavesTest {
    private static final long SESSION = RecordedRun.SESSION;

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private final RecordedRun.Start node = run.start("node-1", 1000).ping(0, 20).recording(10);

    private List<WriteSave> saves() throws IOException {
        return run.history(directory).explanations().writeSaves();
    }

    /** One acknowledged write, of request 1. */
    private WriteSave save() throws IOException {
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        List<WriteSave> saves = saves();
        assertThat(saves).hasSize(1);
        return saves.get(0);
    }

    private RecordedRun.Start set(long at) {
        return node.set(at, 1, 0x1001, "mw.register.a", 0, Outcome.OK);
    }

    private RecordedRun.Start stored(long at, long request, long scope, String thread) {
        return node.saveBegins(at, request, scope, SESSION, thread)
                .saveStep(at + 1, request, scope, SESSION, "HMSET")
                .saveEnds(at + 2, request, scope, SESSION, Outcome.OK);
    }

    @Test
    void aSaveBeforeTheAnswerIsRight() throws IOException {
        node.begin(101, 1);
        set(102);
        stored(103, 1, 50, "");
        node.commit(110, 1);
        assertThat(save().order()).isEqualTo(Order.SAVED_FIRST);
    }

    /** Spring Session saves when the response commits, and once more, with nothing to do, when the request ends. */
    @Test
    void theSecondSaveOfAnEarlyCommitIsNotWhatMadeItDurable() throws IOException {
        node.begin(101, 1);
        set(102);
        stored(103, 1, 50, "");
        node.commit(110, 1)
                .saveBegins(120, 1, 50, SESSION, "")
                .saveStep(121, 1, 50, SESSION, "EXISTS")
                .saveEnds(122, 1, 50, SESSION, Outcome.OK);
        assertThat(save().order()).isEqualTo(Order.SAVED_FIRST);
    }

    /** In a grid a save asks the node that owns the session, and nobody if that is its own. */
    @Test
    void aMessageToAnotherNodeIsNoCommandThatASaveMustHave() throws IOException {
        node.saveBegins(50, 9, 40, SESSION + 1, "")
                .saveSends(51, 9, 40, 1)
                .saveEnds(52, 9, 40, SESSION + 1, Outcome.OK);
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "").saveEnds(104, 1, 50, SESSION, Outcome.OK);
        node.commit(110, 1);
        assertThat(save().order()).isEqualTo(Order.SAVED_FIRST);
    }

    @Test
    void aSaveOnAnotherThreadAfterTheAnswerIsTooLate() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1);
        stored(120, 1, 50, "saver-1");
        WriteSave save = save();
        assertThat(save.order()).isEqualTo(Order.ANSWERED_FIRST);
        assertThat(save.gapNanos()).isEqualTo(12);
        assertThat(save.thread()).isEqualTo("saver-1");
        assertThat(save.late()).isFalse();
    }

    @Test
    void aSaveOfASnapshotThatNoRequestIsNamedForCountsToo() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1);
        stored(120, 0, 50, "saver-1");
        assertThat(save().gapNanos()).isEqualTo(12);
    }

    /** A container may write what is in its memory to a file when it is told to end. */
    @Test
    void aNodeThatSavesOnlyAsItEndsHasNoSaveToWaitFor() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1).shutdown(115);
        stored(120, 0, 50, "");
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(saves()).isEmpty();
    }

    @Test
    void theSaveOfAnotherSessionOrAnotherRequestDoesNot() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 0, 50, SESSION + 1, "")
                .saveStep(104, 0, 50, SESSION + 1, "HMSET")
                .saveEnds(105, 0, 50, SESSION + 1, Outcome.OK);
        stored(106, 2, 51, "");
        node.commit(110, 1);
        assertThat(save().order()).isEqualTo(Order.NEVER_SAVED);
    }

    /** A decorator of the repository returns at once; its save asked the store nothing. */
    @Test
    void aSaveThatStoredNothingItselfIsFollowedToTheThreadThatDoes() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "")
                .saveEnds(104, 1, 50, SESSION, Outcome.OK)
                .commit(110, 1);
        stored(120, 1, 50, "saver-1");
        assertThat(save().gapNanos()).isEqualTo(12);
    }

    @Test
    void soItIsWhereCommandsAreNotJournaled() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "")
                .saveEnds(104, 1, 50, SESSION, Outcome.OK)
                .commit(110, 1)
                .saveBegins(120, 1, 50, SESSION, "saver-1")
                .saveEnds(122, 1, 50, SESSION, Outcome.OK);
        assertThat(save().gapNanos()).isEqualTo(12);
    }

    @Test
    void aDecoratorThatWaitsForItsThreadIsRight() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "");
        stored(104, 1, 50, "saver-1");
        node.saveEnds(107, 1, 50, SESSION, Outcome.OK).commit(110, 1);
        assertThat(save().order()).isEqualTo(Order.SAVED_FIRST);
    }

    @Test
    void aWriteAfterTheAnswerIsLateWhoeverSavesIt() throws IOException {
        node.begin(101, 1).commit(110, 1);
        set(120);
        stored(130, 1, 50, "");
        WriteSave save = save();
        assertThat(save.late()).isTrue();
        assertThat(save.gapNanos()).isEqualTo(22);
        assertThat(save.thread()).isEmpty();
    }

    @Test
    void aSessionThatStoresEachChangeAtOnceIsRight() throws IOException {
        node.begin(101, 1).setAtOnce(102, 1, 0x1001).commit(110, 1);
        stored(120, 1, 50, "");
        assertThat(save().order()).isEqualTo(Order.SAVED_FIRST);
    }

    /** memcached-session-manager compares what it would save with what it has saved. */
    @Test
    void aRemovalOfWhatMayNotBeThereNeedsNoSave() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1);
        stored(120, 2, 50, "");
        run.user(OperationKind.REMOVE, 100, 200, 1, 0, 1);
        assertThat(saves()).isEmpty();
    }

    @Test
    void aRemovalThatIsSavedTooLateIsJudged() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1);
        stored(120, 1, 50, "");
        run.user(OperationKind.REMOVE, 100, 200, 1, 0, 1);
        assertThat(saves())
                .singleElement()
                .satisfies(save -> assertThat(save.order()).isEqualTo(Order.ANSWERED_FIRST));
    }

    @Test
    void aFailedSaveIsNone() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "")
                .saveStep(104, 1, 50, SESSION, "EXISTS")
                .saveEnds(105, 1, 50, SESSION, Outcome.FAIL)
                .commit(110, 1);
        assertThat(save().order()).isEqualTo(Order.NEVER_SAVED);
    }

    @Test
    void aJournalThatLostItsEndDoesNotProveThatThereWasNoSave() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1).losesItsEnd();
        stored(120, 2, 51, "");
        assertThat(save().order()).isEqualTo(Order.UNKNOWN);
    }

    @Test
    void aDroppedSaveIsTheFaultsDoing() throws IOException {
        node.begin(101, 1);
        set(102);
        node.saveBegins(103, 1, 50, SESSION, "")
                .saveEnds(104, 1, 50, SESSION, Outcome.INFO)
                .commit(110, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(saves()).isEmpty();
    }

    @Test
    void whatAJournalCannotTellIsLeftOut() throws IOException {
        node.begin(101, 1).commit(102, 1); // Reads only.
        node.begin(201, 2)
                .set(202, 2, 0x1002, "a", 0, Outcome.OK)
                .delete(203, 2)
                .commit(204, 2); // Ends the session.
        node.begin(301, 3).set(302, 3, 0x1003, "a", 0, Outcome.OK); // No point where the answer begins.
        node.begin(401, 4).serves(402, 4, 0x1004); // Served twice.
        stored(500, 5, 50, "");
        for (int request = 1; request <= 4; request++) {
            run.user(OperationKind.WRITE, 100L * request, 100L * request + 50, request, 0x1000 + request, 1);
        }
        assertThat(saves()).isEmpty();
    }

    @Test
    void aNodeWhoseSavesAreNotJournaledIsLeftOut() throws IOException {
        node.begin(101, 1);
        set(102);
        node.commit(110, 1);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(saves()).isEmpty();
    }
}
