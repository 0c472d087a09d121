package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyShapeTest {

    @Test
    void anIdStandsInItOnce() {
        assertThatThrownBy(() -> KeyShape.of("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyShape.of("{id}:{id}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textAroundAnId() {
        KeyShape shape = KeyShape.of("a{id}b");
        assertThat(shape.matches("ab")).isFalse();
        assertThat(shape.matches("axb")).isTrue();
        assertThat(shape.matches("axc")).isFalse();
        assertThat(shape.id("axb")).isEqualTo("x");
        assertThat(shape.spring()).isFalse();
        assertThat(shape.pattern()).isEqualTo("a*b");
    }

    @Test
    void aNamespaceIsSpringSessionsUnlessItIsAShape() {
        assertThat(KeyShape.named("x")).hasToString("x:sessions:{id}");
        assertThat(KeyShape.named("x").spring()).isTrue();
        assertThat(KeyShape.named("x").namespace()).isEqualTo("x:");
        assertThat(KeyShape.named("sess:{id}")).hasToString("sess:{id}");
    }

    @Test
    void whatAPatternWouldTakeForSomethingElseIsEscaped() {
        assertThat(KeyShape.of("a*[b]?{id}").pattern()).isEqualTo("a\\*\\[b\\]\\?*");
    }
}
