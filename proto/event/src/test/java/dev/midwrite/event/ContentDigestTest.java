package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentDigestTest {
    private static final byte[] KEY = {1, 2, 3};

    private final ContentDigest digest = new ContentDigest(KEY);

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void equalBytesOfOneAttributeAreEqualOnAllNodes() {
        long cart = digest.name("cart");
        ContentDigest elsewhere = new ContentDigest(KEY).copy();
        assertThat(elsewhere.name("cart")).isEqualTo(cart);
        assertThat(elsewhere.value(cart, bytes("thing"))).isEqualTo(digest.value(cart, bytes("thing")));
        assertThat(digest.value(cart, bytes("things"))).isNotEqualTo(digest.value(cart, bytes("thing")));
    }

    @Test
    void thoseOfTwoAttributesAreNot() {
        assertThat(digest.value(digest.name("a"), bytes("true")))
                .isNotEqualTo(digest.value(digest.name("b"), bytes("true")));
    }

    @Test
    void nobodyWithoutTheKeyCanTryValues() {
        ContentDigest other = new ContentDigest(new byte[] {1, 2, 4});
        assertThat(other.name("cart")).isNotEqualTo(digest.name("cart"));
        assertThat(other.value(1, bytes("true"))).isNotEqualTo(digest.value(1, bytes("true")));
        assertThat(digest.name("abc")).isNotEqualTo(new SessionHash(KEY).of("abc"));
    }

    @Test
    void noBytesHaveADigestOfTheirOwn() {
        assertThat(digest.value(1, bytes(""))).isEqualTo(EventType.EMPTY);
    }

    @Test
    void theBytesAreOnlyRead() {
        ByteBuffer part = bytes("xthingx").position(1).limit(6);
        assertThat(digest.value(1, part)).isEqualTo(digest.value(1, bytes("thing")));
        assertThat(part.remaining()).isEqualTo(5);
    }
}
