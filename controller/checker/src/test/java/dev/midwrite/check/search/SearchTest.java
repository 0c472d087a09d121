package dev.midwrite.check.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Validity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final int HISTORIES = Integer.getInteger("midwrite.search.histories", 60_000);
    private static final Budget BUDGET = Budget.DEFAULT;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void registerAgreesWithExhaustiveSearch(int values) {
        RandomHistory random = new RandomHistory(values, values);
        int[] verdicts = new int[2];
        for (int i = 0; i < HISTORIES; i++) {
            List<Operation> operations = random.next(10, true);
            boolean expected = Exhaustive.linearizable(operations, null);
            SearchResult result = Search.run(operations, new RegisterModel(operations, null), BUDGET);
            if ((result.validity() == Validity.TRUE) != expected || result.validity() == Validity.UNKNOWN) {
                throw new AssertionError(result + ", but it is " + expected + ": " + operations);
            }
            verdicts[expected ? 1 : 0]++;
        }
        assertThat(verdicts[0]).isGreaterThan(HISTORIES / 20);
        assertThat(verdicts[1]).isGreaterThan(HISTORIES / 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void textAgreesWithExhaustiveSearch(int letters) {
        RandomHistory random = new RandomHistory(letters, letters);
        int[] verdicts = new int[2];
        for (int i = 0; i < HISTORIES; i++) {
            List<Operation> operations = random.next(9, false);
            boolean expected = Exhaustive.linearizable(operations, "");
            SearchResult result = Search.run(operations, new TextModel(operations), BUDGET);
            if ((result.validity() == Validity.TRUE) != expected || result.validity() == Validity.UNKNOWN) {
                throw new AssertionError(result + ", but it is " + expected + ": " + operations);
            }
            verdicts[expected ? 1 : 0]++;
        }
        assertThat(verdicts[0]).isGreaterThan(HISTORIES / 20);
        assertThat(verdicts[1]).isGreaterThan(HISTORIES / 20);
    }

    @Test
    void witnessEndsWithTheOperationThatCannotBePlaced() {
        Operation write = new Operation(new Call.Write(1), 0, 1, 1, 2);
        Operation stale = new Operation(new Call.Read(null), 1, 3, 3, 4);
        List<Operation> operations = List.of(write, stale);

        SearchResult result = Search.run(operations, new RegisterModel(operations, null), BUDGET);

        assertThat(result.witness()).containsExactly(write, stale);
        assertThat(result.placed()).isEqualTo(1);
        assertThat(result.sentence())
                .contains("process 1 (line 3): read nil")
                .contains("the last to take effect is process 0 (line 1): write 1");
    }

    @Test
    void equalTimesAreConcurrent() {
        List<Operation> operations =
                List.of(new Operation(new Call.Write(1), 0, 0, 1, 2), new Operation(new Call.Read(null), 1, 0, 2, 3));

        assertThat(Search.run(operations, new RegisterModel(operations, null), BUDGET)
                        .validity())
                .isEqualTo(Validity.TRUE);
    }

    @Test
    void saysUnknownWhenTheBudgetIsTooSmall() {
        // Forty compare-and-sets around a ring, all concurrent; the read at the end never holds.
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            operations.add(new Operation(new Call.CompareAndSet(i % 5, i / 5), i, 0, 1, 100));
        }
        operations.add(new Operation(new Call.Write(0), 90, 0, 0, 0));
        operations.add(new Operation(new Call.Read(7), 91, 0, 101, 102));

        SearchResult space =
                Search.run(operations, new RegisterModel(operations, null), new Budget(Duration.ofMinutes(1), 10));
        SearchResult time =
                Search.run(operations, new RegisterModel(operations, null), new Budget(Duration.ofNanos(1), 1 << 20));

        assertThat(space.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(space.sentence()).contains("10 configurations");
        assertThat(time.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(time.sentence()).contains("time");
    }

    @Test
    void growsWithTheHistoryOnly() {
        // Two hundred thousand operations, 300 of them indeterminate: a search over the whole history would not end.
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            boolean hidden = i % 333 == 5;
            operations.add(new Operation(new Call.Write(i % 4), 0, 0, 10L * i, hidden ? Operation.NEVER : 10L * i + 4));
            operations.add(new Operation(new Call.Read(i % 4), 1, 0, 10L * i + 5, 10L * i + 9));
        }
        SearchResult result = Search.run(operations, new RegisterModel(operations, null), BUDGET);

        assertThat(result.validity()).isEqualTo(Validity.TRUE);
        assertThat(result.placed()).isEqualTo(operations.size());
    }
}
