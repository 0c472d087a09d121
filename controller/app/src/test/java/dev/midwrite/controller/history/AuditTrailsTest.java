package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.Property;
import dev.midwrite.check.PropertyResult;
import dev.midwrite.check.Validity;
import dev.midwrite.check.judge.Judge;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals as audit trails: nothing is missing but what is, and nothing is twice but what is. */
class AuditTrailsTest {
    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun();

    private PropertyResult result() throws IOException {
        History history = run.history(directory);
        Judgement judgement = Judge.judge(history.trial(), history.operations(), List.of(), history.explanations());
        return judgement.properties().stream()
                .filter(result -> result.property() == Property.AUDIT_TRAIL)
                .findFirst()
                .orElseThrow();
    }

    private RecordedRun.Start node(String name) {
        return run.start(name, 1000).ping(0, 20).recording(10);
    }

    private void write(long at, long id, int node) {
        run.user(OperationKind.WRITE, at, at + 10, id, 0x1000 + id, node);
    }

    @Test
    void everyWriteIsInTheTrailOfTheNodeThatMadeIt() throws IOException {
        node("node-1").serves(103, 1, 0x1001).serves(303, 3, 0x1003);
        node("node-2").serves(203, 2, 0x1002);
        write(100, 1, 1);
        write(200, 2, 2);
        write(300, 3, 1);
        PropertyResult result = result();
        assertThat(result.validity()).isEqualTo(Validity.TRUE);
        assertThat(result.checked()).isEqualTo(3);
    }

    @Test
    void aWriteInNoTrailIsMissing() throws IOException {
        node("node-1").serves(103, 1, 0x1001).begin(203, 2).commit(205, 2).serves(303, 3, 0x1003);
        write(100, 1, 1);
        write(200, 2, 1);
        assertThat(result().violations())
                .extracting(violation -> violation.anomaly())
                .containsExactly(Anomaly.AUDIT_MISSING);
    }

    /** A rollout's next build may keep sessions where no point sees them. */
    @Test
    void aStartThatHasJournaledNoWriteProvesNoAbsence() throws IOException {
        node("node-1").serves(103, 1, 0x1001);
        run.start("node-1", 1000).ping(150, 20).recording(160).begin(203, 2).commit(205, 2);
        write(100, 1, 1);
        write(200, 2, 1);
        PropertyResult result = result();
        assertThat(result.validity()).isEqualTo(Validity.TRUE);
        assertThat(result.checked()).isEqualTo(1);
    }

