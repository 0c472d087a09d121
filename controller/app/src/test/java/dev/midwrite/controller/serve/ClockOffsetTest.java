package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    @Test
    void knowsNothingBeforeTheFirstExchange() {
        assertThat(new ClockOffset().interval()).isEmpty();
    }

    @Test
    void containsTheTrueOffsetWhateverTheTwoWaysTook() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            long truth = random.nextLong() / 4;
            ClockOffset clock = new ClockOffset();
            long now = random.nextLong() / 4;
            for (int i = 0; i < 50; i++) {
                long there = random.nextInt(1_000_000);
                long back = random.nextInt(1_000_000);
                clock.sample(now, now + there + truth, now + there + back);
                now += 1_000_000_000;
                ClockInterval interval = clock.interval().orElseThrow();
                assertThat(truth).as("seed %s", seed).isBetween(interval.lower(), interval.upper());
                assertThat(interval.upper() - interval.lower())
                        .as("no wider than this exchange")
                        .isLessThanOrEqualTo(there + back);
                assertThat(interval.drifted()).isFalse();
            }
        }
    }

    @Test
    void onlyGrowsOnceClocksAreKnownToDrift() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            ClockOffset clock = new ClockOffset();
            long now = 0;
            boolean drifted = false;
            ClockInterval before = null;
            for (int i = 0; i < 200; i++) {
                long truth = i * 5_000_000L;
                long there = random.nextInt(20_000);
                long back = random.nextInt(20_000);
                clock.sample(now, now + there + truth, now + there + back);
                now += 1_000_000_000;
                ClockInterval interval = clock.interval().orElseThrow();
                if (drifted) {
                    assertThat(interval.lower()).isLessThanOrEqualTo(before.lower());
                    assertThat(interval.upper()).isGreaterThanOrEqualTo(before.upper());
                    assertThat(truth).isBetween(interval.lower(), interval.upper());
                }
                drifted = interval.drifted();
                before = interval;
            }
            assertThat(drifted).as("seed %s", seed).isTrue();
        }
    }

    @Test
    void followsAClockThatDriftsAsClocksDo() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            ClockOffset clock = new ClockOffset();
            long now = 0;
            for (int i = 0; i < 200; i++) {
                long there = random.nextInt(20_000);
                long back = random.nextInt(20_000);
                long truth = (now + there) / 2_000;
                clock.sample(now, now + there + truth, now + there + back);
                ClockInterval interval = clock.interval().orElseThrow();
                assertThat(interval.drifted()).isFalse();
                assertThat(truth).as("seed %s", seed).isBetween(interval.lower() - 20, interval.upper() + 20);
                now += 1_000_000_000;
            }
        }
    }

    @Test
    void keepsTheBestExchangeOfEachSecond() {
        ClockOffset clock = new ClockOffset();
        clock.sample(0, 500, 1000);
        clock.sample(100_000, 100_050, 100_100);
        clock.sample(200_000, 200_500, 201_000);
        clock.sample(1_000_000_000, 1_000_000_500, 1_000_001_000);
        assertThat(clock.bounds())
                .containsExactly(new ClockBound(100_050, -50, 50), new ClockBound(1_000_000_500, -500, 500));
    }

    @Test
    void boundsTheMomentOfANodesReading() {
        ClockInterval interval = new ClockInterval(100, 107, 7, 3, false);
        assertThat(interval.halfWidth()).isEqualTo(4);
        assertThat(interval.earliest(1_000)).isEqualTo(893);
        assertThat(interval.latest(1_000)).isEqualTo(900);
    }

    @Test
    void refusesAnAnswerFromBeforeTheQuestion() {
        ClockOffset clock = new ClockOffset();
        assertThatThrownBy(() -> clock.sample(10, 0, 9)).isInstanceOf(IllegalArgumentException.class);
    }
}
