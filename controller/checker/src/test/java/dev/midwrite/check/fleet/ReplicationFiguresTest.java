package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Trial;
import dev.midwrite.check.fleet.BackpressureCheck.Conduct;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.check.fleet.ReplicationCheck.Mode;
import dev.midwrite.check.fleet.ReplicationFigures.Lag;
import dev.midwrite.check.fleet.ReplicationFigures.Range;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is counted of writes and their copies; every clock error makes it wider and none makes it wrong. */
class ReplicationFiguresTest {
    private static final Trial TRIAL = Trial.of(Profile.STRONG)
            .nodes(List.of("", "a", "b"))
            .faults(List.of(new Trial.Fault(3, "lag", "replica.send", "a", 1000, 2000, 1, 1, List.of())))
            .healedAt(2500)
            .settledAt(9000)
            .build();

    private final List<ReplicatedWrite> writes = new ArrayList<>();
    private final Tally tally = new Tally(10);

    /** Answered at this moment, after 10. */
    private void write(long returned, Copy... copies) {
        writeTo(1, returned, copies);
    }

    private void writeTo(long session, long returned, Copy... copies) {
        UserOperation operation = new UserOperation(
                OperationKind.WRITE,
                writes.size(),
                session,
                7,
                returned - 10,
                returned,
                writes.size() + 1L,
                0,
                writes.size() + 1L,
                1,
                1,
                1,
                0,
                1,
                Outcome.OK,
                0,
                new long[0]);
        writes.add(new ReplicatedWrite(operation, "a", List.of(copies)));
    }

    private static Copy to(String replica, Arrival arrival, Integer... injections) {
        return new Copy(replica, arrival, Asked.NOTHING, false, Set.of(injections));
    }

    private static Copy confirmed() {
        return new Copy("b", Arrival.at(90, 5), Asked.APPLIED, true, Set.of());
    }

    private ReplicationFigures figures() {
        return ReplicationFigures.of(TRIAL, writes);
    }

    @Test
    void aWriteThatWasConfirmedFirstIsNeverExposed() {
        write(100, confirmed());
        assertThat(figures().exposed().peak()).isEqualTo(new Range(0, 0));
        assertThat(figures().lags()).singleElement().satisfies(lag -> {
            assertThat(lag.max()).isEqualTo(new Range(0, 0));
            assertThat(lag.mode()).isEqualTo(Mode.UNDECIDED);
        });
    }

    @Test
    void lagIsTakenByReplicaAndPhaseWithTheClockErrorOnBothSides() {
        write(100, to("b", Arrival.at(150, 5)), to("c", Arrival.at(120, 5)));
        write(1500, to("b", Arrival.at(3500, 5)));
        List<Lag> lags = figures().lags();
        assertThat(lags).extracting(Lag::replica).containsExactly("b", "b", "c");
        assertThat(lags).extracting(Lag::phase).containsExactly("steady", "fault", "steady");
        assertThat(lags.get(0).max()).isEqualTo(new Range(45, 55));
        assertThat(lags.get(1).max()).isEqualTo(new Range(1995, 2005));
    }

    @Test
    void whatNeverArrivedStaysInTheDistribution() {
        write(100, to("b", Arrival.NONE));
        assertThat(figures().lags().get(0).max()).isEqualTo(new Range(Arrival.NEVER, Arrival.NEVER));
        assertThat(figures().lags().get(0).never()).isEqualTo(1);
        assertThat(figures().exposed().never()).isEqualTo(1);
        assertThat(figures().missing()).isEqualTo(1);
        assertThat(figures().named().get(0).replica()).isEqualTo("b");
    }

    @Test
    void theSecondNodeEndsTheExposureWhicheverItIs() {
        write(100, to("b", Arrival.NONE), to("c", Arrival.at(200, 0)));
        write(150, to("b", Arrival.at(400, 0)));
        assertThat(figures().exposed().peak()).isEqualTo(new Range(2, 2));
        assertThat(figures().exposed().curve())
                .containsExactly(
                        new Exposure.Point(100, 1),
                        new Exposure.Point(150, 2),
                        new Exposure.Point(200, 1),
                        new Exposure.Point(400, 0));
        assertThat(figures().exposed().drain()).hasValue(0);
    }

    @Test
    void whetherTwoWereExposedAtATimeMayLieWithinTheClockError() {
        write(100, to("b", Arrival.at(148, 5)));
        write(150, to("b", Arrival.at(400, 5)));
        assertThat(figures().exposed().peak()).isEqualTo(new Range(1, 2));
    }

