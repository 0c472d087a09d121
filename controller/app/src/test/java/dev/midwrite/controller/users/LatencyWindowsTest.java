package dev.midwrite.controller.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.controller.history.LatencyFacts;
import dev.midwrite.controller.history.LatencyFacts.Window;
import org.junit.jupiter.api.Test;

class LatencyWindowsTest {
    private static final long MILLI = 1_000_000;

    private final LatencyWindows windows = new LatencyWindows();

    @Test
    void aRequestCountsWhereItWasPlanned() {
        windows.ended(100 * MILLI, 5_000 * MILLI);
        windows.neverEnded(300 * MILLI);
        LatencyFacts facts = windows.facts();
        assertThat(facts.widthNanos()).isEqualTo(LatencyWindows.FINEST);
        assertThat(facts.windows()).extracting(Window::at).containsExactly(0L, LatencyWindows.FINEST);
        assertThat(facts.windows().get(0).histogram().getMaxValue()).isBetween(4_950 * MILLI, 5_050 * MILLI);
        assertThat(facts.windows()).extracting(Window::neverEnded).containsExactly(0L, 1L);
    }

    @Test
    void noLengthOfARunMakesMoreOfThemAndNothingIsLost() {
        int requests = 100_000;
        for (int i = 0; i < requests; i++) {
            windows.ended(i * 50L * MILLI, MILLI);
            windows.neverEnded(i * 50L * MILLI);
        }
        LatencyFacts facts = windows.facts();
        assertThat(facts.windows().size()).isBetween(LatencyWindows.MOST / 2, LatencyWindows.MOST);
        assertThat(facts.windows()).allMatch(window -> window.at() % facts.widthNanos() == 0);
        assertThat(facts.windows().stream()
                        .mapToLong(window -> window.histogram().getTotalCount())
                        .sum())
                .isEqualTo(requests);
        assertThat(facts.windows().stream().mapToLong(Window::neverEnded).sum()).isEqualTo(requests);
    }
}
