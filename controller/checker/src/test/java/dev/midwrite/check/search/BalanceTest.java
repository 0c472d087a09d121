package dev.midwrite.check.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceTest {
    private static final int HISTORIES = 30_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void neverRefutesWhatHasAnOrder(int values) {
        RandomHistory random = new RandomHistory(100 + values, values);
        int refuted = 0;
        for (int i = 0; i < HISTORIES; i++) {
            List<Operation> operations = random.next(10, true);
            Optional<SearchResult> result = Balance.refute(operations, null);
            if (result.isPresent() && Exhaustive.linearizable(operations, null)) {
                throw new AssertionError(result + ", but there is an order: " + operations);
            }
            refuted += result.isPresent() ? 1 : 0;
        }
        assertThat(refuted).isGreaterThan(HISTORIES / 100);
    }

    @Test
    void aValueThatNobodyWroteIsRefuted() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Call call = new Call.CompareAndSet(i % 7, (i * 3 + 1) % 7);
            operations.add(new Operation(call, i, i + 1, i, Operation.NEVER));
        }
        operations.add(new Operation(new Call.Read(99), 200, 201, 300, 301));
        assertThat(Balance.refute(operations, 0))
                .map(SearchResult::sentence)
                .contains("no place for process 200 (line 201): read 99; nothing that began before it ended could have"
                        + " put 99 there");
    }

    @Test
    void whatWasTakenAwayAsOftenAsItCanHaveBeenThereIsGoneHoweverManyOrdersThereAre() {
        SplittableRandom random = new SplittableRandom(1);
        List<Operation> operations = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < 80; i++) {
            int next = (at + 1 + random.nextInt(9)) % 10;
            operations.add(new Operation(new Call.CompareAndSet(at, next), i, i + 1, 0, 100));
            at = next;
        }
        Operation read = new Operation(new Call.Read((at + 1) % 10), 80, 81, 200, 201);
        operations.add(read);

        SearchResult result = Search.run(operations, new RegisterModel(operations, 0), Budget.DEFAULT);

        assertThat(result.validity()).isEqualTo(Validity.FALSE);
        assertThat(result.witness()).hasSize(4).endsWith(read);
        assertThat(result.sentence()).contains("compare-and-sets had replaced");
        operations.set(80, new Operation(new Call.Read(at), 80, 81, 200, 201));
        assertThat(Balance.refute(operations, 0)).isEmpty();
    }

    @Test
    void equalTimesAreConcurrent() {
        Operation write = new Operation(new Call.Write(1), 0, 1, 5, 6);
        Operation read = new Operation(new Call.Read(1), 1, 2, 4, 5);
        assertThat(Balance.refute(List.of(write, read), 0)).isEmpty();
        Operation before = new Operation(new Call.Read(1), 1, 2, 3, 4);
        assertThat(Balance.refute(List.of(write, before), 0)).isPresent();
    }
}
