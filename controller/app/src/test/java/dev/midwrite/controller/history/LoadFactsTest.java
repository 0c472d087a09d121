package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.history.LoadFacts.PaceFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFactsTest {
    private static final PaceFacts IN_TIME = new PaceFacts(1000, LoadFacts.MOST_LATE_P99, LoadFacts.MOST_LATE, 0);
    private static final long MILLI = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void keepsTheWholeDistribution() {
        Bundle bundle = new Bundle(directory);
        assertThat(bundle.loadFacts()).isEmpty();
        bundle.write(facts(IN_TIME, IN_TIME));
        LoadFacts read = bundle.loadFacts().orElseThrow();
        assertThat(read).isEqualTo(facts(IN_TIME, IN_TIME));
        assertThat(read.histogram().getTotalCount()).isEqualTo(2);
        assertThat(read.histogram().getMaxValue()).isBetween(7_990_000L, 8_010_000L);
        assertThat(read.neverEnded()).isEqualTo(5);
    }

    @Test
    void damagedFileIsNamed() throws IOException {
        Bundle bundle = new Bundle(directory);
        bundle.write(facts(IN_TIME, IN_TIME));
        String text = Files.readString(bundle.load());
        Files.writeString(bundle.load(), text.replace(facts(IN_TIME, IN_TIME).latency(), "AAAA"));
        assertThatThrownBy(bundle::loadFacts)
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(bundle.load() + ": the latencies are no histogram");
        Files.writeString(bundle.load(), text.replace("\"format\" : 1", "\"format\" : 9"));
        assertThatThrownBy(bundle::loadFacts)
                .hasMessage(bundle.load() + " has format 9; this Midwrite reads format 1.");
    }

    @Test
    void usersInTimeLeaveNoDoubt() {
        assertThat(facts(IN_TIME, IN_TIME).doubts()).isEmpty();
    }

    @Test
    void lateUsersAndLateProbesAreToldApart() {
        PaceFacts late = new PaceFacts(1000, 101 * MILLI, 1500 * MILLI, 0);
        assertThat(facts(late, IN_TIME).doubts())
                .containsExactly("Users fell behind their plan by up to 1500 ms, 1 % of them by more than 101 ms, for"
                        + " want of processor time here; figures need at most 1000 and 100 ms.");
        assertThat(facts(IN_TIME, new PaceFacts(9, 1, 1001 * MILLI, 0)).doubts())
                .singleElement()
                .asString()
                .startsWith("Failover probes fell behind their plan by up to 1001 ms");
        assertThat(facts(new PaceFacts(9, 1, 1, 3), IN_TIME).doubts())
                .containsExactly(
                        "3 requests of users were not sent, because this process may open no more connections.");
    }

    private static LoadFacts facts(PaceFacts users, PaceFacts probes) {
        Histogram latency = new Histogram(3);
        latency.recordValue(2 * MILLI);
        latency.recordValue(8 * MILLI);
        return LoadFacts.of(users, probes, latency, 5);
    }
}