    @Test
    void ofAnOpenArrivalOnlyTheMostKnows() {
        write(100, to("b", Arrival.openFrom(90)));
        assertThat(figures().exposed().peak()).isEqualTo(new Range(0, 1));
        assertThat(figures().exposed().open()).isEqualTo(1);
        assertThat(figures().missing()).isZero();
        assertThat(figures().lags().get(0).undecided()).isEqualTo(1);
    }

    @Test
    void aWriteThatWentNowhereIsOnOneNodeForGood() {
        write(100);
        assertThat(figures().exposed().never()).isEqualTo(1);
        assertThat(figures().named().get(0).replica()).isEmpty();
    }

    @Test
    void theDrainIsCountedFromTheHeal() {
        write(1500, to("b", Arrival.at(2600, 0), 3));
        assertThat(figures().exposed().drain()).hasValue(100);
    }

    @Test
    void aSessionDriftsOnceWhateverItsCopyLacks() {
        writeTo(1, 1500, to("b", Arrival.at(2600, 0)));
        writeTo(1, 1600, to("b", Arrival.at(2700, 0)));
        writeTo(2, 1700, to("b", Arrival.at(2650, 0)), to("c", Arrival.at(1690, 0)));
        writeTo(1, 5000, to("b", Arrival.at(5100, 0)));
        assertThat(figures().drifts()).extracting(CopyDrift::replica).containsExactly("b", "c");
        CopyDrift drift = figures().drifts().get(0);
        assertThat(drift.curve())
                .containsExactly(
                        new Exposure.Point(1500, 1),
                        new Exposure.Point(1700, 2),
                        new Exposure.Point(2650, 1),
                        new Exposure.Point(2700, 0),
                        new Exposure.Point(5000, 1),
                        new Exposure.Point(5100, 0));
        assertThat(drift.most()).isEqualTo(2);
        assertThat(drift.caughtUpNanos())
                .as("what came after the heal is none of it")
                .hasValue(200);
        assertThat(figures().drifts().get(1).curve()).as("it had all in time").isEmpty();
    }

    @Test
    void aCopyThatNeverGetsItDriftsForGood() {
        writeTo(1, 1500, to("b", Arrival.NONE));
        writeTo(2, 1600, to("b", Arrival.at(1800, 0)));
        CopyDrift drift = figures().drifts().get(0);
        assertThat(drift.curve().get(drift.curve().size() - 1).writes()).isEqualTo(1);
        assertThat(drift.never()).isEqualTo(1);
        assertThat(drift.caughtUpNanos()).isEmpty();
    }

    @Test
    void whatLiesWithinTheClockErrorIsNoDriftAndWhatNobodyKnowsIsCounted() {
        write(100, to("b", Arrival.at(102, 5)));
        write(200, confirmed());
        assertThat(figures().drifts().get(0).curve()).isEmpty();
        assertThat(figures().drifts().get(0).caughtUpNanos()).hasValue(0);
        write(300, to("b", Arrival.openFrom(290)));
        CopyDrift drift = figures().drifts().get(0);
        assertThat(drift.curve()).isEmpty();
        assertThat(drift.open()).isEqualTo(1);
        assertThat(drift.caughtUpNanos()).isEmpty();
    }

    @Test
    void writersThatWaitAreBackpressureAndThoseThatDoNotDivergeInSilence() {
        write(100, confirmed());
        write(1500, to("b", Arrival.at(2600, 0), 3));
        assertThat(figures().reactions())
                .singleElement()
                .satisfies(reaction -> assertThat(reaction.conduct()).isEqualTo(Conduct.SILENT_DIVERGENCE));
        BackpressureCheck.struck(writes, TRIAL, tally);
        assertThat(tally.of(Anomaly.SILENT_DIVERGENCE).count()).isEqualTo(1);
    }

    @Test
    void oneOtherNodeThatHadItIsEnoughNotToBeSilent() {
        write(1500, to("b", Arrival.at(2600, 0), 3), to("c", Arrival.at(1480, 5)));
        BackpressureCheck.struck(writes, TRIAL, tally);
        assertThat(tally.of(Anomaly.SILENT_DIVERGENCE).count()).isZero();
    }

    @Test
    void whatLiesWithinTheClockErrorIsNotSilent() {
        write(1500, to("b", Arrival.at(1502, 5), 3));
        BackpressureCheck.struck(writes, TRIAL, tally);
        assertThat(tally.of(Anomaly.SILENT_DIVERGENCE).count()).isZero();
    }

    @Test
    void whatNoInjectionStruckIsNotJudged() {
        write(1500, to("b", Arrival.at(2600, 0)));
        BackpressureCheck.struck(writes, TRIAL, tally);
        assertThat(tally.of(Anomaly.SILENT_DIVERGENCE).count()).isZero();
        assertThat(figures().reactions()).isEmpty();
    }
}
