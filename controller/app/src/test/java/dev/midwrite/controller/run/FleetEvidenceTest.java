package dev.midwrite.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.serve.ClockBound;
import dev.midwrite.controller.serve.ClockTrack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetEvidenceTest {
    private static final long SECOND = 1_000_000_000L;

    /** From the first second to the last, so that no moment of the run is far from one. */
    @Test
    void whatIsWrittenEachSecondDoesNotGrowWithTheRun() {
        List<ClockBound> bounds = hour();
        List<ClockBound> thinned = FleetEvidence.thinned(bounds, 120);
        assertThat(thinned).hasSize(120).isSubsetOf(bounds).doesNotHaveDuplicates();
        assertThat(thinned.get(0)).isEqualTo(bounds.get(0));
        assertThat(thinned.get(119)).isEqualTo(bounds.get(bounds.size() - 1));
        ClockBound known = ClockTrack.of(thinned).at(1234 * SECOND);
        ClockBound all = ClockTrack.of(bounds).at(1234 * SECOND);
        assertThat(known.lower()).isLessThanOrEqualTo(all.lower());
        assertThat(known.upper()).isGreaterThanOrEqualTo(all.upper());
        assertThat(FleetEvidence.thinned(bounds.subList(0, 120), 120)).hasSize(120);
    }

    @Test
    void aClockThatWasSetIsNotThinnedAway() {
        List<ClockBound> bounds = new ArrayList<>(hour());
        bounds.set(777, new ClockBound(777 * SECOND, 50 * SECOND, 50 * SECOND + 1000));
        assertThat(FleetEvidence.thinned(bounds, 120)).isEqualTo(bounds);
    }

    private static List<ClockBound> hour() {
        List<ClockBound> bounds = new ArrayList<>();
        for (int i = 0; i < 3600; i++) {
            bounds.add(new ClockBound(i * SECOND, -500_000 - i % 7, 500_000 + i % 5));
        }
        return bounds;
    }
}
