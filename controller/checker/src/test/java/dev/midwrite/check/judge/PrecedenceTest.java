package dev.midwrite.check.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.Verdict;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecedenceTest {

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void aProvedViolationComesBeforeEverything(Verdict other) {
        assertThat(Precedence.of(EnumSet.of(Verdict.FAIL, other))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void nothingIsTheMatter() {
        assertThat(Precedence.of(Set.of())).isEqualTo(Verdict.PASS);
        assertThat(Precedence.besides(Set.of())).isEmpty();
    }

    @Test
    void theRestIsToldWorstFirst() {
        Set<Verdict> all = EnumSet.allOf(Verdict.class);
        assertThat(Precedence.besides(all))
                .containsExactly(Verdict.INVALID, Verdict.VACUOUS, Verdict.GATE_MISSED, Verdict.INCONCLUSIVE);
        assertThat(Precedence.of(EnumSet.of(Verdict.VACUOUS, Verdict.INVALID))).isEqualTo(Verdict.INVALID);
        assertThat(Precedence.of(EnumSet.of(Verdict.GATE_MISSED, Verdict.INCONCLUSIVE)))
                .isEqualTo(Verdict.GATE_MISSED);
    }
}
