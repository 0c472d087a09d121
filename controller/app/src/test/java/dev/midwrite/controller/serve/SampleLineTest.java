package dev.midwrite.controller.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1",
                "a:b_c{} 1.0",
                "a{b=\"c\"} 1.5E-4",
                "a{b=\"c\",d=\"\"} NaN 1700000000000",
                "a{b=\"c\", d=\"\\\"}\\n\\\\\",} +Inf",
                "a_bucket{le=\"+Inf\"} .5"
            })
    void isOne(String line) {
        assertThat(SampleLine.isWellFormed(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a ",
                "1a 1",
                "a{nod} 1",
                "a{b=c} 1",
                "a{b=\"c\"}",
                "a{b=\"c\" 1",
                "a{b=\"c\\t\"} 1",
                "a{b=\"c\\",
                "a{b=\"c\"d=\"e\"} 1",
                "a{1b=\"c\"} 1",
                "a{b=\"c\"} one",
                "a 1 2 3",
                "a 1d",
                "a{b=\"\r\"} 1",
                "a{nod\r} 1"
            })
    void isNone(String line) {
        assertThat(SampleLine.isWellFormed(line)).isFalse();
    }

    /** However long a value is, no stack grows with it. */
    @Test
    void aLongValueIsRead() {
        assertThat(SampleLine.isWellFormed("a{b=\"" + "\\n".repeat(1 << 20) + "\"} 1"))
                .isTrue();
    }
}
