package dev.midwrite.controller.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private final Throughput throughput = new Throughput();

    private static long at(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private void ended(double seconds, int times) {
        for (int i = 0; i < times; i++) {
            throughput.ended(at(seconds), Outcome.OK.code());
        }
    }

    @Test
    void nothingIsSaidBeforeTheFirstSecondIsOver() {
        assertThat(throughput.perSecond(0)).isZero();
        ended(3.2, 10);
        assertThat(throughput.perSecond(at(3.9))).isZero();
        assertThat(throughput.perSecond(at(4))).isEqualTo(10);
    }

    @Test
    void onlyTheLastFiveWholeSecondsCount() {
        for (int second = 0; second < 30; second++) {
            ended(second + 0.5, second < 25 ? 100 : 20);
        }
        assertThat(throughput.perSecond(at(30.1))).isEqualTo(20);
        assertThat(throughput.perSecond(at(32))).isEqualTo(12);
        assertThat(throughput.perSecond(at(99))).isZero();
    }

    @Test
    void anEndThatComesLateCountsWhereItWas() {
        ended(3.5, 10);
        ended(4.5, 10);
        ended(3.6, 10);
        assertThat(throughput.perSecond(at(5))).isEqualTo(15);
    }

    @Test
    void outcomesAreCountedForTheWholeRun() {
        ended(1, 3);
        throughput.ended(at(2), Outcome.INFO.code());
        throughput.ended(at(50), Outcome.FAIL.code());
        assertThat(throughput.of(Outcome.OK)).isEqualTo(3);
        assertThat(throughput.of(Outcome.INFO)).isEqualTo(1);
        assertThat(throughput.of(Outcome.FAIL)).isEqualTo(1);
    }
}
