package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashFieldsTest {
    private final Map<String, String> taken = new LinkedHashMap<>();

    private static ByteBuffer arguments(String... strings) {
        StringBuilder encoded = new StringBuilder();
        for (String string : strings) {
            encoded.append('$')
                    .append(string.length())
                    .append("\r\n")
                    .append(string)
                    .append("\r\n");
        }
        return ByteBuffer.wrap(encoded.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As clients give it: nobody looks anything up in there. */
    @SuppressWarnings("ArrayAsKeyOfSetOrMap")
    private static Map<byte[], byte[]> fields() {
        return new LinkedHashMap<>();
    }

    private void take(String name, ByteBuffer value) {
        taken.put(name, StandardCharsets.UTF_8.decode(value).toString());
    }

    @Test
    void ofWhatGoesToTheStoreAttributesAreTaken() {
        HashFields.sent(
                "HMSET",
                arguments("key", "lastAccessedTime", "12", "sessionAttr:cart", "$1\r\nx", "sessionAttr:user", ""),
                this::take);
        assertThat(taken).containsExactly(Map.entry("cart", "$1\r\nx"), Map.entry("user", ""));
    }

    @Test
    void aFieldThatIsDeletedHasNothing() {
        HashFields.sent("HDEL", arguments("key", "sessionAttr:cart", "creationTime", "sessionAttr:user"), this::take);
        assertThat(taken).containsExactly(Map.entry("cart", ""), Map.entry("user", ""));
    }

    @Test
    void whatIsCutIsNotTaken() {
        ByteBuffer whole = arguments("key", "sessionAttr:cart", "thing", "sessionAttr:user", "somebody");
        HashFields.sent("HSET", whole.limit(whole.limit() - 4), this::take);
        assertThat(taken).containsExactly(Map.entry("cart", "thing"));
    }

    @Test
    void ofWhatComesBackAttributesAreTaken() {
        Map<byte[], byte[]> fields = fields();
        fields.put(bytes("creationTime"), bytes("12"));
        fields.put(bytes("sessionAttr:cart"), bytes("thing"));
        assertThat(HashFields.brought("HGETALL", fields, this::take)).isTrue();
        assertThat(taken).containsExactly(Map.entry("cart", "thing"));
    }

    @Test
    void whatIsNoSessionOrNoBytesSaysNothing() {
        Map<byte[], byte[]> rest = fields();
        rest.put(bytes("lastAccessedTime"), bytes("12"));
        assertThat(HashFields.brought("HGETALL", rest, this::take)).isFalse();
        assertThat(HashFields.brought("HGET", fields(), this::take)).isFalse();
        assertThat(HashFields.brought("HGETALL", Map.of("sessionAttr:a", "b"), this::take))
                .isFalse();
        assertThat(HashFields.brought("HGETALL", null, this::take)).isFalse();
        assertThat(taken).isEmpty();
    }
}
