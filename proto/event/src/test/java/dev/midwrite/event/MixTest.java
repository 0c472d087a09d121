package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixTest {

    /** Computed by hand from the definition in MurmurHash3; a change would make old bundles unreadable. */
    @Test
    void valuesNeverChange() {
        assertThat(Mix.fmix64(0)).isZero();
        assertThat(Mix.fmix64(1)).isEqualTo(0xB456BCFC34C2CB2CL);
        assertThat(Mix.mix(0, 1)).isEqualTo(Mix.fmix64(0x9E3779B97F4A7C15L ^ 1));
    }

    @Test
    void eachInputBitFlipsAboutHalfOfTheOutput() {
        Random random = new Random(1);
        for (int bit = 0; bit < 64; bit++) {
            long flipped = 0;
            for (int i = 0; i < 1000; i++) {
                long k = random.nextLong();
                flipped += Long.bitCount(Mix.fmix64(k) ^ Mix.fmix64(k ^ (1L << bit)));
            }
            assertThat(flipped / 1000.0).isBetween(30.0, 34.0);
        }
    }

    @Test
    void theHashOfAListCommitsToItsOrder() {
        Set<Long> hashes = new HashSet<>();
        hashes.add(Mix.mix(Mix.mix(0, 1), 2));
        hashes.add(Mix.mix(Mix.mix(0, 2), 1));
        hashes.add(Mix.mix(Mix.mix(0, 0), 3));
        hashes.add(Mix.mix(0, 3));
        assertThat(hashes).hasSize(4);
    }

    @Test
    void sessionHashesDependOnTheKey() {
        SessionHash one = new SessionHash("one".getBytes(StandardCharsets.UTF_8));
        SessionHash two = new SessionHash("two".getBytes(StandardCharsets.UTF_8));
        assertThat(one.of("session")).isEqualTo(one.of("session")).isNotEqualTo(two.of("session"));
        assertThat(one.of("session")).isNotEqualTo(one.of("sessioN")).isNotZero();
    }
}
