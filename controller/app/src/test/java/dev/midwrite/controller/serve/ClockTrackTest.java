package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTrackTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void containsTheTruthAtEveryMomentOfADriftingClock() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long offset = random.nextLong() / 8;
            double drift = (random.nextDouble() * 2 - 1) * ClockTrack.DRIFT;
            List<ClockBound> bounds = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long at = i * SECOND + random.nextInt(1_000_000_000);
                long truth = offset + (long) (at * drift);
                long below = random.nextInt(5_000_000);
                long above = random.nextInt(5_000_000);
                switch (random.nextInt(3)) {
                    case 0 -> bounds.add(ClockBound.atLeast(at, truth - below));
                    case 1 -> bounds.add(ClockBound.atMost(at, truth + above));
                    default -> bounds.add(new ClockBound(at, truth - below, truth + above));
                }
            }
            bounds.add(new ClockBound(0, offset - 10, offset + 10));
            ClockTrack track = ClockTrack.of(bounds);
            assertThat(track.contradiction()).as("seed %d", seed).isZero();
            for (long at = -SECOND; at < 42 * SECOND; at += SECOND / 3) {
                long truth = offset + (long) (at * drift);
                ClockBound known = track.at(at);
                assertThat(truth).as("seed %d", seed).isBetween(known.lower() - 2, known.upper() + 2);
                ClockBound byNode = track.atNode(at + truth);
                assertThat(truth).as("seed %d", seed).isBetween(byNode.lower() - 20_000, byNode.upper() + 20_000);
            }
        }
    }

    @Test
    void neighboursTightenEachOther() {
        ClockTrack track = ClockTrack.of(List.of(
                new ClockBound(0, -1_000_000_000, 1_000_000_000),
                new ClockBound(SECOND, -10, 10),
                new ClockBound(2 * SECOND, -1_000_000_000, 1_000_000_000)));
        long drift = (long) (SECOND * ClockTrack.DRIFT);
        assertThat(track.at(0)).isEqualTo(new ClockBound(0, -10 - drift, 10 + drift));
        assertThat(track.at(SECOND)).isEqualTo(new ClockBound(SECOND, -10, 10));
        assertThat(track.at(2 * SECOND)).isEqualTo(new ClockBound(2 * SECOND, -10 - drift, 10 + drift));
        assertThat(track.error()).isEqualTo(10 + drift);
    }

    @Test
    void aStepBreaksItAndLeavesAllThatWasSeen() {
        ClockTrack track = ClockTrack.of(List.of(
                new ClockBound(0, -10, 10),
                new ClockBound(SECOND, 50_000_000, 50_000_020),
                new ClockBound(2 * SECOND, 50_000_000, 50_000_020)));
        assertThat(track.contradiction()).isEqualTo(50_000_000 - 10 - (long) (SECOND * ClockTrack.DRIFT));
        assertThat(track.contradictedAt()).isEqualTo(SECOND);
        assertThat(track.at(SECOND / 2)).isEqualTo(new ClockBound(SECOND / 2, -10, 50_000_020));
    }

    /** A clock that is set back: the offset falls by more than clocks drift. */
    @Test
    void anOffsetThatFallsBackBreaksItToo() {
        ClockTrack track = ClockTrack.of(List.of(
                new ClockBound(0, 50_000_000, 50_000_020),
                new ClockBound(SECOND, -10, 10),
                new ClockBound(2 * SECOND, -10, 10)));
        assertThat(track.contradiction()).isEqualTo(50_000_000 - 10 - (long) (SECOND * ClockTrack.DRIFT));
        assertThat(track.contradictedAt()).isEqualTo(SECOND);
        assertThat(track.at(SECOND / 2)).isEqualTo(new ClockBound(SECOND / 2, -10, 50_000_020));
        assertThat(track.atNode(3 * SECOND).lower()).isEqualTo(-10);
    }

    /** What a late exchange says holds backwards, too, with the drift of the time between. */
    @Test
    void anOffsetThatFallsAsSlowlyAsClocksDriftIsFollowed() {
        long drift = (long) (SECOND * ClockTrack.DRIFT);
        ClockTrack track = ClockTrack.of(List.of(
                new ClockBound(0, 0, 20),
                new ClockBound(SECOND, -drift, 10 - drift),
                new ClockBound(2 * SECOND, -2 * drift, 10)));
        assertThat(track.contradiction()).isZero();
        assertThat(track.at(0)).isEqualTo(new ClockBound(0, 0, 10));
    }

    @Test
    void needsOneExchange() {
        assertThatThrownBy(() -> ClockTrack.of(List.of(ClockBound.atMost(0, 5))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
