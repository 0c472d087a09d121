package dev.midwrite.controller.survey;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void whatDoesNotFitIsNamedAsItIs() {
        assertThat(Recognition.fitting(List.of("OwnRepository"), "Redis", false))
                .containsExactly("OwnRepository");
        assertThat(Recognition.fitting(LOADED, "", false)).isEqualTo(LOADED);
        assertThat(Recognition.fitting(List.of(), "Redis", false)).isEmpty();
    }
}
