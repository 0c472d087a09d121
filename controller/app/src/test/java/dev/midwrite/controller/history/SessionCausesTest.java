package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Severity;
import dev.midwrite.check.Trial.NodeStore;
import dev.midwrite.check.Trial.NodeStore.Kept;
import dev.midwrite.check.Violation;
import dev.midwrite.event.FaultKind;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes that no witness request shows by itself, and silence where the journals do not hold them. */
class SessionCausesTest {
    private static final long SESSION = RecordedRun.SESSION;
    private static final long MILLI = 1_000_000;

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();
    private History history;

    private RecordedRun.Start node(String name) {
        return run.start(name, 1000).ping(0, 20).recording(10);
    }

    /** Of a violation whose witness is all that users did. */
    private List<String> causes() throws IOException {
        return causes(Anomaly.LOST_LAST_WRITE);
    }

    private List<String> causes(Anomaly anomaly) throws IOException {
        history = run.history(directory);
        List<UserOperation> witness = history.operations();
        return history.explanations()
                .causesOf(new Violation(anomaly, Severity.HARD, 7, 1, witness, "what", "why", 1, 0, true));
    }

    @Test
    void aNodeThatAskedNoStoreHasItsSessionsInMemory() throws IOException {
        RecordedRun.Start first = node("node-1");
        RecordedRun.Start second = node("node-2");
        for (int request = 1; request <= 12; request++) {
            first.begin(100L * request, request)
                    .loads(100L * request + 1, request)
                    .commit(100L * request + 5, request);
        }
        second.begin(1901, 19).loads(1902, 19).commit(1905, 19);
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        run.user(OperationKind.PROBE, 1900, 1910, 19, 0, 2);
        assertThat(causes())
                .containsExactly(
                        "node-1 asked no store in any of its 12 requests (nothing was saved or sent to another node): its"
                                + " sessions are in its memory, and end with it.");
        assertThat(history.explanations().ofRequest(1))
                .as("not: the store answered no command")
                .isEmpty();
    }

    /** As of WebFlux on Netty: that no begin is journaled does not say that none was. */
    @Test
    void whereNoResponseIsSeenToBeginNothingIsSaidOfIt() throws IOException {
        RecordedRun.Start node = node("node-1");
        for (int request = 1; request <= 12; request++) {
            node.begin(100L * request, request).step(100L * request + 1, request, 0x1000 + request, "HMSET");
        }
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        history = run.history(directory);
        assertThat(history.explanations().ofRequest(1))
                .singleElement()
                .asString()
                .startsWith("node-1: the store answered HMSET (up to journal record ");
    }

