package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final List<String> LOADED = List.of(
            "RedisSessionRepository",
            "RedisIndexedSessionRepository",
            "HazelcastIndexedSessionRepository",
            "JdbcIndexedSessionRepository");

    @Test
    void ofSeveralRepositoriesTheOneIsNamedThatFitsTheStore() {
        assertThat(Recognition.fitting(LOADED, "Redis", false)).containsExactly("RedisSessionRepository");
        assertThat(Recognition.fitting(LOADED, "Redis", true)).containsExactly("RedisIndexedSessionRepository");
        assertThat(Recognition.fitting(LOADED, "Jdbc", false)).containsExactly("JdbcIndexedSessionRepository");
    }

    /** A grid says how long an entry has left, and the look has taken some of it. */
    @Test
    void aTimeToLiveOfWhichALittleHasPassedIsTheWholeOne() {
        Duration idle = Duration.ofSeconds(3);
        assertThat(ttl(idle, 599_000)).contains(Duration.ofMinutes(10));
        assertThat(ttl(idle, 1_796_200)).contains(Duration.ofMinutes(30));
        assertThat(ttl(idle, 600_000)).contains(Duration.ofMinutes(10));
        assertThat(ttl(idle, 90_000)).contains(Duration.ofSeconds(90));
        assertThat(ttl(idle, Lifetime.NONE)).contains(Duration.ofSeconds(-1));
        assertThat(ttl(idle, 590_000, 598_000, 594_000)).contains(Duration.ofMinutes(10));
    }

    /** A whole minute further off than the session was idle is not its time: every session would end too early for the drill. */
    @Test
    void aTimeToLiveOfNoWholeMinuteStaysWhatItIs() {
        assertThat(ttl(Duration.ofSeconds(3), 55_000)).contains(Duration.ofSeconds(55));
        assertThat(ttl(Duration.ofSeconds(3), 595_000)).contains(Duration.ofSeconds(595));
        assertThat(ttl(Duration.ofSeconds(6), 595_000)).contains(Duration.ofMinutes(10));
    }

    private static Optional<Duration> ttl(Duration idle, long... left) {
        return Recognition.ttl(
                Arrays.stream(left).mapToObj(RecognitionTest::left).toList(), idle);
    }

    private static StoredSession left(long millis) {
        return new StoredSession(1, Layout.OTHER, Lifetime.of(millis), List.of(), List.of(), "");
    }

    @Test
    void whatDoesNotFitIsNamedAsItIs() {
        assertThat(Recognition.fitting(List.of("OwnRepository"), "Redis", false))
                .containsExactly("OwnRepository");
        assertThat(Recognition.fitting(LOADED, "", false)).isEqualTo(LOADED);
        assertThat(Recognition.fitting(List.of(), "Redis", false)).isEmpty();
    }
}
