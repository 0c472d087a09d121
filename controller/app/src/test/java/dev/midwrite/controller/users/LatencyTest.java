package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.users.Requester.Result;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private final Latency latency = new Latency();

    @Test
    void countsFromThePlannedTimeWhateverTheApplicationSaid() {
        latency.ended(new Result(Answer.absent(Call.PROBE, 500, 800, "node-1"), false), 300);
        latency.ended(new Result(Answer.absent(Call.LOGOUT, 500, 900, "node-1"), false), 300);
        assertThat(latency.answered().getTotalCount()).isEqualTo(2);
        assertThat(latency.answered().getMinValue()).isEqualTo(500);
        assertThat(latency.answered().getMaxValue()).isEqualTo(600);
        assertThat(latency.neverEnded()).isZero();
    }

    @Test
    void whatNeverEndedIsKept() {
        latency.ended(new Result(Answer.indeterminate(500), true), 300);
        latency.ended(new Result(Answer.unsent(900, 950, true), true), 300);
        assertThat(latency.neverEnded()).isEqualTo(2);
        assertThat(latency.answered().getTotalCount()).isZero();
    }

    @Test
    void whatWasNeverSentIsLeftOut() {
        latency.ended(new Result(Answer.unsent(500, 550, true), false), 300);
        assertThat(latency.neverEnded()).isZero();
        assertThat(latency.answered().getTotalCount()).isZero();
    }
}
