package dev.midwrite.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.GateResult;
import dev.midwrite.check.GateResult.State;
import dev.midwrite.check.fleet.ReplicatedWrite.Asked;
import dev.midwrite.check.fleet.ReplicatedWrite.Copy;
import dev.midwrite.check.stats.GateSentence;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicationLagTest {
    private static final long MILLI = 1_000_000;
    private static final long ANSWERED = 100 * MILLI;
    private static final OptionalLong BUDGET = OptionalLong.of(10 * MILLI);

    private final List<ReplicatedWrite> writes = new ArrayList<>();

    /** Answered after 100 ms. */
    private void writes(int count, Copy... copies) {
        IntStream.range(0, count)
                .forEach(i -> writes.add(new ReplicatedWrite(
                        new UserOperation(
                                OperationKind.WRITE,
                                writes.size(),
                                1,
                                7,
                                0,
                                ANSWERED,
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
                                new long[0]),
                        "a",
                        List.of(copies))));
    }

    private static Copy behind(long millis, long errorMicros) {
        return new Copy("b", Arrival.at(ANSWERED + millis * MILLI, errorMicros * 1000), Asked.NOTHING, false, Set.of());
    }

    private static Copy never() {
        return new Copy("b", Arrival.NONE, Asked.NOTHING, false, Set.of());
    }

    private static Copy confirmed() {
        return new Copy("b", Arrival.at(ANSWERED + 50 * MILLI, 1), Asked.APPLIED, true, Set.of());
    }

    private State state(long budgetMillis) {
        return ReplicationLag.of(writes, OptionalLong.of(budgetMillis * MILLI)).state();
    }

    @Test
    void withinTheBudgetIsMet() {
        writes(299, behind(4, 1000));
        GateResult lag = ReplicationLag.of(writes, BUDGET);
        assertThat(lag.name()).isEqualTo("replication.p99");
        assertThat(lag.state()).isEqualTo(State.MET);
        assertThat(lag.value()).isEqualTo(5);
        assertThat(lag.target()).isEqualTo("<= 10 ms");
        assertThat(lag.samples()).isEqualTo(299);
        assertThat(lag.of()).isEqualTo("writes");
    }

    @Test
    void whatNeverArrivedOrWasSentToNobodyStaysInTheDistribution() {
        writes(990, behind(4, 0));
        assertThat(state(10)).isEqualTo(State.MET);
        writes(5, never());
        writes(5);
        // 10 of 1000 never arrived: the 99th percentile may lie on either side.
        assertThat(state(10)).isEqualTo(State.INCONCLUSIVE);
        writes(10, never());
        GateResult lag = ReplicationLag.of(writes, BUDGET);
        assertThat(lag.state()).isEqualTo(State.MISSED);
        assertThat(lag.value()).isInfinite();
    }

    @Test
    void whatTheReplicaConfirmedFirstWasNeverBehind() {
        writes(299, confirmed());
        assertThat(state(1)).isEqualTo(State.MET);
        assertThat(ReplicationLag.of(writes, BUDGET).value()).isZero();
    }

    @Test
    void clocksThatMayPutItOnEitherSideDecideNothing() {
        writes(1000, behind(10, 1000));
        assertThat(state(11)).isEqualTo(State.MET);
        assertThat(state(10)).isEqualTo(State.INCONCLUSIVE);
        assertThat(state(8)).isEqualTo(State.MISSED);
    }

    @Test
    void aClockErrorOfAQuarterOfTheBudgetDecidesNothing() {
        writes(1000, behind(10, 9_999));
        assertThat(state(40)).isEqualTo(State.MET);
        writes(1, behind(10, 10_000));
        assertThat(state(40)).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void clocksThatCannotBeComparedDecideNothing() {
        writes(400, new Copy("b", Arrival.at(ANSWERED, Long.MAX_VALUE), Asked.NOTHING, false, Set.of()));
        assertThat(state(10)).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void fewWritesDecideNothingIfABudgetWasAsked() {
        writes(298, confirmed());
        assertThat(ReplicationLag.of(writes, BUDGET).state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(ReplicationLag.of(writes, OptionalLong.empty()).state()).isEqualTo(State.OBSERVED);
        GateResult none = ReplicationLag.of(List.of(), BUDGET);
        assertThat(none.state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(GateSentence.open(none))
                .isEqualTo(
                        "The gate replication.p99 <= 10 ms is open: there are no writes to measure; more samples would"
                                + " decide it.");
    }
}
