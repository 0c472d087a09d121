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

    private static Copy behind(long millis, long error) {
        return new Copy("b", Arrival.at(ANSWERED + millis * MILLI, error * MILLI), Asked.NOTHING, false, Set.of());
    }

    private static Copy confirmed() {
        return new Copy("b", Arrival.at(ANSWERED + 50 * MILLI, 1), Asked.APPLIED, true, Set.of());
    }

    @Test
    void withinTheBudgetIsMet() {
        writes(299, behind(4, 1));
        GateResult lag = ReplicationLag.of(writes, BUDGET);
        assertThat(lag.name()).isEqualTo("replication.p99");
        assertThat(lag.state()).isEqualTo(State.MET);
        assertThat(lag.value()).isEqualTo(5);
        assertThat(lag.target()).isEqualTo("<= 10 ms");
        assertThat(lag.samples()).isEqualTo(299);
        assertThat(lag.of()).isEqualTo("writes");
    }

    @Test
    void whatNeverArrivedOrWasSentToNobodyIsBeyondEveryBudget() {
        writes(290, confirmed());
        writes(5, new Copy("b", Arrival.NONE, Asked.NOTHING, false, Set.of()));
        writes(5);
        assertThat(ReplicationLag.of(writes, BUDGET).state()).isNotEqualTo(State.MET);
        writes(10);
        GateResult lag = ReplicationLag.of(writes, BUDGET);
        assertThat(lag.state()).isEqualTo(State.MISSED);
        assertThat(lag.value()).isInfinite();
    }

    @Test
    void clocksThatMayPutItOnEitherSideDecideNothing() {
        writes(400, behind(10, 3));
        assertThat(ReplicationLag.of(writes, BUDGET).state()).isEqualTo(State.INCONCLUSIVE);
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
