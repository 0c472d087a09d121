package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Anomaly;
import dev.midwrite.check.Profile;
import dev.midwrite.check.Property;
import dev.midwrite.check.Severity;
import dev.midwrite.check.fleet.BackpressureCheck.Conduct;
import dev.midwrite.check.fleet.BackpressureCheck.Result;
import dev.midwrite.check.fleet.BackpressureCheck.Sign;
import dev.midwrite.check.fleet.BackpressureCheck.Treatment;
import dev.midwrite.check.fleet.BackpressureCheck.Window;
import dev.midwrite.check.fleet.BackpressureCheck.Write;
import dev.midwrite.check.session.Tally;
import dev.midwrite.event.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackpressureCheckTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000_000L;
    private static final long ERROR = 1_000;
    private static final long P99 = 20;
    private static final Write REPLICATED = write(Outcome.OK, 60, true, 50);
    private static final Write DELAYED = write(Outcome.OK, 61, true, 50);
    private static final Write REJECTED = write(Outcome.FAIL, 10, false, NEVER);
    private static final Write UNKNOWN = write(Outcome.INFO, 10, false, NEVER);
    private static final Write SILENT = write(Outcome.OK, 10, false, 500);

    private final Tally tally = new Tally(10);

    private static Write write(Outcome outcome, long took, boolean replicated, long applied) {
        return new Write(1, 0, took, outcome, false, replicated, applied);
    }

    private Result check(List<Sign> signs, List<Write> writes) {
        return BackpressureCheck.check(writes, new Window(0, 1000, 1000, P99, ERROR, signs), Profile.STRONG, tally);
    }

    private Result check(Write... writes) {
        return check(List.of(), List.of(writes));
    }

    private static List<Write> times(int times, Write write) {
        return new ArrayList<>(Collections.nCopies(times, write));
    }

    private static List<Write> both(int times, Write write, int otherTimes, Write other) {
        List<Write> writes = times(times, write);
        writes.addAll(times(otherTimes, other));
        return writes;
    }

    @Test
    void treatments() {
        Write refused = new Write(1, 0, 10, Outcome.INFO, true, false, NEVER);
        Result result = check(REPLICATED, DELAYED, REJECTED, refused, UNKNOWN, SILENT);
        assertThat(result.counts())
                .isEqualTo(Map.of(
                        Treatment.REPLICATED, 1L,
                        Treatment.DELAYED, 1L,
                        Treatment.REJECTED, 2L,
                        Treatment.UNKNOWN, 1L,
                        Treatment.SILENT, 1L));
        assertThat(result.conduct()).isEqualTo(Conduct.SILENT_DIVERGENCE);
        assertThat(tally.of(Property.BACKPRESSURE).checked()).isEqualTo(5);
        assertThat(tally.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.anomaly()).isEqualTo(Anomaly.SILENT_DIVERGENCE);
            assertThat(violation.severity()).isEqualTo(Severity.HARD);
        });
    }

    @Test
    void silenceIsSoftWhereNothingElseWasPromised() {
        BackpressureCheck.check(
                List.of(SILENT), new Window(0, 1000, 1000, P99, ERROR, List.of()), Profile.SESSION, tally);
        assertThat(tally.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.severity()).isEqualTo(Severity.SOFT));
    }

    @Test
    void onlyWritesThatBeganInTheWindowAreJudged() {
        Result result = check(
                new Write(1, -1, 5, Outcome.OK, false, false, NEVER),
                new Write(1, 1000, 1005, Outcome.OK, false, false, NEVER));
        assertThat(result.counts()).isEmpty();
        assertThat(result.conduct()).isEqualTo(Conduct.UNDECIDED);
        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void holdingBackPracticallyAllIsBackpressure() {
        assertThat(check(List.of(), both(99, REJECTED, 1, UNKNOWN)).conduct()).isEqualTo(Conduct.BACKPRESSURE);
        assertThat(check(List.of(), both(500, REPLICATED, 1, DELAYED)).conduct())
                .isEqualTo(Conduct.BACKPRESSURE);
        List<Sign> always = List.of(new Sign(0, 1000));
        assertThat(check(always, both(99, REJECTED, 1, SILENT)).conduct()).isEqualTo(Conduct.BACKPRESSURE);
        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void goingOnAndSayingSoIsNotBackpressure() {
        List<Sign> always = List.of(new Sign(0, 1000));
        assertThat(check(always, both(98, REJECTED, 2, SILENT)).conduct()).isEqualTo(Conduct.SIGNALLED);
        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void aFaultThatHadNoEffect() {
        assertThat(check(REPLICATED).conduct()).isEqualTo(Conduct.UNTOUCHED);
    }

    @Test
    void whatNobodyKnowsMayDecideNothing() {
        assertThat(check(List.of(), both(90, REJECTED, 10, UNKNOWN)).conduct()).isEqualTo(Conduct.UNDECIDED);
        assertThat(tally.of(Property.BACKPRESSURE).inconclusive()).isEqualTo(10);
        assertThat(check(UNKNOWN).conduct()).isEqualTo(Conduct.UNDECIDED);
    }

    private Treatment signedAt(long sign) {
        return check(List.of(new Sign(sign, sign)), List.of(SILENT))
                .counts()
                .keySet()
                .iterator()
                .next();
    }

    @Test
    void aSignCountsWithinASecondAndIsDoubtfulWithinTheClockErrorOfIt() {
        assertThat(signedAt(10 + SECOND - ERROR)).isEqualTo(Treatment.SIGNALLED);
        assertThat(signedAt(10 + SECOND - ERROR + 1)).isEqualTo(Treatment.DOUBTFUL);
        assertThat(signedAt(10 + SECOND + ERROR)).isEqualTo(Treatment.DOUBTFUL);
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.of(Property.BACKPRESSURE).inconclusive()).isEqualTo(2);
        assertThat(signedAt(10 + SECOND + ERROR + 1)).isEqualTo(Treatment.SILENT);
        assertThat(signedAt(-SECOND + ERROR)).isEqualTo(Treatment.SIGNALLED);
        assertThat(signedAt(-SECOND - ERROR - 1)).isEqualTo(Treatment.SILENT);
    }

    @Test
    void aSignThatLastsCountsAllTheTime() {
        List<Sign> signs = List.of(new Sign(-9 * SECOND, 9 * SECOND), new Sign(-5 * SECOND, -5 * SECOND));
        assertThat(check(signs, List.of(SILENT)).counts()).containsKey(Treatment.SIGNALLED);
    }

    private static Write exposed(long acknowledged, long applied) {
        return new Write(1, acknowledged - 1, acknowledged, Outcome.OK, false, false, applied);
    }

    private Exposure exposure(long to, long healedAt, Write... writes) {
        return BackpressureCheck.check(
                        List.of(writes), new Window(0, to, healedAt, P99, 0, List.of()), Profile.STRONG, tally)
                .exposure();
    }

    @Test
    void exposureCurve() {
        Exposure exposure =
                exposure(1000, 35, exposed(10, 30), exposed(20, 40), exposed(30, NEVER), REPLICATED, REJECTED);
        assertThat(exposure.curve())
                .containsExactly(
                        new Exposure.Point(10, 1),
                        new Exposure.Point(20, 2),
                        new Exposure.Point(30, 2),
                        new Exposure.Point(40, 1));
        assertThat(exposure.most()).isEqualTo(2);
        assertThat(exposure.writeNanos()).isEqualTo(40);
        assertThat(exposure.never()).isEqualTo(1);
        assertThat(exposure.drainNanos()).isEmpty();
    }

    @Test
    void drainAfterTheHeal() {
        assertThat(exposure(100, 100, exposed(10, 130), exposed(20, 170), exposed(101, 500))
                        .drainNanos())
                .hasValue(70);
        assertThat(exposure(100, 100, exposed(10, 30)).drainNanos()).hasValue(0);
        assertThat(exposure(100, NEVER, exposed(10, 30)).drainNanos()).isEmpty();
        assertThat(exposure(100, 100).drainNanos()).hasValue(0);
    }

    @Test
    void aQueueThatIsFullMakesAPlateau() {
        assertThat(exposure(100, 100, exposed(10, 300), exposed(20, 300)).plateauNanos())
                .isEqualTo(80);
        assertThat(exposure(100, 100, exposed(10, 25), exposed(20, 60)).plateauNanos())
                .isEqualTo(5);
        assertThat(exposure(100, 100, REPLICATED).plateauNanos()).isZero();
    }
}
