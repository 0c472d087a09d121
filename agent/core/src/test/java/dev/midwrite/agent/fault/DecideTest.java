package dev.midwrite.agent.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecideTest {
    private final Some some = new Some();

    private List<Long> firing(long label, long passages) {
        Injection injection = some.injection();
        return LongStream.rangeClosed(1, passages)
                .filter(ordinal -> Decide.heldBack(injection, label, ordinal) == null)
                .boxed()
                .toList();
    }

    @Test
    void everyThirdPassageAfterTheSecond() {
        some.every = 3;
        some.after = 2;
        assertThat(firing(7, 12)).containsExactly(5L, 8L, 11L);
    }

    @Test
    void probabilityIsAShareOfPassages() {
        some.probability = 0.02;
        assertThat(firing(7, 100_000).size() / 100_000.0).isCloseTo(0.02, within(0.002));
    }

    @Test
    void anotherSessionOrInjectionIsAnotherDraw() {
        some.probability = 0.5;
        List<Long> first = firing(7, 200);
        assertThat(firing(7, 200)).isEqualTo(first);
        assertThat(firing(8, 200)).isNotEqualTo(first);
        some.id = 2;
        assertThat(firing(7, 200)).isNotEqualTo(first);
        some.id = 1;
        some.drawSeed = 43;
        assertThat(firing(7, 200)).as("on another node").isNotEqualTo(first);
    }

    /** The decisions of recorded drills must be the same in every later version. */
    @Test
    void theFunctionIsPinned() {
        some.probability = 0.1;
        assertThat(firing(7, 60)).containsExactly(19L, 23L, 48L, 58L);
    }

    @Test
    void aLargerShareContainsASmallerOne() {
        long[] labels = LongStream.range(0, 20_000).toArray();
        long fifth = 0;
        for (long label : labels) {
            if (Decide.inShare(Some.SEED, label, 0.2)) {
                fifth++;
                assertThat(Decide.inShare(Some.SEED, label, 0.3)).isTrue();
            }
        }
        assertThat(fifth / 20_000.0).isCloseTo(0.2, within(0.02));
    }
}
