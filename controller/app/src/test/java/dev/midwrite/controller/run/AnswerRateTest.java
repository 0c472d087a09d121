package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswerRateTest {
    private final AnswerRate rate = new AnswerRate();

    private String at(long millis, long ok, long failed, long unknown) {
        return rate.words(TimeUnit.MILLISECONDS.toNanos(millis), new Answers(ok, failed, unknown));
    }

    @Test
    void whatWasBeforeTheFirstLookIsNoRate() {
        assertThat(at(500, 1_000, 0, 0)).isEqualTo("0 requests/s");
    }

    @Test
    void aRateIsOfASecondAtLeastAndStandsUntilTheNext() {
        at(0, 0, 0, 0);
        assertThat(at(500, 90, 0, 0)).isEqualTo("0 requests/s");
        assertThat(at(1_000, 90, 8, 2)).isEqualTo("100 requests/s");
        assertThat(at(1_500, 400, 8, 2)).isEqualTo("100 requests/s");
        assertThat(at(3_000, 490, 8, 2)).isEqualTo("200 requests/s");
    }

    @Test
    void whoIsAnsweredNoMoreSeesIt() {
        at(0, 0, 0, 0);
        at(1_000, 50, 0, 0);
        assertThat(at(2_000, 50, 0, 0)).isEqualTo("0 requests/s");
    }
}
