package dev.midwrite.controller.history;

import static dev.midwrite.controller.history.Operations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.HeldSessions;
import dev.midwrite.check.Trial;
import dev.midwrite.event.UserOperation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldByUsersTest {
    private static final long READ_AT = at(60_000);

    private static HeldSessions held(long ttlNanos, UserOperation... operations) {
        return new HeldByUsers(ttlNanos, READ_AT)
                .of(List.of(operations), request -> request == 51_000 ? Set.of() : Set.of(-request), "");
    }

    @Test
    void theLastFinalReadOfEachSessionCounts() {
        Operations one = new Operations(1);
        Operations two = new Operations(2);

        HeldSessions held = held(
                at(600_000), one.create(10), one.finalProbe(50_100), one.finalProbe(50_300), two.finalProbe(50_200));

        assertThat(held.count()).isEqualTo(2);
        assertThat(held.touched())
                .containsOnlyKeys(-51_300L, -51_200L)
                .containsEntry(-51_300L, one.finalProbe(50_300).invoked());
    }

    @Test
    void whatIsNoAnswerOfALiveSessionHoldsNone() {
        Operations one = new Operations(1);
        UserOperation absent = with(one.finalProbe(50_000), UserOperation.FINAL | UserOperation.ABSENT);

        assertThat(held(at(600_000), one.probe(50_000), absent).count()).isZero();
    }

    @Test
    void aSessionWhoseTimeMayBeOverIsNotExpected() {
        Operations one = new Operations(1);

        assertThat(held(at(11_000), one.finalProbe(50_000)).count()).isZero();
        assertThat(held(at(13_000), one.finalProbe(50_000)).count()).isOne();
        assertThat(held(Trial.NEVER, one.finalProbe(50_000)).count()).isOne();
        assertThat(held(0, one.finalProbe(50_000)).count()).isOne();
    }

    @Test
    void anIdThatNoJournalTellsIsCountedAndNotNamed() {
        HeldSessions held = held(0, new Operations(1).finalProbe(50_000));

        assertThat(held.count()).isOne();
        assertThat(held.touched()).isEmpty();
    }

    private static UserOperation with(UserOperation operation, int flags) {
        return new UserOperation(
                operation.kind(),
                operation.seq(),
                operation.session(),
                operation.incarnation(),
                operation.invoked(),
                operation.returned(),
                operation.value(),
                operation.second(),
                operation.request(),
                operation.process(),
                operation.node(),
                operation.attribute(),
                operation.length(),
                operation.attempt(),
                operation.outcome(),
                flags,
                operation.payload());
    }
}