    @Test
    void aTrailThatLostItsEndProvesNoAbsence() throws IOException {
        node("node-1").serves(103, 1, 0x1001).serves(303, 3, 0x1003).losesItsEnd();
        write(100, 1, 1);
        write(200, 2, 1);
        PropertyResult result = result();
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.inconclusive()).isEqualTo(1);
    }

    @Test
    void aPauseInRecordingProvesNoAbsence() throws IOException {
        node("node-1").serves(103, 1, 0x1001).recording(250).serves(303, 3, 0x1003);
        write(100, 1, 1);
        write(200, 2, 1);
        assertThat(result().inconclusive()).isEqualTo(1);
    }

    @Test
    void aNodeThatDidNotRecordYetOrNeverHasNoTrail() throws IOException {
        run.start("node-1", 1000).ping(0, 20).recording(150).serves(203, 2, 0x1002);
        write(100, 1, 1);
        write(200, 2, 1);
        write(300, 3, 2);
        PropertyResult result = result();
        assertThat(result.validity()).isEqualTo(Validity.TRUE);
        assertThat(result.checked())
                .as("only the write that began while node-1 recorded")
                .isEqualTo(1);
    }

    @Test
    void aNodeThatJournaledNoWriteAtAllHasNoTrail() throws IOException {
        node("node-1").serves(103, 1, 0).serves(203, 2, 0).serves(303, 3, 0);
        write(100, 1, 1);
        write(200, 2, 1);
        PropertyResult result = result();
        assertThat(result.observed()).isFalse();
    }

    @Test
    void oneWriteThatSetsManyAttributesIsNoDuplicate() throws IOException {
        RecordedRun.Start node = node("node-1").begin(101, 1);
        for (int attribute = 0; attribute < 4; attribute++) {
            node.set(102 + attribute, 1, 0x1001, "mw.group." + attribute, 0, Outcome.OK);
        }
        node.save(107, 1, 0x1001, Outcome.OK).commit(108, 1);
        run.user(OperationKind.WRITE_GROUP, 100, 110, 1, 0x1001, 1);
        assertThat(result().validity()).isEqualTo(Validity.TRUE);
    }

    /** A common way to have a value saved that was changed in place. */
    @Test
    void anAttributeThatIsSetTwiceInOneRequestIsNoDuplicate() throws IOException {
        node("node-1")
                .begin(101, 1)
                .set(102, 1, 0x1001, "mw.register.a", 0, Outcome.OK)
                .set(103, 1, 0x1001, "mw.register.a", 0, Outcome.OK)
                .save(104, 1, 0x1001, Outcome.OK)
                .commit(105, 1);
        write(100, 1, 1);
        assertThat(result().validity()).isEqualTo(Validity.TRUE);
    }

    /** A container without a point where requests begin: nothing tells a second time from a repository's own work. */
    @Test
    void whatNoRequestIsNamedForIsNoDuplicate() throws IOException {
        node("node-1")
                .set(102, 0, 0x1001, "mw.register.a", 0, Outcome.OK)
                .set(103, 0, 0x1001, "mw.register.a", 0, Outcome.OK);
        write(100, 1, 1);
        assertThat(result().validity()).isEqualTo(Validity.TRUE);
    }

    @Test
    void aRequestThatWasServedTwiceIsADuplicate() throws IOException {
        node("node-1").serves(103, 1, 0x1001).serves(203, 1, 0x1001);
        write(100, 1, 1);
        assertThat(result().violations())
                .extracting(violation -> violation.anomaly())
                .containsExactly(Anomaly.AUDIT_DUP);
    }

    @Test
    void aWriteThatWasDroppedOnItsWayIntoTheSessionIsMissing() throws IOException {
        node("node-1")
                .begin(101, 1)
                .set(102, 1, 0x1001, "mw.register.a", 0, Outcome.INFO)
                .commit(103, 1)
                .serves(203, 2, 0x1002);
        write(100, 1, 1);
        assertThat(result().violations())
                .extracting(violation -> violation.anomaly())
                .containsExactly(Anomaly.AUDIT_MISSING);
    }

    @Test
    void aTrailThatWritesDownTheFirstAfterTheSecondIsOutOfOrder() throws IOException {
        node("node-1")
                .begin(101, 1)
                .commit(105, 1)
                .serves(203, 2, 0x1002)
                .set(400, 0, 0x1001, "mw.register.a", 0, Outcome.OK);
        write(100, 1, 1);
        write(200, 2, 1);
        assertThat(result().violations())
                .extracting(violation -> violation.anomaly())
                .containsExactly(Anomaly.AUDIT_ORDER);
    }

    @Test
    void twoWritesAtATimeHaveNoOrder() throws IOException {
        node("node-1").serves(203, 2, 0x1002).serves(303, 1, 0x1001);
        run.user(OperationKind.WRITE, 100, 400, 1, 0x1001, 1);
        run.user(OperationKind.WRITE, 200, 210, 2, 0x1002, 1);
        assertThat(result().validity()).isEqualTo(Validity.TRUE);
    }

    @Test
    void aRestartedNodeHasTwoTrails() throws IOException {
        node("node-1").serves(103, 1, 0x1001);
        run.start("node-1", 9000).ping(200, 20).recording(210).serves(303, 2, 0x1002);
        write(100, 1, 1);
        write(300, 2, 1);
        PropertyResult result = result();
        assertThat(result.validity()).isEqualTo(Validity.TRUE);
        assertThat(result.checked()).isEqualTo(2);
    }
}
