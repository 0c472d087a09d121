package dev.midwrite.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What every frame has in common: 96 bytes little-endian, then a payload.
 *
 * <pre>
 *  0 length      u32  of the whole frame, payload included
 *  4 version     u16
 *  6 type        u16
 *  8 seq         u64  gap-free from 0 within one file or incarnation
 *    ...              as {@link EventRecord} or {@link UserOperation} says
 * 92 crc32c      u32  over the whole frame without these four bytes
 * 96 payload
 * </pre>
 */
public final class Frame {
    public static final int HEADER_BYTES = 96;
    public static final int VERSION = 1;
    /** No frame is longer: a list of 100 000 ids fits. A longer length is garbage. */
    public static final int MAX_BYTES = 1 << 20;

    static final int LENGTH = 0;
    static final int FRAME_VERSION = 4;
    static final int TYPE = 6;
    static final int SEQ = 8;
    static final int CRC = 92;

    private Frame() {}

    /** Writes length, version and checksum of the frame that starts at {@code start} and ends at the buffer's position. */
    static void seal(ByteBuffer buffer, int start) {
        int length = buffer.position() - start;
        buffer.putInt(start + LENGTH, length).putShort(start + FRAME_VERSION, (short) VERSION);
        buffer.putInt(start + CRC, checksum(buffer, start, length));
    }

    /**
     * Checks the frame at {@code start}: length, version, checksum.
     *
     * @return the frame's length in bytes
     * @throws FrameException if the frame is cut, of another version, or its checksum is wrong
     */
    public static int check(ByteBuffer buffer, int start) {
        int available = buffer.limit() - start;
        if (available < HEADER_BYTES) {
            throw new FrameException("cut: " + available + " of " + HEADER_BYTES + " bytes");
        }
        int length = buffer.getInt(start + LENGTH);
        if (length < HEADER_BYTES || length > MAX_BYTES) {
            throw new FrameException("length " + length + " is not of a frame");
        }
        if (length > available) {
            throw new FrameException("cut: " + available + " of " + length + " bytes");
        }
        int version = Short.toUnsignedInt(buffer.getShort(start + FRAME_VERSION));
        if (version != VERSION) {
            throw new FrameException("version " + version + ", this is version " + VERSION);
        }
        if (buffer.getInt(start + CRC) != checksum(buffer, start, length)) {
            throw new FrameException("checksum is wrong");
        }
        return length;
    }

    /** The sequence number of the frame at {@code start}. */
    public static long sequence(ByteBuffer buffer, int start) {
        return buffer.getLong(start + SEQ);
    }

    /** A little-endian view of the same bytes with its own position and limit. */
    public static ByteBuffer view(ByteBuffer buffer) {
        return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(ByteBuffer buffer, int start, int length) {
        CRC32C crc = new CRC32C();
        ByteBuffer view = buffer.duplicate();
        view.limit(start + CRC).position(start);
        crc.update(view);
        view.limit(start + length).position(start + HEADER_BYTES);
        crc.update(view);
        return (int) crc.getValue();
    }
}
