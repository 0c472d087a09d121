package dev.midwrite.agent.library;

import dev.midwrite.agent.point.AttributeSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/** Sessions of Spring Session in Redis: a hash, and of each attribute one field. Its other fields are times. */
final class HashFields {
    private static final String ATTRIBUTE = "sessionAttr:";
    /** Without it a hash is no session: an index, or what is left of one. */
    private static final String OF_EVERY_SESSION = "creationTime";

    private static final String REMOVING = "HDEL";
    private static final Set<String> SENDING = Set.of("HMSET", "HSET", REMOVING);
    private static final String BRINGING = "HGETALL";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private HashFields() {}

    static boolean sends(String command) {
        return SENDING.contains(command);
    }

    /**
     * @param arguments the key, and then a field and its value in turn, or fields alone: a ByteBuffer in which they are encoded,
     *     or an array of them, in which each is one of bytes
     */
    static void sent(String command, Object arguments, AttributeSink to) {
        ObjIntConsumer<ByteBuffer> each = REMOVING.equals(command) ? removed(to) : changed(to);
        if (arguments instanceof ByteBuffer encoded) {
            Resp.each(encoded, each);
        } else if (arguments instanceof Object[] raw) {
            for (int i = 0; i < raw.length && raw[i] instanceof byte[] argument; i++) {
                each.accept(ByteBuffer.wrap(argument), i);
            }
        }
    }

    private static ObjIntConsumer<ByteBuffer> removed(AttributeSink to) {
        return (argument, place) -> {
            if (place > 0) {
                take(StandardCharsets.UTF_8.decode(argument).toString(), NOTHING, to);
            }
        };
    }

    private static ObjIntConsumer<ByteBuffer> changed(AttributeSink to) {
        String[] field = {""};
        return (argument, place) -> {
            if (place % 2 == 1) {
                field[0] = StandardCharsets.UTF_8.decode(argument).toString();
            } else if (place > 0) {
                take(field[0], argument, to);
            }
        };
    }

    static boolean brought(String command, Object result, AttributeSink to) {
        if (!BRINGING.equals(command) || !(result instanceof Map<?, ?> fields)) {
            return false;
        }
        boolean session = false;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!(field.getKey() instanceof byte[] name) || !(field.getValue() instanceof byte[] value)) {
                return false; // Another codec's: what its bytes were is not known any more.
            }
            String text = new String(name, StandardCharsets.UTF_8);
            session |= text.equals(OF_EVERY_SESSION);
            take(text, ByteBuffer.wrap(value), to);
        }
        return session;
    }

    private static void take(String field, ByteBuffer value, AttributeSink to) {
        if (field.startsWith(ATTRIBUTE)) {
            to.take(field.substring(ATTRIBUTE.length()), value);
        }
    }
}
