package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A value that says which write made it: {@code mw1:<write id, 16 hex digits>:<crc32c, 8 hex digits>}.
 *
 * <p>Byte-level tearing shows as a wrong checksum, not as somebody else's value; an agent that sees the attribute reads
 * the write id without knowing the application.
 */
public final class ProbeValue {
    public static final String PREFIX = "mw1:";
    public static final int LENGTH = PREFIX.length() + 16 + 1 + 8;
    /** {@link #parse} of something that begins like a probe value and is none. */
    public static final long GARBAGE = -1;

    /** Between the parts of a text that holds more than one value, or something beside it. */
    private static final char BAR = '|';

    private ProbeValue() {}

    /** @param writeId never 0 (none) and never -1 (garbage) */
    public static String of(long writeId) {
        return PREFIX + HexFormat.of().toHexDigits(writeId) + ":"
                + HexFormat.of().toHexDigits(checksum(writeId));
    }

    /** The write id; 0 if the text is no probe value at all; {@link #GARBAGE} if it is a damaged one. */
    public static long parse(CharSequence text) {
        if (text == null
                || text.length() < PREFIX.length()
                || !text.subSequence(0, 4).toString().contentEquals(PREFIX)) {
            return 0;
        }
        if (text.length() != LENGTH || text.charAt(20) != ':') {
            return GARBAGE;
        }
        try {
            long writeId = HexFormat.fromHexDigitsToLong(text, 4, 20);
            int sum = HexFormat.fromHexDigits(text, 21, 29);
            return sum == checksum(writeId) ? writeId : GARBAGE;
        } catch (NumberFormatException e) {
            return GARBAGE;
        }
    }

    /**
     * The write id in one part of a text whose parts are divided by bars, such as a document's version and parent; 0 or
     * {@link #GARBAGE} as {@link #parse}, 0 if there is no such part.
     *
     * @param part from 0
     */
    public static long part(String text, int part) {
        int from = 0;
        for (int i = 0; i < part; i++) {
            int bar = text.indexOf(BAR, from);
            if (bar < 0) {
                return 0;
            }
            from = bar + 1;
        }
        int end = text.indexOf(BAR, from);
        return parse(text.substring(from, end < 0 ? text.length() : end));
    }

    private static int checksum(long writeId) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, writeId));
        return (int) crc.getValue();
    }
}
