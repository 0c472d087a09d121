package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeValueTest {

    @Test
    void saysWhichWriteMadeIt() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            long writeId = random.nextLong();
            assertThat(ProbeValue.parse(ProbeValue.of(writeId))).isEqualTo(writeId);
        }
        assertThat(ProbeValue.of(1)).startsWith("mw1:0000000000000001:").hasSize(ProbeValue.LENGTH);
    }

    @Test
    void aTornValueIsGarbageAndNotSomebodyElsesValue() {
        String left = ProbeValue.of(0x1111111111111111L);
        String right = ProbeValue.of(0x2222222222222222L);
        for (int cut = ProbeValue.PREFIX.length() + 1; cut < ProbeValue.LENGTH; cut++) {
            String torn = left.substring(0, cut) + right.substring(cut);
            assertThat(ProbeValue.parse(torn)).isEqualTo(ProbeValue.GARBAGE);
            assertThat(ProbeValue.parse(left.substring(0, cut))).isEqualTo(ProbeValue.GARBAGE);
        }
    }

    @Test
    void partsAreDividedByBars() {
        String document = ProbeValue.of(9) + "|" + ProbeValue.of(7);
        assertThat(ProbeValue.part(document, 0)).isEqualTo(9);
        assertThat(ProbeValue.part(document, 1)).isEqualTo(7);
        assertThat(ProbeValue.part(document, 2)).isZero();
        assertThat(ProbeValue.part(ProbeValue.of(9) + "|", 1)).isZero();
        assertThat(ProbeValue.part(ProbeValue.of(9) + "|padding", 1)).isZero();
        assertThat(ProbeValue.part(ProbeValue.of(9), 0)).isEqualTo(9);
        assertThat(ProbeValue.part("mw1:damaged|", 0)).isEqualTo(ProbeValue.GARBAGE);
        assertThat(ProbeValue.part("", 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mw", "hello", "MW1:0000000000000001:00000000"})
    void anythingElseIsNoProbeValue(String text) {
        assertThat(ProbeValue.parse(text)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mw1:", "mw1:000000000000000g:00000000", "mw1:0000000000000001-00000000"})
    void damagedOnesAreGarbage(String text) {
        assertThat(ProbeValue.parse(text)).isEqualTo(ProbeValue.GARBAGE);
    }
}
