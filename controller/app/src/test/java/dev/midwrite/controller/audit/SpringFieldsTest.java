package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.check.StoredSession.Lifetime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpringFieldsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1800                     | 1800
            -1                       | -1
            "1800"                   | 1800
            ["java.lang.Long",1800]  | 1800
            """)
    void intervalsInText(String stored, long seconds) {
        assertThat(SpringFields.seconds(bytes(stored))).isEqualTo(seconds);
    }

    @Test
    void intervalsOfTheJdksSerializer() throws IOException {
        assertThat(SpringFields.seconds(Serialized.bytes(600))).isEqualTo(600);
        assertThat(SpringFields.seconds(Serialized.bytes(-7L))).isEqualTo(-7);
    }

    @Test
    void whatIsNoNumberIsUnreadable() throws IOException {
        assertThat(SpringFields.seconds(Serialized.bytes("600"))).isEqualTo(Lifetime.UNREADABLE);
        assertThat(SpringFields.seconds(bytes("10 m"))).isEqualTo(Lifetime.UNREADABLE);
        assertThat(SpringFields.seconds(new byte[] {1, 2, 3})).isEqualTo(Lifetime.UNREADABLE);
        assertThat(SpringFields.seconds(new byte[0])).isEqualTo(Lifetime.UNREADABLE);
        assertThat(SpringFields.seconds(null)).isEqualTo(Lifetime.UNREADABLE);
    }

    @Test
    void textsOfEverySerializer() throws IOException {
        assertThat(SpringFields.text(Serialized.bytes("an id"))).isEqualTo("an id");
        assertThat(SpringFields.text(bytes("\"an id\""))).isEqualTo("an id");
        assertThat(SpringFields.text(bytes("an id"))).isEqualTo("an id");
    }

    @Test
    void oneFieldOfItsOwnProvesTheLayout() {
        assertThat(SpringFields.prove(List.of("sessionAttr:cart"))).isTrue();
        assertThat(SpringFields.prove(List.of("other", "creationTime"))).isTrue();
        assertThat(SpringFields.prove(List.of("session:creationTime", "created")))
                .isFalse();
        assertThat(SpringFields.prove(List.of())).isFalse();
        assertThat(SpringFields.missing(List.of("creationTime")))
                .containsExactly("lastAccessedTime", "maxInactiveInterval");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
