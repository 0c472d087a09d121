package dev.midwrite.controller.audit;

import dev.midwrite.check.StoredSession.Lifetime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spring Session keeps in the hash of a session, in all its versions since 2.0. */
final class SpringFields {
    static final String INTERVAL = "maxInactiveInterval";
    /** Without these {@code RedisSessionMapper} rejects the hash. */
    static final List<String> MANDATORY = List.of("creationTime", "lastAccessedTime", INTERVAL);

    private static final String ATTRIBUTE = "sessionAttr:";
    private static final byte[] SERIALIZED = {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r'};
    private static final byte[] SERIALIZED_TEXT = {(byte) 0xAC, (byte) 0xED, 0, 5, 't'};
    /** As text, as JSON, and as JSON that names the type. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:\\[\"java\\.lang\\.(?:Integer|Long)\",)?\"?(-?[0-9]{1,18})\"?]?");

    private SpringFields() {}

    /** Whether these are fields of Spring Session's, so that one can say which are missing. */
    static boolean prove(List<String> fields) {
        return fields.stream().anyMatch(field -> MANDATORY.contains(field) || field.startsWith(ATTRIBUTE));
    }

    static List<String> missing(List<String> fields) {
        return MANDATORY.stream().filter(field -> !fields.contains(field)).toList();
    }

    /** The number in {@link #INTERVAL}; {@link Lifetime#UNREADABLE} if the serializer is one that nobody here knows. */
    static long seconds(byte[] value) {
        if (value == null) {
            return Lifetime.UNREADABLE;
        }
        if (value.length > SERIALIZED.length && startsWith(value, SERIALIZED)) {
            // A boxed number ends with its four or eight bytes.
            String text = new String(value, StandardCharsets.ISO_8859_1);
            if (text.contains("java.lang.Integer")) {
                return ByteBuffer.wrap(value).getInt(value.length - Integer.BYTES);
            }
            return text.contains("java.lang.Long")
                    ? ByteBuffer.wrap(value).getLong(value.length - Long.BYTES)
                    : Lifetime.UNREADABLE;
        }
        Matcher number = NUMBER.matcher(new String(value, StandardCharsets.UTF_8));
        return number.matches() ? Long.parseLong(number.group(1)) : Lifetime.UNREADABLE;
    }

    /** A text as it is, in JSON, or serialized by the JDK. */
    static String text(byte[] value) {
        if (value.length > SERIALIZED_TEXT.length + 1 && startsWith(value, SERIALIZED_TEXT)) {
            // Two bytes of length follow.
            int from = SERIALIZED_TEXT.length + Short.BYTES;
            return new String(value, from, value.length - from, StandardCharsets.UTF_8);
        }
        return new String(value, StandardCharsets.UTF_8).replaceFirst("^\"(.*)\"$", "$1");
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
