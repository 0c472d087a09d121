package dev.midwrite.agent.library;

import java.nio.ByteBuffer;
import java.util.function.ObjIntConsumer;

/**
 * One encoded command of Redis: an array of strings, each with its length before it
 * (<a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>). Reads bytes by index only, and never
 * beyond what is there: of a long command there may be a beginning.
 */
final class Resp {
    /** Behind the command's name and its first key. */
    private static final int FIRST_VALUE = 2;

    private final ByteBuffer bytes;
    private int at;

    private Resp(ByteBuffer bytes) {
        this.bytes = bytes;
        this.at = bytes.position();
    }

    /**
     * The middle of the longest value, which is a session's attribute more likely than its times: a serializer's header
     * stands at a value's beginning. Names, keys and lengths stay as they are.
     *
     * @return -1 if the command carries no value, or is none
     */
    static int valueByte(ByteBuffer command) {
        return new Resp(command).longest();
    }

    /** Of all that a key holds; others ask for parts, and their arguments tell which. */
    static boolean readsWhole(String command) {
        return command.equals("HGETALL") || command.equals("GET");
    }

    /**
     * The arguments of a command without its head, from its key on.
     *
     * @param to gets each with its place, from 0
     */
    static void each(ByteBuffer arguments, ObjIntConsumer<ByteBuffer> to) {
        Resp resp = new Resp(arguments);
        for (int i = 0; resp.at < arguments.limit(); i++) {
            int length = resp.number('$');
            if (length < 0 || length > arguments.limit() - resp.at) {
                return;
            }
            to.accept(arguments.duplicate().position(resp.at).limit(resp.at + length), i);
            resp.at += length + 2;
        }
    }

    private int longest() {
        int strings = number('*');
        int first = FIRST_VALUE;
        int middle = -1;
        int longest = 0;
        for (int i = 0; i < strings; i++) {
            int length = number('$');
            if (length < 0) {
                break;
            }
            int there = Math.min(length, bytes.limit() - at);
            if (i == 0 && isScript(there)) {
                // Its text is as good as a name, and only the script knows what the rest means.
                first = Integer.MAX_VALUE;
            }
            if (i >= first && there > longest) {
                longest = there;
                middle = at + there / 2;
            }
            at += length + 2;
        }
        return middle;
    }

    private boolean isScript(int length) {
        return length >= 4 && bytes.get(at) == 'E' && bytes.get(at + 1) == 'V' && bytes.get(at + 2) == 'A';
    }

    /** Of a line that begins like this; -1 if there is no such line, or no end of it. */
    private int number(char sign) {
        if (at >= bytes.limit() || bytes.get(at) != sign) {
            return -1;
        }
        int value = 0;
        for (int i = at + 1; i < bytes.limit(); i++) {
            byte digit = bytes.get(i);
            if (digit == '\r') {
                at = i + 2;
                return value;
            }
            if (digit < '0' || digit > '9' || value > 100_000_000) {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return -1;
    }
}