    /** Sessions of a filter of the application's own, say: nobody hears where it keeps them. */
    @Test
    void whereNoSessionIsSeenNobodyKnowsWhereTheyAre() throws IOException {
        RecordedRun.Start node = node("node-1");
        for (int request = 1; request <= 12; request++) {
            node.begin(100L * request, request).commit(100L * request + 5, request);
        }
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes())
                .containsExactly(
                        "In none of 12 requests of node-1 was an operation on a session seen, nor a store asked by one:"
                                + " its sessions are in its memory, or in a store of the application's own, which a file of"
                                + " points makes known (docs/points/own-points.md).");
    }

    /** A container's own sessions have points, too; only what leaves the node keeps anything. */
    @Test
    void findingAndChangingASessionAsksNoStore() throws IOException {
        RecordedRun.Start node = node("node-1");
        for (int request = 1; request <= 12; request++) {
            node.begin(100L * request, request)
                    .loads(100L * request + 1, request)
                    .set(100L * request + 2, request, 0x1000 + request, "mw.register.a", 0, Outcome.OK)
                    .commit(100L * request + 5, request);
        }
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes()).singleElement().asString().startsWith("node-1 asked no store in any of its 12 requests");
    }

    @Test
    void whatBefellTheNodeIsNamedInTheRequestsThatItServedMeanwhile() throws IOException {
        node("node-1")
                .clockGoes(50, -3_600_000_000_000L)
                .begin(101, 1)
                .misses(102, 1)
                .commit(105, 1)
                .clockGoesRight(150);
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes())
                .containsExactly("node-1: while it served this, sessions read a clock that was 3,600 s behind (clock at"
                        + " spring.Session.clock, injection 0, journal record 19).");
    }

    @Test
    void whatBefallsANodeBeforeOrAfterARequestIsNoCause() throws IOException {
        node("node-1")
                .clockGoes(50, 3_600_000_000_000L)
                .clockGoesRight(90)
                .begin(101, 1)
                .misses(102, 1)
                .commit(105, 1)
                .clockGoes(150, 3_600_000_000_000L);
        node("node-2").clockGoes(60, 3_600_000_000_000L);
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes()).isEmpty();
    }

    @Test
    void whatWasChangedOnItsWayToTheStoreIsNamedInEveryLaterRequest() throws IOException {
        node("node-1").begin(101, 1).corrupts(102, 1).commit(105, 1);
        node("node-2").begin(201, 2).loads(202, 2).commit(205, 2);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 2);
        assertThat(causes())
                .singleElement()
                .asString()
                .startsWith("node-1: corrupt inside step 0 of spring.SessionRepository.save (injection 0");
    }

    /** The request in which the node ended was never answered, so it is none of the witness. */
    @Test
    void aSessionThatIsGoneNamesTheSaveWithinWhichItsNodeEnded() throws IOException {
        node("node-1").begin(101, 1).strikes(102, 1, FaultKind.TEAR);
        node("node-2").begin(201, 2).loads(202, 2).commit(205, 2);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 2);
        assertThat(causes(Anomaly.SESSION_LOST))
                .singleElement()
                .asString()
                .startsWith("node-1: tear inside step 0 of spring.SessionRepository.save (injection 0");
    }

    /** The fault was another session's. */
    @Test
    void aSessionThatIsGoneNamesItsSaveThatWasCutShort() throws IOException {
        node("node-1").begin(101, 1).saveBegins(102, 1, 0, SESSION, "");
        node("node-2").begin(201, 2).loads(202, 2).commit(205, 2);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 2);
        assertThat(causes(Anomaly.SESSION_LOST))
                .singleElement()
                .asString()
                .startsWith("node-1 began to save this session and did not end: the store had answered no command");
    }

    @Test
    void aSaveWithinWhichItsNodeEndedIsNoReasonForAnOlderValue() throws IOException {
        node("node-1").begin(101, 1).strikes(102, 1, FaultKind.TEAR);
        node("node-2").begin(201, 2).loads(202, 2).commit(205, 2);
        run.user(OperationKind.PROBE, 200, 210, 2, 0, 2);
        assertThat(causes()).isEmpty();
    }

    /** Jetty saves when the answer has gone, and no request is known there. */
    @Test
    void aNodeThatSavesBesideItsRequestsDoesNotHaveItsSessionsInMemory() throws IOException {
        RecordedRun.Start node = node("node-1");
        for (int request = 1; request <= 12; request++) {
            node.begin(100L * request, request).commit(100L * request + 5, request);
        }
        node.savesWhole(1_250, 0, 0, "");
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aNodeThatServedAlmostNothingProvesNothing() throws IOException {
        node("node-1").begin(101, 1).commit(105, 1);
        run.user(OperationKind.PROBE, 100, 110, 1, 0, 1);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aDelayedSaveThatLandsOverANewerOneIsNamed() throws IOException {
        node("node-1")
                .begin(100 * MILLI, 1)
                .loads(101 * MILLI, 1)
                .set(102 * MILLI, 1, 0x1001, "mw.register.a", 0, Outcome.OK)
                .saveBegins(103 * MILLI, 1, 500, SESSION, "")
                .delayed(3_103 * MILLI, 1, 3_000 * MILLI)
                .saveEnds(3_110 * MILLI, 1, 500, SESSION, Outcome.OK)
                .commit(3_111 * MILLI, 1);
        node("node-2")
                .begin(1_200 * MILLI, 2)
                .loads(1_201 * MILLI, 2)
                .set(1_202 * MILLI, 2, 0x1002, "mw.register.b", 0, Outcome.OK)
                .save(1_203 * MILLI, 2, 0x1002, Outcome.OK)
                .commit(1_204 * MILLI, 2);
        run.user(OperationKind.WRITE, 1_199 * MILLI, 1_210 * MILLI, 2, 0x1002, 2);
        assertThat(causes())
                .containsExactly(
                        "node-1: a save of this session, delayed for 3,000 ms by injection 0, landed 3.11 s into the"
                                + " run with a copy loaded at 0.10 s (request 0000000000000001); this write had been saved at 1.20"
                                + " s, in between.");
    }

    @Test
    void aDelayedSaveThatBringsASessionBackIsNamed() throws IOException {
        node("node-1")
                .begin(100 * MILLI, 1)
                .loads(101 * MILLI, 1)
                .saveBegins(103 * MILLI, 1, 500, SESSION, "")
                .delayed(3_103 * MILLI, 1, 3_000 * MILLI)
                .saveEnds(3_110 * MILLI, 1, 500, SESSION, Outcome.OK)
                .commit(3_111 * MILLI, 1);
        node("node-2").begin(1_200 * MILLI, 2).delete(1_203 * MILLI, 2).commit(1_204 * MILLI, 2);
        run.user(OperationKind.INVALIDATE, 1_199 * MILLI, 1_210 * MILLI, 2, 0, 2);
        assertThat(causes())
                .singleElement()
                .asString()
                .contains("landed 3.11 s into the run with a copy loaded at 0.10 s")
                .endsWith("; the session had been ended at 1.20 s, in between, and was there again.");
    }

    @Test
    void aDelayedSaveThatBringsAnOldIdBackIsNamed() throws IOException {
        node("node-1")
                .begin(100 * MILLI, 1)
                .loads(101 * MILLI, 1)
                .saveBegins(103 * MILLI, 1, 500, SESSION, "")
                .delayed(3_103 * MILLI, 1, 3_000 * MILLI)
                .saveEnds(3_110 * MILLI, 1, 500, SESSION, Outcome.OK);
        node("node-2").begin(1_200 * MILLI, 2).renames(1_203 * MILLI, 2, 99).commit(1_204 * MILLI, 2);
        run.user(OperationKind.ROTATE_ID, 1_199 * MILLI, 1_210 * MILLI, 2, 0, 2);
        assertThat(causes())
                .singleElement()
                .asString()
                .endsWith("; its id had been changed at 1.20 s, in between, and the old one was there again.");
    }

    /** A map in the JVM's own grid answers no commands that are heard: of it the saves are known. */
    @Test
    void aSaveWithoutCommandsIsNotCalledAStoreThatDidNotAnswer() throws IOException {
        node("node-1").begin(101, 1).loads(102, 1).savesWhole(104, 1, 0, "").commit(110, 1);
        node("node-2").begin(201, 2).loads(202, 2).commit(210, 2);
        history = run.history(directory);
        assertThat(history.explanations().ofRequest(1))
                .singleElement()
                .asString()
                .startsWith("node-1: the session was saved; the response was begun");
        assertThat(history.explanations().ofRequest(2))
                .singleElement()
                .asString()
                .startsWith("node-2: nothing was saved; the response was begun");
    }

    @Test
    void aDelayedSaveOfAnEarlierOrALaterCopyIsNone() throws IOException {
        node("node-1")
                .begin(2_000 * MILLI, 1)
                .loads(2_001 * MILLI, 1) // It had read the write.
                .saveBegins(2_003 * MILLI, 1, 500, SESSION, "")
                .delayed(3_103 * MILLI, 1, 1_100 * MILLI)
                .saveEnds(3_110 * MILLI, 1, 500, SESSION, Outcome.OK);
        node("node-2")
                .begin(1_200 * MILLI, 2)
                .loads(1_201 * MILLI, 2)
                .set(1_202 * MILLI, 2, 0x1002, "mw.register.b", 0, Outcome.OK)
                .save(1_203 * MILLI, 2, 0x1002, Outcome.OK)
                .commit(1_204 * MILLI, 2);
        run.user(OperationKind.WRITE, 1_199 * MILLI, 1_210 * MILLI, 2, 0x1002, 2);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aWriteThatWasSavedAfterItsAnswerIsNamed() throws IOException {
        node("node-1")
                .begin(101, 1)
                .set(102, 1, 0x1001, "mw.register.a", 0, Outcome.OK)
                .commit(110, 1)
                .saveBegins(120, 1, 50, SESSION, "saver-1")
                .saveEnds(10 * MILLI, 1, 50, SESSION, Outcome.OK);
        run.user(OperationKind.WRITE, 100, 200, 1, 0x1001, 1);
        assertThat(causes())
                .containsExactly("node-1 began the answer 10.0 ms before the write was saved, on thread 'saver-1'.");
    }

    @Test
    void aValueThatWasChangedInPlaceIsNamed() throws IOException {
        RecordedRun.Start node = node("node-1").begin(101, 1).loads(102, 1).commit(105, 1);
        run.user(OperationKind.WRITE, 100, 110, 1, 0x1001, 1);
        node.serves(203, 2, 0x1002); // Others do set.
        assertThat(causes())
                .containsExactly(
                        "node-1 answered this write without setting an attribute: a value that is changed in place"
                                + " is saved only if it is set again.");
    }

    @Test
    void whereNoChangeIsEverJournaledNothingIsSaidOfChanges() throws IOException {
        node("node-1").begin(101, 1).loads(102, 1).commit(105, 1);
        run.user(OperationKind.WRITE, 100, 110, 1, 0x1001, 1);
        assertThat(causes()).isEmpty();
    }

    @Test
    void anExceptionIsNamedByItsClasses() throws IOException {
        node("node-1")
                .begin(101, 1)
                .cannotLoad(
                        102,
                        1,
                        "org.springframework.data.redis.serializer.SerializationException\njava.io.InvalidClassException");
        run.user(OperationKind.READ, 100, 110, 1, 0, 1);
        assertThat(run.history(directory).explanations().ofRequest(1).get(0))
                .isEqualTo("node-1: spring.SessionRepository.read failed with"
                        + " org.springframework.data.redis.serializer.SerializationException, caused by"
                        + " java.io.InvalidClassException.");
    }

    @Test
    void whatHeldAnInjectionBackIsKnownByNode() throws IOException {
        node("node-1").heldBack(20, "new=15\n");
        history = run.history(directory);
        assertThat(history.journals().heldBack("node-1", 0)).isEqualTo("'new: true' was false for 15");
        assertThat(history.journals().heldBack("node-2", 0)).isEmpty();
    }

    @Test
    void whereSessionsAreKeptIsKnownOfEachStartThatServedEnough() throws IOException {
        RecordedRun.Start memory = node("node-1");
        RecordedRun.Start map = node("node-2");
        RecordedRun.Start store = node("node-2");
        for (int request = 1; request <= 12; request++) {
            memory.begin(100L * request, request).loads(100L * request + 1, request);
            map.begin(2_000L + request, 100 + request).loads(2_001L + request, 100 + request);
            map.savesWhole(2_002L + request, 100 + request, 0, "");
        }
        store.begin(4_000, 300).savesWhole(4_001, 300, 0, "HMSET");
        history = run.history(directory);
        assertThat(history.journals().served().stores())
                .extracting(NodeStore::kept)
                .containsExactly(Kept.IN_MEMORY, Kept.UNKNOWN, Kept.OUTSIDE);
        assertThat(history.trial().nodeStores()).as("nobody requires it").isEmpty();
        assertThat(run.requiresExternalStore()
                        .history(Files.createDirectory(directory.resolve("again")))
                        .trial()
                        .nodeStores())
                .hasSize(3);
    }
}
