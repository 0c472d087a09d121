package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoredSession;
import dev.midwrite.check.StoredSession.Layout;
import dev.midwrite.check.StoredSession.Lifetime;
import java.time.Duration;
import java.util.List;
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
        assertThat(Recognition.ttl(List.of(left(599_000)))).contains(Duration.ofMinutes(10));
        assertThat(Recognition.ttl(List.of(left(1_791_200)))).contains(Duration.ofMinutes(30));
        assertThat(Recognition.ttl(List.of(left(600_000)))).contains(Duration.ofMinutes(10));
        assertThat(Recognition.ttl(List.of(left(90_000)))).contains(Duration.ofSeconds(90));
        assertThat(Recognition.ttl(List.of(left(Lifetime.NONE)))).contains(Duration.ofSeconds(-1));
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
